import LinearAlgebra
public import Models
public import Ratings

/// Works out each movie's neighbours: those of the model first, then the well-known ones of the same kind.
public struct SimilarMovies: Sendable {
  /// How many neighbours a movie's page shows.
  public static let length = 20
  /// A movie of the same kind never comes before one that the audience itself connects.
  static let kindCeiling: Float = 0.05

  private let training: TrainingSet
  /// One bit for each of the first 64 genres.
  private let genres: [UInt64]
  /// Per genre the movies with most ratings, and overall at the end.
  private let wellKnown: [[Int32]]

  /// Prepares for the movies of `training`. Complexity: O(movies log movies).
  public init(_ training: TrainingSet) {
    self.training = training
    var bits: [String: Int] = [:]
    for movie in training.movies {
      for genre in movie.genres where bits[genre] == nil { bits[genre] = bits.count }
    }
    genres = training.movies.map { $0.genres.reduce(0) { $0 | (1 << UInt64((bits[$1] ?? 0) % 64)) } }
    let byCount = (0..<training.movieCount).sorted {
      (training.byMovie.count(ofRow: $1), $0) < (training.byMovie.count(ofRow: $0), $1)
    }
    var wellKnown = [[Int32]](repeating: [], count: 65)
    for movie in byCount {
      for genre in 0..<64 where genres[movie] >> UInt64(genre) & 1 == 1 && wellKnown[genre].count < 200 {
        wellKnown[genre].append(Int32(movie))
      }
      if wellKnown[64].count < 200 { wellKnown[64].append(Int32(movie)) }
    }
    self.wellKnown = wellKnown
  }

  /// The neighbours of every movie.
  func all(by model: any Recommender, threads: ThreadCount) -> Ragged<SimilarMovie> {
    let rows = threads.map(training.movieCount, blockSize: 16) { movie in
      neighbours(of: movie, by: model, count: Self.length)
    }
    var result = Ragged<SimilarMovie>()
    for row in rows { result.appendRow(row) }
    return result
  }

  /// How many movies the further measures show.
  static let otherLength = 8

  /// The neighbours of every movie by a model alone.
  func others(by model: any Recommender, threads: ThreadCount) -> Ragged<SimilarMovie> {
    ragged(
      threads.map(training.movieCount, blockSize: 16) { movie in
        model.similarMovies(to: movie, count: Self.otherLength).map { (movie: $0.movie, score: min(1, $0.score)) }
      }, threads: threads)
  }

  /// The movies of the same kind as each.
  func kin(threads: ThreadCount) -> Ragged<SimilarMovie> {
    ragged(
      threads.map(training.movieCount, blockSize: 16) { movie in
        var best = TopK(Self.otherLength)
        for candidate in candidates(like: movie) where candidate != Int32(movie) {
          best.offer(candidate, kinship(movie, Int(candidate)))
        }
        return best.take().filter { $0.score > 0 }.map { (movie: $0.index, score: $0.score) }
      }, threads: threads)
  }

  private func ragged(_ rows: [[(movie: Int32, score: Float)]], threads: ThreadCount) -> Ragged<SimilarMovie> {
    let described = threads.map(rows.count, blockSize: 16) { movie in
      rows[movie].map { describe($0.movie, score: $0.score, to: movie) }
    }
    var result = Ragged<SimilarMovie>()
    for row in described { result.appendRow(row) }
    return result
  }

  private func describe(_ other: Int32, score: Float, to movie: Int) -> SimilarMovie {
    SimilarMovie(
      movie: other, score: score, sharedUsers: Int32(sharedUsers(movie, Int(other))),
      sharedGenres: Int32((genres[movie] & genres[Int(other)]).nonzeroBitCount))
  }

  /// The neighbours of one movie, best first; fewer than `count` only in a small catalogue.
  public func neighbours(of movie: Int, by model: any Recommender, count: Int) -> [SimilarMovie] {
    var found = model.similarMovies(to: movie, count: count).map { ($0.movie, min(1, $0.score)) }
    if found.count < count {
      let known = Set(found.map(\.0))
      let ceiling = min(Self.kindCeiling, found.last?.1 ?? Self.kindCeiling)
      var best = TopK(count - found.count)
      for candidate in candidates(like: movie) where candidate != Int32(movie) && !known.contains(candidate) {
        best.offer(candidate, kinship(movie, Int(candidate)))
      }
      found += best.take().filter { $0.score > 0 }.map { ($0.index, ceiling * $0.score) }
    }
    return found.map { describe($0, score: $1, to: movie) }
  }

  private func candidates(like movie: Int) -> Set<Int32> {
    var result = Set<Int32>()
    for genre in 0..<64 where genres[movie] >> UInt64(genre) & 1 == 1 { result.formUnion(wellKnown[genre]) }
    return result.isEmpty ? Set(wellKnown[64]) : result
  }

  /// From 0 to 1: shared share of the genres, closeness in time, the same director, and a little fame.
  private func kinship(_ a: Int, _ b: Int) -> Float {
    let union = (genres[a] | genres[b]).nonzeroBitCount
    let genre = union == 0 ? 0 : Float((genres[a] & genres[b]).nonzeroBitCount) / Float(union)
    var time: Float = 0
    if let first = training.movies[a].year, let second = training.movies[b].year {
      time = 1 / (1 + Float(abs(first - second)) / 10)
    }
    let directors = training.movies[a].directors
    let sameDirector: Float = training.movies[b].directors.contains { directors.contains($0) } ? 1 : 0
    let fame = Float(training.byMovie.count(ofRow: b)) / Float(training.byMovie.count(ofRow: b) + 20)
    return 0.5 * genre + 0.15 * time + 0.2 * sameDirector + 0.15 * fame
  }

  /// How many people rated both. Complexity: O(ratings of the two).
  private func sharedUsers(_ a: Int, _ b: Int) -> Int {
    let users = training.byMovie.columns
    var i = training.byMovie.offsets[a]
    var j = training.byMovie.offsets[b]
    var shared = 0
    while i < training.byMovie.offsets[a + 1], j < training.byMovie.offsets[b + 1] {
      if users[i] == users[j] { shared += 1 }
      let step = users[i] <= users[j]
      if users[j] <= users[i] { j += 1 }
      if step { i += 1 }
    }
    return shared
  }
}
