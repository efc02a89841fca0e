import HTTPTypes
import Hummingbird
import Members
import Publishing
import Ratings
import Site
import Store

extension SiteAnswers {
  /// A member's page or JSON, for those who may see it.
  func memberFile(
    _ member: MemberPath, _ request: Request, target: RequestTarget, context: EndpointContext, endpoint: Endpoint
  ) async -> Response {
    let path = target.path
    await endpoint.privacy.lookAgain(endpoint.work)
    guard endpoint.privacy.isKnown else { return Self.unknown }
    let isKept = endpoint.privacy.keeps(member)
    if !isKept {
      let response = await siteFile(request, target: target, context: context, endpoint: endpoint)
      // A page that a build left out is only for its member.
      if response.status != .notFound { return response }
    }
    guard let id = endpoint.privacy.member(at: member), request.method == .get || request.method == .head,
      let session = await session(of: request, path: path, context: context, endpoint: endpoint),
      session.account.role == .owner || session.account.userID == id
    else { return files.notFound(request) }
    if isKept {
      var response = files.response(to: request, at: target, peer: context.peer)
      if response.status != .notFound {
        // Intermediaries must not cache it.
        response.headers[.cacheControl] = "private, no-cache"
        return response
      }
    }
    switch member.kind {
    case .folder:
      return Response(
        status: .movedPermanently,
        headers: [.location: files.base + path.asFolderTarget.dropFirst(), .cacheControl: "private, no-cache"])
    case .page, .json:
      let kind: MemberQuestion.Kind = member.kind == .page ? .page : .json
      let answer = try? await endpoint.members.ask(MemberQuestion(kind, id: id.description))
      guard let answer, answer.fault == nil, !answer.text.isEmpty else {
        return Self.unknown
      }
      let bytes = request.method == .head ? "" : answer.text
      return Response(
        status: .ok,
        headers: [
          .contentType: ContentType.of(kind == .page ? "index.html" : "x.json"), .cacheControl: "private, no-cache",
          .contentLength: "\(answer.text.utf8.count)",
        ], body: .init(byteBuffer: ByteBuffer(string: bytes)))
    case .other: return files.notFound(request)
    }
  }

  /// The account that requests a file; nil if not logged in, or unknown.
  private func session(
    of request: Request, path: SitePath, context: EndpointContext, endpoint: Endpoint
  ) async -> Session? {
    var context = context
    context.path = path
    guard let request = try? EndpointRequest(request, context, of: endpoint) else { return nil }
    return try? await endpoint.session(request)?.session
  }
}
