import Credentials
import HTTPTypes
import Hummingbird
import Logging
import Pipeline
import Ratings
import ServiceLifecycle
import Store

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Endpoint {
  /// The interface for scripts. `OpenAPI` describes each route; a test compares the two.
  var apiRoutes: [Route] {
    [
      Route(.post, "/api/accounts", createAccount), Route(.post, "/api/sessions", createSession),
      Route(.delete, "/api/sessions", deleteSession), Route(.get, "/api/me", me),
      Route(.patch, "/api/me", changeMe), Route(.delete, "/api/me", deleteMe),
      Route(.get, "/api/ratings", listRatings), Route(.post, "/api/ratings", postRatings),
      Route(.get, "/api/ratings/{movie}", getRating), Route(.put, "/api/ratings/{movie}", putRating),
      Route(.delete, "/api/ratings/{movie}", deleteRating), Route(.get, "/api/recommendations", recommendations),
      Route(.get, "/api/similar/{movie}", similar), Route(.post, "/api/rebuild", postRebuild),
      Route(.get, "/api/builds", listBuilds), Route(.get, "/api/events", streamEvents),
    ]
  }

  private struct Credential: Decodable {
    let name: String
    let password: String
    let invitation: String?
  }

  private struct OpenedBody: Encodable {
    let name: String
    let token: String
    let expires: Int
  }

  private struct Me: Encodable {
    let name: String
    let id: String
    let role: String
    let listed: Bool
    let ratings: Int
    /// Nil where members have no pages.
    let page: String?
  }

  private struct RatingBody: Encodable {
    let movie: JSONName
    let title: String
    let year: Int?
    let stars: Double
    let time: Int
    let removable: Bool

    init(_ rating: MemberRating) {
      movie = JSONName(id: rating.movie)
      title = rating.title
      year = rating.year
      stars = Double(rating.stars)
      time = Int(rating.time)
      removable = rating.isSubmitted
    }
  }

  private func createAccount(_ exchange: Exchange) async throws -> Response {
    try refuseForeign(exchange)
    let body: Credential = try await decoded(exchange)
    let opened = try await accounts.register(
      name: body.name, password: body.password, invitation: body.invitation, kind: .token, from: exchange.asker)
    return sessionAnswer(opened, exchange)
  }

  private func createSession(_ exchange: Exchange) async throws -> Response {
    try refuseForeign(exchange)
    try accounts.admitLogin(from: exchange.asker)
    let body: Credential = try await decoded(exchange)
    let opened = try await accounts.logIn(
      name: body.name, password: body.password, kind: .token, from: exchange.asker,
      replacing: SessionCookie.token(of: exchange, isSecure: isSecure(exchange)))
    return sessionAnswer(opened, exchange)
  }

  /// A page of another site must not log somebody in or make accounts in their browser.
  private func refuseForeign(_ exchange: Exchange) throws {
    guard exchange.source != .foreign, exchange.source != .sibling else {
      throw Problem(.forbidden, "this request comes from another site; use the pages of this one")
    }
  }

  private func sessionAnswer(_ opened: AccountDesk.Opened, _ exchange: Exchange) -> Response {
    var response = Response.json(
      OpenedBody(
        name: opened.session.account.name, token: opened.token.text, expires: opened.session.expires),
      status: .created)
    response.headers[.setCookie] = SessionCookie.header(
      opened.token, days: settings.sessionDays, isSecure: isSecure(exchange))
    return response
  }

  private func deleteSession(_ exchange: Exchange) async throws -> Response {
    let token = try await member(exchange).token
    try await accounts.end(token)
    var response = Response.empty
    response.headers[.setCookie] = SessionCookie.removal(isSecure: isSecure(exchange))
    return response
  }

  private func me(_ exchange: Exchange) async throws -> Response {
    let account = try await member(exchange).account
    // Pages ask this where a member is: the models are in memory when the first rating comes.
    Task { [members] in _ = try? await members.ask(MemberQuestion(.prepare)) }
    return try await describe(account)
  }

  private func describe(_ account: Account) async throws -> Response {
    .json(
      Me(
        name: account.name, id: account.userID.description, role: account.role == .owner ? "owner" : "member",
        listed: account.isListed, ratings: try await ratings.all(of: account).count,
        page: siteSettings.memberPage(of: account.userID).map { "users/\($0)/" }))
  }

  private struct Change: Decodable {
    struct Password: Decodable {
      let old: String
      let new: String
    }

    let listed: Bool?
    let password: Password?

    enum CodingKeys: CodingKey { case listed, password }

    /// What is named is there: null is no value of either.
    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      listed = try container.contains(.listed) ? container.decode(Bool.self, forKey: .listed) : nil
      password = try container.contains(.password) ? container.decode(Password.self, forKey: .password) : nil
    }
  }

  private func changeMe(_ exchange: Exchange) async throws -> Response {
    var (account, token) = try await member(exchange)
    let change: Change = try await decoded(exchange)
    if let password = change.password {
      try await accounts.changePassword(
        of: account, from: password.old, to: password.new, keeping: token, asker: exchange.asker)
    }
    if let isListed = change.listed {
      account = try await setListed(isListed, of: account)
    }
    return try await describe(account)
  }

  private struct Confirmation: Decodable { let password: String }

  private func deleteMe(_ exchange: Exchange) async throws -> Response {
    let account = try await member(exchange).account
    let body: Confirmation = try await decoded(exchange)
    try await remove(account, password: body.password, asker: exchange.asker)
    var response = Response.empty
    response.headers[.setCookie] = SessionCookie.removal(isSecure: isSecure(exchange))
    return response
  }

  /// Sets who may see the member's page, and takes it from the published site or puts it there; a build does the rest.
  func setListed(_ isListed: Bool, of account: Account) async throws -> Account {
    try await accounts.setListed(isListed, of: account)
    try await privacy.reload(work)
    await rebuilds.noteChange()
    var account = account
    account.isListed = isListed
    if isListed { await refresher.add([account]) } else { await removeFiles(of: account) }
    return account
  }

  /// Removes the account: from now on the member is hidden. Then the pages at once, and what else shows the member with the
  /// next build.
  func remove(_ account: Account, password: String, asker: Asker) async throws {
    try await accounts.remove(account, password: password, asker: asker)
    await refresher.forget(account)
    await rebuilds.noteChange()
    try await privacy.reload(work)
    await removeFiles(of: account)
  }

  /// From the published site, and from the log of the database. Where that fails, they are kept from others by their names.
  private func removeFiles(of account: Account) async {
    do {
      try await writes.run { [siteSettings, site, store] in
        try siteSettings.removeMember(account.userID, from: site)
        try store.forgetLog()
      }
    } catch {
      log.warning("a member's files could not be removed; the next build does it", metadata: ["reason": "\(error)"])
    }
  }

  private struct RatingsBody: Encodable { let ratings: [RatingBody] }

  private func listRatings(_ exchange: Exchange) async throws -> Response {
    var all = try await ratings.all(of: try await member(exchange).account)
    if let movie = exchange.query["movie"] { all.removeAll { $0.movie != SourceID(movie) } }
    guard ["json", "csv", nil].contains(exchange.query["format"]) else {
      throw Problem(.unprocessableContent, "“format” is json or csv")
    }
    if exchange.query["format"] == "csv" { return .text(RatingsCSV.text(all), type: "text/csv; charset=utf-8") }
    return .json(RatingsBody(ratings: all.map(RatingBody.init)))
  }

  private struct SavedBody: Encodable {
    let saved: Int
    let removed: Int
    let repeated: Bool
    /// Films of an export that the site does not have.
    var unmatched: [String]?
    /// What became of the lines of an export.
    var account: UploadedRatings.Account?
  }

  /// How many films an answer names that the site does not have.
  private static let mostUnmatched = 1_000

  /// Files whose format is found out.
  private static let exportTypes: Set = [
    "application/zip", "application/gzip", "application/octet-stream",
  ]

  private func postRatings(_ exchange: Exchange) async throws -> Response {
    let account = try await member(exchange).account
    let type = exchange.contentType
    guard type == "application/json" || type == "text/csv" || Self.exportTypes.contains(type) else {
      throw Self.wrongType("application/json, text/csv, or an export as application/zip or application/octet-stream")
    }
    try ratings.admit(account)
    let bytes =
      exchange.hasLargeBody
      ? try await uploads.read(for: account) { try await exchange.body(isSmall: false) } : try await exchange.body()
    let key = exchange.request.headers[.idempotencyKey]
    let isExport = try await parsing.run {
      Self.exportTypes.contains(type) || type == "text/csv" && !RatingInput.isPlain(bytes)
    }
    if isExport {
      let upload = try await parsing.run { [ratings] in try ratings.upload(bytes) }
      let saved = try await ratings.submit(
        upload.ratings.map { ($0.movie, $0.stars) }, of: account, key: key)
      return .json(
        SavedBody(
          saved: saved.saved, removed: saved.removed, repeated: saved.isRepetition,
          unmatched: Array(upload.unmatched.prefix(Self.mostUnmatched)), account: upload.account))
    }
    let given = try await parsing.run { [input = ratings.input] in
      type == "text/csv" ? try input.csv(bytes) : try input.json(bytes)
    }
    let saved = try await ratings.submit(given, of: account, key: key)
    return .json(SavedBody(saved: saved.saved, removed: saved.removed, repeated: saved.isRepetition))
  }

  private func movie(_ exchange: Exchange) throws -> SourceID {
    guard let movie = exchange.parameters.first.flatMap({ RatingInput.movie($0) }) else {
      throw Problem(.notFound, "the site does not know this movie")
    }
    return movie
  }

  private func getRating(_ exchange: Exchange) async throws -> Response {
    let account = try await member(exchange).account
    guard let rating = try await ratings.rating(of: account, movie: try movie(exchange)) else {
      throw Problem(.notFound, "you have not rated this movie")
    }
    return .json(RatingBody(rating))
  }

  private func putRating(_ exchange: Exchange) async throws -> Response {
    let account = try await member(exchange).account
    let movie = try movie(exchange)
    guard exchange.contentType == "application/json" else { throw Self.wrongType("application/json") }
    try ratings.admit(account)
    let stars = try ratings.input.stars(try await exchange.body())
    let saved = try await ratings.submit(
      [(movie, stars)], of: account, key: exchange.request.headers[.idempotencyKey])
    return .json(SavedBody(saved: saved.saved, removed: 0, repeated: saved.isRepetition))
  }

  private func deleteRating(_ exchange: Exchange) async throws -> Response {
    let account = try await member(exchange).account
    try ratings.admit(account)
    let saved = try await ratings.submit([(try movie(exchange), nil)], of: account)
    guard saved.removed > 0 else { throw Problem(.notFound, "you have not rated this movie here") }
    return .empty
  }

  private func recommendations(_ exchange: Exchange) async throws -> Response {
    let account = try await member(exchange).account
    if let wait = listsOfAccount.take(account.id) {
      throw Problem.tooMany("too many lists at once; your page has the latest", retryAfter: wait)
    }
    return try await answer(
      MemberQuestion(
        .recommendations, id: account.userID.description, model: try model(exchange), top: try top(exchange)))
  }

  private func similar(_ exchange: Exchange) async throws -> Response {
    if let wait = searchesOfAddress.take(exchange.asker) {
      throw Problem.tooMany("too many questions at once", retryAfter: wait)
    }
    return try await answer(
      MemberQuestion(
        .similar, id: try movie(exchange).description, model: try model(exchange), top: try top(exchange)))
  }

  private func top(_ exchange: Exchange) throws -> Int { try exchange.query.number("top", in: 1...100) ?? 20 }

  private func model(_ exchange: Exchange) throws -> String? {
    guard let name = exchange.query["model"] else { return nil }
    let isName =
      (1...40).contains(name.utf8.count) && name.allSatisfy { $0.isASCII && ($0.isLetter || $0 == "-" || $0.isNumber) }
    guard isName else {
      throw Problem(.unprocessableContent, "“model” is the name of a model, as /api/models.json has it")
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
      log.warning("a list could not be made", metadata: ["reason": "\(answer.text)"])
      throw Problem(.serviceUnavailable, "there is no finished build to answer from", headers: [.retryAfter: "30"])
    }
  }

  private struct BuildState: Encodable {
    let state: String
    let stage: String?
  }

  private func postRebuild(_ exchange: Exchange) async throws -> Response {
    _ = try await owner(exchange)
    await rebuilds.ask()
    let state = await rebuilds.state
    return .json(BuildState(state: state.rawValue, stage: nil), status: .accepted)
  }

  private struct BuildBody: Encodable {
    let started: Int
    let finished: Int
    let quality: String
    let outcome: String
    let users: Int
    let movies: Int
    let ratings: Int
  }

  private struct BuildsBody: Encodable {
    let now: BuildState
    let builds: [BuildBody]
  }

  private func listBuilds(_ exchange: Exchange) async throws -> Response {
    let builds = try await work.run { [store] in try store.builds() }
    let state = await rebuilds.state
    let stage = await rebuilds.stage
    return .json(
      BuildsBody(
        now: BuildState(state: state.rawValue, stage: state == .running ? stage : nil),
        builds: builds.prefix(50).map {
          BuildBody(
            started: $0.started, finished: $0.finished, quality: $0.quality, outcome: $0.outcome.rawValue,
            users: $0.userCount, movies: $0.movieCount, ratings: $0.ratingCount)
        }))
  }

  private func streamEvents(_ exchange: Exchange) async throws -> Response {
    let account = try await session(exchange)?.session.account.id
    let headers: HTTPFields = [.contentType: "text/event-stream", .cacheControl: "no-store"]
    // To know what it would answer, nobody needs to be kept.
    if exchange.request.method == .head { return Response(status: .ok, headers: headers) }
    guard let stream = events.listen(account: account, asker: exchange.asker) else {
      throw Problem.busy("too many pages listen already")
    }
    return Response(
      status: .ok, headers: headers,
      body: .init { writer in
        for await text in stream.cancelOnGracefulShutdown() { try await writer.write(ByteBuffer(string: text)) }
        try await writer.finish(nil)
      })
  }

  static func wrongType(_ types: String) -> Problem {
    Problem(.unsupportedMediaType, "the body must be \(types); say so in Content-Type")
  }

  private func decoded<Body: Decodable>(_ exchange: Exchange) async throws -> Body {
    guard exchange.contentType == "application/json" else { throw Self.wrongType("application/json") }
    let bytes = try await exchange.body()
    do {
      return try JSONDecoder().decode(Body.self, from: Data(bytes))
    } catch DecodingError.dataCorrupted(let context) where context.codingPath.isEmpty {
      throw Problem(.badRequest, "the body is not JSON")
    } catch DecodingError.keyNotFound(let key, _) {
      throw Problem(.unprocessableContent, "“\(key.stringValue)” is missing")
    } catch {
      throw Problem(.unprocessableContent, "the body is JSON, but not what is expected here; see /api/openapi.json")
    }
  }
}

/// A movie's id in an answer: a number where it is one.
struct JSONName: Encodable {
  let id: SourceID

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch id {
    case .number(let number): try container.encode(number)
    case .text(let text): try container.encode(text)
    }
  }
}

/// A member's ratings as a table that `marquee ingest` reads.
enum RatingsCSV {
  static func text(_ ratings: [MemberRating]) -> String {
    ratings.reduce(into: "movie,rating,timestamp,title,year\n") { text, rating in
      let title = "\"" + rating.title.replacing("\"", with: "\"\"") + "\""
      text +=
        "\(quoted(rating.movie.description)),\(rating.stars),\(rating.time),\(title),\(rating.year.map(String.init) ?? "")\n"
    }
  }

  private static func quoted(_ text: String) -> String {
    text.contains { $0 == "," || $0 == "\"" || $0.isNewline } ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }
}
