import HTTPTypes
import Hummingbird

/// Puts on every answer, errors too, what keeps browsers from guessing types, framing the site and telling others
/// where a visitor came from.
struct SecurityHeaders<Context: RequestContext>: RouterMiddleware {
  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    var response: Response
    do {
      response = try await next(request, context)
    } catch let error as any HTTPResponseError {
      response = try error.response(from: request, context: context)
    }
    response.headers[.xContentTypeOptions] = "nosniff"
    if let referrerPolicy = HTTPField.Name("Referrer-Policy") {
      response.headers[referrerPolicy] = "strict-origin-when-cross-origin"
    }
    response.headers[.contentSecurityPolicy] =
      "base-uri 'self'; form-action 'self'; frame-ancestors 'self'; object-src 'none'"
    return response
  }
}
