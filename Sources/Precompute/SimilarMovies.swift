import LinearAlgebra
package import Models
package import Ratings

/// Computes each movie's neighbours: those of the model first, then popular content-based ones.
package struct SimilarMovies: Sendable {
  /// The number of neighbours on a movie's page.
  package static let length = 20
  /// A content-based neighbour never precedes one from the ratings.
  static let kindCeiling: Float = 0.05

  private let training: TrainingSet
  private let audiences: Audiences
  /// One bit for each of the first 64 genres.
  private let genres: [UInt64]
  /// For each set of genres that some movie has: the movies with most ratings in each of them, ascending.
  private let candidates: [UInt64: [Int32]]
  /// Year of each movie, 0 if unknown.
  private let years: [Int32]
  /// The popularity of each movie, from 0 to 1.
  private let fame: [Float]
  private let twins: Twins

  /// The number of candidates in each genre.
  private static let wellKnownCount = 200

  /// Prepares for the movies of `training`. Complexity: O(movies log movies + sets of genres x genres).
  package init(_ training: TrainingSet) {
    self.training = training
    twins = Twins(training.movies)
    audiences = Audiences(training.byMovie)
    var bits: [String: Int] = [:]
    for movie in training.movies {
      for genre in movie.genres where bits[genre] == nil { bits[genre] = bits.count }
    }
    genres = training.movies.map { $0.genres.reduce(0) { $0 | (1 << UInt64((bits[$1] ?? 0) % 64)) } }
    years = training.movies.map { Int32(truncatingIfNeeded: $0.year ?? 0) }
    let counts = (0..<training.movieCount).map { training.byMovie.count(ofRow: $0) }
    fame = counts.map { Float($0) / Float($0 + 20) }
    let byCount = (0..<training.movieCount).sorted { (counts[$1], $0) < (counts[$0], $1) }
    var wellKnown = [[Int32]](repeating: [], count: 64)
    for movie in byCount {
      for genre in 0..<64 where genres[movie] >> UInt64(genre) & 1 == 1 {
        if wellKnown[genre].count < Self.wellKnownCount { wellKnown[genre].append(Int32(movie)) }
      }
    }
    let overall = byCount.prefix(Self.wellKnownCount).map { Int32($0) }
    var candidates: [UInt64: [Int32]] = [:]
    for genres in genres where candidates[genres] == nil {
      var movies = Set<Int32>()
      for genre in 0..<64 where genres >> UInt64(genre) & 1 == 1 { movies.formUnion(wellKnown[genre]) }
      candidates[genres] = (movies.isEmpty ? overall : Array(movies)).sorted()
    }
    self.candidates = candidates
  }

  /// The neighbours of every movie.
  func all(by model: any Recommender, threads: ThreadCount) -> Ragged<SimilarMovie> {
    rows(threads: threads) { movies in
      let found = model.similarMovies(toEach: movies, count: searched(Self.length))
      return zip(movies, found).map { completed($1, to: $0, count: Self.length) }
    }
  }

  /// The number of movies for the other measures.
  static let otherLength = 8

  /// The neighbours of every movie only by a model.
  func others(by model: any Recommender, threads: ThreadCount) -> Ragged<SimilarMovie> {
    rows(threads: threads) { movies in
      let found = model.similarMovies(toEach: movies, count: searched(Self.otherLength))
      return zip(movies, found).map { movie, found in
        others(found, than: movie, count: Self.otherLength).map {
          describe($0.movie, score: min(1, $0.score), to: movie)
        }
      }
    }
  }

  /// The content-based neighbours of every movie.
  func kin(threads: ThreadCount) -> Ragged<SimilarMovie> {
    rows(threads: threads) { movies in
      movies.map { movie in
        sameKind(as: movie, count: Self.otherLength) { _ in true }
          .map { describe($0.index, score: $0.score, to: movie) }
      }
    }
  }

  /// The number of candidates, so that enough are left when each film is listed once.
  private func searched(_ count: Int) -> Int { count + min(count, twins.surplus) }

  /// The candidates with each film once, and without the movie itself under another id.
  private func others(_ found: [ScoredMovie], than movie: Int, count: Int) -> ArraySlice<ScoredMovie> {
    let own = twins.film(Int32(movie))
    return twins.once(found, movie: \.movie).filter { twins.film($0.movie) != own }.prefix(count)
  }

  /// A row for each movie, made in blocks.
  private func rows(
    threads: ThreadCount, _ body: @Sendable (Range<Int>) -> [[SimilarMovie]]
  ) -> Ragged<SimilarMovie> {
    let block = 32
    let count = training.movieCount
    let blocks = threads.map((count + block - 1) / block) { index in
      body(index * block..<min(count, (index + 1) * block))
    }
    var result = Ragged<SimilarMovie>()
    for rows in blocks { for row in rows { result.appendRow(row) } }
    return result
  }

  private func describe(_ other: Int32, score: Float, to movie: Int) -> SimilarMovie {
    SimilarMovie(
      movie: other, score: score, sharedUsers: Int32(audiences.shared(movie, Int(other))),
      sharedGenres: Int32((genres[movie] & genres[Int(other)]).nonzeroBitCount))
  }

  /// The neighbours of one movie, best first; fewer than `count` only in a small catalogue.
  package func neighbours(of movie: Int, by model: any Recommender, count: Int) -> [SimilarMovie] {
    completed(model.similarMovies(to: movie, count: searched(count)), to: movie, count: count)
  }

  /// A model's neighbours, followed by popular content-based ones if there are fewer than `count`.
  private func completed(_ found: [ScoredMovie], to movie: Int, count: Int) -> [SimilarMovie] {
    let found = others(found, than: movie, count: count)
    var result = found.map { describe($0.movie, score: min(1, $0.score), to: movie) }
    guard result.count < count else { return result }
    let known = Set(found.flatMap { twins.all($0.movie) })
    let ceiling = min(Self.kindCeiling, result.last?.score ?? Self.kindCeiling)
    for similar in sameKind(as: movie, count: count - result.count, where: { !known.contains($0) }) {
      result.append(describe(similar.index, score: ceiling * similar.score, to: movie))
    }
    return result
  }

  /// The popular movies that are most similar by content.
  private func sameKind(as movie: Int, count: Int, where isWanted: (Int32) -> Bool) -> [TopK.Entry] {
    let own = twins.film(Int32(movie))
    var best = TopK(searched(count))
    for candidate in candidates[genres[movie]] ?? []
    where candidate != Int32(movie) && isWanted(candidate) && twins.film(candidate) != own {
      best.offer(candidate, kinship(movie, Int(candidate)))
    }
    return Array(twins.once(best.take().filter { $0.score > 0 }, movie: \.index).prefix(count))
  }

  /// From 0 to 1: overlap of genres, closeness in time, the same director, and a little popularity.
  private func kinship(_ a: Int, _ b: Int) -> Float {
    let union = (genres[a] | genres[b]).nonzeroBitCount
    let genre = union == 0 ? 0 : Float((genres[a] & genres[b]).nonzeroBitCount) / Float(union)
    var time: Float = 0
    if years[a] != 0, years[b] != 0 { time = 1 / (1 + abs(Float(years[a]) - Float(years[b])) / 10) }
    let directors = training.movies[a].directors
    let sameDirector: Float =
      !directors.isEmpty && training.movies[b].directors.contains { directors.contains($0) } ? 1 : 0
    return 0.5 * genre + 0.15 * time + 0.2 * sameDirector + 0.15 * fame[b]
  }
}
