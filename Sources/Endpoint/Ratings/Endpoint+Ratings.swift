import HTTPTypes
import Hummingbird
import Members
import Ratings
import Store

extension Endpoint {
  /// A member's ratings.
  static let ratingRoutes = [
    Route(
      .get, "/api/ratings",
      Operation(
        id: "listRatings", summary: "All of my ratings", tag: .ratings, parameters: [.format, .movieOfList],
        answer: "By movie.", gives: [.json(RatingsBody.self), .text("text/csv")]), use: listRatings),
    Route(
      .post, "/api/ratings",
      Operation(
        id: "postRatings", summary: "Save one or many ratings; all or none are stored", tag: .ratings,
        parameters: [.idempotencyKey], takes: tables, answer: "Stored on disk."), use: postRatings),
    Route(
      .get, "/api/ratings/{movie}",
      Operation(
        id: "getRating", summary: "My rating of a movie", tag: .ratings, parameters: [.movie], answer: "The rating."),
      use: getRating),
    Route(
      .put, "/api/ratings/{movie}",
      Operation(
        id: "putRating", summary: "Rate a movie", tag: .ratings, parameters: [.movie, .idempotencyKey],
        takes: [.json(StarsBody.self)], answer: "Stored on disk."), use: putRating),
    Route(
      .delete, "/api/ratings/{movie}",
      Operation(
        id: "deleteRating", summary: "Withdraw a rating", tag: .ratings, parameters: [.movie], status: .noContent,
        answer: "Withdrawn."), use: deleteRating),
  ]

  /// The media types for ratings.
  private static let tables: [Operation.Content] = [
    .json(SubmittedRatings.self),
    .other(
      type: "text/csv",
      schema: { schemas in
        let levels = schemas.levelTexts.map { $0.replacing(".", with: "[.]") }.joined(separator: "|")
        return [
          "type": "string", "description": "Lines movie,rating.",
          "pattern": .text("^([0-9]{1,9},(\(levels))\\n)+$"),
        ]
      }, example: "movie,rating\n1,4.5\n"),
    .file("application/zip", "An export of Letterboxd, Trakt or Netflix as downloaded."),
    .file("application/octet-stream", "Any file that ingest reads as one person's; its format is detected."),
  ]

  private func listRatings(_ request: EndpointRequest) async throws -> Response {
    var all = try await ratings.all(of: try await member(request).account)
    if let text = request.query["movie"] {
      guard let movie = RatingInput.movie(text) else {
        throw Problem(.unprocessableContent, "“movie” is the id of a movie, of 1 to \(SourceID.maximumLength) bytes")
      }
      all.removeAll { $0.movie != movie }
    }
    guard ["json", "csv", nil].contains(request.query["format"]) else {
      throw Problem(.unprocessableContent, "“format” is json or csv")
    }
    if request.query["format"] == "csv" { return .text(RatingsCSV.text(all), type: "text/csv; charset=utf-8") }
    return .json(RatingsBody(ratings: all.map(RatingBody.init)))
  }

  /// The most unmatched films listed in a response.
  private static let mostUnmatched = 1_000

  /// Files whose format is detected.
  private static let exportTypes: Set = [
    "application/zip", "application/gzip", "application/octet-stream",
  ]

  private func postRatings(_ request: EndpointRequest) async throws -> Answer<SavedBody> {
    let account = try await member(request).account
    let type = request.contentType
    guard type == "application/json" || type == "text/csv" || Self.exportTypes.contains(type) else {
      throw Problem.wrongType("application/json, text/csv, or an export as application/zip or application/octet-stream")
    }
    try ratings.admit(account)
    let bytes =
      request.hasLargeBody
      ? try await uploads.read(for: account) { try await request.body(isSmall: false) } : try await request.body()
    let key = request.raw.headers[.idempotencyKey]
    let isExport = try await parsing.run {
      Self.exportTypes.contains(type) || type == "text/csv" && !RatingInput.isPlain(bytes)
    }
    if isExport {
      let upload = try await parsing.run { [ratings] in try ratings.upload(bytes) }
      let saved = try await ratings.submit(
        upload.ratings.map { ($0.movie, $0.stars) }, of: account, key: key)
      return Answer(
        SavedBody(
          saved: saved.saved, removed: saved.removed, repeated: saved.isRepetition,
          unmatched: Array(upload.unmatched.prefix(Self.mostUnmatched)), account: upload.account))
    }
    let given = try await parsing.run { [input = ratings.input] in
      type == "text/csv" ? try input.csv(bytes) : try input.json(bytes)
    }
    let saved = try await ratings.submit(given, of: account, key: key)
    return Answer(SavedBody(saved: saved.saved, removed: saved.removed, repeated: saved.isRepetition))
  }

  func movie(_ request: EndpointRequest) throws -> SourceID {
    guard let movie = request.parameter("movie").flatMap({ RatingInput.movie($0) }) else {
      throw Problem(.notFound, "the site does not know this movie")
    }
    return movie
  }

  private func getRating(_ request: EndpointRequest) async throws -> Answer<RatingBody> {
    let account = try await member(request).account
    guard let rating = try await ratings.rating(of: account, movie: try movie(request)) else {
      throw Problem(.notFound, "you have not rated this movie")
    }
    return Answer(RatingBody(rating))
  }

  private func putRating(_ request: EndpointRequest) async throws -> Answer<SavedBody> {
    let account = try await member(request).account
    let movie = try movie(request)
    guard request.contentType == "application/json" else { throw Problem.wrongType("application/json") }
    try ratings.admit(account)
    let stars = try ratings.input.stars(try await request.body())
    let saved = try await ratings.submit(
      [(movie, stars)], of: account, key: request.raw.headers[.idempotencyKey])
    return Answer(SavedBody(saved: saved.saved, removed: 0, repeated: saved.isRepetition))
  }

  private func deleteRating(_ request: EndpointRequest) async throws -> Response {
    let account = try await member(request).account
    try ratings.admit(account)
    let saved = try await ratings.submit([(try movie(request), nil)], of: account)
    guard saved.removed > 0 else { throw Problem(.notFound, "you have not rated this movie here") }
    return .empty
  }
}
