import Credentials
import Digests
import HTTPTypes
import Members
import Ratings
import Settings
import Site
import Store
import Synchronization

/// Saves, withdraws and returns ratings: shared by forms and JSON.
final class RatingService: Sendable {
  private let store: RatingStore
  private let settings: ServeSettings
  private let work: BlockingWork
  private let writer: RatingWriter
  private let limit: RateLimit<Int64>
  let scale: RatingScale

  /// - Parameter onChange: called with members whose ratings have changed, when they are on disk.
  init(
    store: RatingStore, settings: ServeSettings, work: BlockingWork, metrics: Metrics,
    onChange: @escaping @Sendable ([Account]) -> Void
  ) throws {
    self.store = store
    self.settings = settings
    self.work = work
    writer = RatingWriter(store: store, metrics: metrics, onChange: onChange)
    limit = RateLimit(burst: settings.ratingsPerMinute, perSecond: Double(settings.ratingsPerMinute) / 60)
    scale = try store.scale() ?? .halfStars
  }

  var input: RatingInput { RatingInput(scale: scale, limit: settings.ratingLimit) }

  struct Saved: Sendable {
    let saved: Int
    let removed: Int
    let isRepetition: Bool
  }

  /// Counts a member's request with ratings, before it is read.
  ///
  /// - Throws: `Problem` if the limit is reached.
  func admit(_ account: Account) throws {
    guard let wait = limit.take(account.id) else { return }
    throw Problem.tooMany("too many ratings at once; send many in one request, or go slower", retryAfter: wait) {
      $0(.problemRatings)
    }
  }

  /// - Parameter key: the client's name for this request, so that it can be repeated.
  func submit(_ ratings: [RatingInput.Rating], of account: Account, key: String? = nil) async throws -> Saved {
    if let key {
      guard (1...200).contains(key.utf8.count), key.utf8.allSatisfy({ 0x21...0x7e ~= $0 }) else {
        throw Problem(.badRequest, "an Idempotency-Key has 1 to 200 visible ASCII characters")
      }
    }
    let time = UInt32(clamping: AccountService.now)
    let outcome = try await writer.submit(
      Submission(
        account: account.id, user: account.user, ratings: ratings, time: time,
        repetition: key.map { (key: $0, digest: Self.digest(of: ratings)) }),
      of: account)
    switch outcome {
    case .stored(let saved, let removed, let isRepetition):
      return Saved(saved: saved, removed: removed, isRepetition: isRepetition)
    case .unknownMovies(let movies):
      throw Problem(
        .notFound, "nothing was saved: the site does not know these movies",
        errors: movies.prefix(20).map { "movie \($0) is unknown" }
      ) { $0(.problemFilms) }
    case .keyReused: throw Problem(.conflict, "this Idempotency-Key was used for a different request before")
    case .noAccount: throw Problem.noSession
    }
  }

  private static func digest(of ratings: [RatingInput.Rating]) -> String {
    var text = ""
    for rating in ratings { text += "\(rating.movie)\u{1f}\(rating.stars.map { "\($0)" } ?? "")\u{1e}" }
    return SecretToken.digest(of: Array(text.utf8)).hexadecimal
  }

  /// The ratings of an uploaded export or table, and the account of its lines.
  func upload(_ bytes: [UInt8]) throws -> UploadedRatings {
    let upload: UploadedRatings
    do {
      upload = try UploadedRatings(bytes, store: store, scale: scale)
    } catch let problem as UploadProblem {
      throw Problem(.unprocessableContent, problem.description)
    }
    guard !upload.ratings.isEmpty else {
      throw Problem(.unprocessableContent, "none of the \(upload.unmatched.count) films is on this site")
    }
    guard upload.ratings.count <= settings.ratingLimit else {
      throw Problem(.contentTooLarge, "one request takes at most \(settings.ratingLimit) ratings; send them in parts")
    }
    return upload
  }

  func all(of account: Account) async throws -> [MemberRating] {
    try await work.run { [store] in try store.ratings(ofUser: account.user) }
  }

  func rating(of account: Account, movie: SourceID) async throws -> MemberRating? {
    try await work.run { [store] in try store.rating(ofUser: account.user, movie: movie) }
  }

  func movies(matching query: String) async throws -> [FoundMovie] {
    try await work.run { [store] in try store.movies(matching: String(query.prefix(100)), limit: 20) }
  }

  func movie(_ id: SourceID) async throws -> FoundMovie? { try await work.run { [store] in try store.movie(id) } }
}

/// Limits concurrent large bodies in memory: an incomplete upload occupies memory.
final class UploadPlaces: Sendable {
  private let places = Mutex<[Int64: Int]>([:])

  /// In total, and per member.
  private static let most = 32
  private static let mostOfMember = 2

  /// Reads a large body if there is room for it.
  ///
  /// - Throws: `Problem` if there is none; what `read` throws.
  func read<Result: Sendable>(for account: Account, _ read: () async throws -> Result) async throws -> Result {
    let isIn = places.withLock { places in
      let own = places[account.id, default: 0]
      guard own < Self.mostOfMember, places.values.reduce(0, +) < Self.most else { return false }
      places[account.id] = own + 1
      return true
    }
    guard isIn else { throw Problem.busy("too many uploads at the moment; send one after the other") }
    defer {
      places.withLock { places in
        let rest = places[account.id, default: 1] - 1
        places[account.id] = rest == 0 ? nil : rest
      }
    }
    return try await read()
  }
}
