import HTTPTypes
import Hummingbird
import Logging
import Members
import Ratings
import Store

extension Endpoint {
  /// Lists of movies.
  static let listRoutes = [
    Route(
      .get, "/api/recommendations",
      Operation(
        id: "getRecommendations", summary: "My list, with my current ratings", tag: .lists,
        parameters: [.model, .top], answer: "As in api/users/ID.json.", gives: [.json(MemberList.self)]),
      use: recommendations),
    Route(
      .get, "/api/similar/{movie}",
      Operation(
        id: "getSimilar", summary: "Movies similar to one", tag: .lists, isPublic: true,
        parameters: [.movie, .model, .top],
        answer: "As in api/movies/ID.json.", gives: [.json(SimilarMovies.self)]), use: similar),
  ]

  private func recommendations(_ request: EndpointRequest) async throws -> Response {
    let account = try await member(request).account
    if let wait = listsOfAccount.take(account.id) {
      throw Problem.tooMany("too many lists at once; your page has the latest", retryAfter: wait)
    }
    return try await answer(
      MemberQuestion(
        .recommendations, id: account.userID.description, model: try model(request), top: try top(request)))
  }

  private func similar(_ request: EndpointRequest) async throws -> Response {
    if let wait = searchesOfAddress.take(request.asker) {
      throw Problem.tooMany("too many questions at once", retryAfter: wait)
    }
    return try await answer(
      MemberQuestion(
        .similar, id: try movie(request).description, model: try model(request), top: try top(request)))
  }

  private func top(_ request: EndpointRequest) throws -> Int { try request.query.number("top", in: 1...100) ?? 20 }

  private func model(_ request: EndpointRequest) throws -> String? {
    guard let name = request.query["model"] else { return nil }
    let isName =
      (1...40).contains(name.utf8.count) && name.allSatisfy { $0.isASCII && ($0.isLetter || $0 == "-" || $0.isNumber) }
    guard isName else {
      throw Problem(.unprocessableContent, "“model” must be the name of a model in /api/models.json")
    }
    return name
  }

  private func answer(_ question: MemberQuestion) async throws -> Response {
    let answer = try await members.ask(question)
    switch answer.fault {
    case nil: return .text(answer.text, type: "application/json")
    case .notFound: throw Problem(.notFound, answer.text)
    case .unusable: throw Problem(.notFound, answer.text)
    case .failed:
      log.warning("a list could not be computed", metadata: ["reason": "\(answer.text)"])
      throw Problem(.serviceUnavailable, "there is no finished build yet", headers: [.retryAfter: "30"])
    }
  }
}
