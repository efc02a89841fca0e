import LinearAlgebra
package import Ratings

/// What every user watches: the shares of genres and decades, the popularity of their movies, and their last ratings.
package struct UserTastes: Sendable, Equatable {
  /// The number and mean of a user's ratings in one genre or decade.
  package struct Share: Sendable, Equatable, BitwiseCopyable {
    /// The position in `genreNames`, or the decade's first year.
    package var key: Int32
    package var count: Int32
    package var mean: Float

    package init(key: Int32, count: Int32, mean: Float) {
      self.key = key
      self.count = count
      self.mean = mean
    }
  }

  /// One rating of a user.
  package struct Rated: Sendable, Equatable, BitwiseCopyable {
    package var movie: Int32
    package var value: Float
    /// Seconds since 1970; 0 where unknown.
    package var time: UInt32

    package init(movie: Int32, value: Float, time: UInt32) {
      self.movie = movie
      self.value = value
      self.time = time
    }
  }

  /// The most genres kept for a user.
  package static let genreCount = 8
  /// The most decades kept for a user.
  package static let decadeCount = 10
  /// The most recent ratings kept for a user.
  package static let historyLength = 24

  /// In alphabetical order.
  package var genreNames: [String] = []
  /// Per user: the genres rated most often first.
  package var genres = Ragged<Share>()
  /// Per user: the latest decade first.
  package var decades = Ragged<Share>()
  /// Per user: the mean popularity percentile of their movies: 1 for mainstream taste.
  package var mainstream: [Float] = []
  /// Per user: the last ratings, the latest first.
  package var history = Ragged<Rated>()

  package init() {}

  init(genreNames: [String]) { self.genreNames = genreNames }

  /// The tastes of everybody in `training`. Complexity: O(ratings x genres of a movie).
  init(_ training: TrainingSet, films: FilmTraits, threads: ThreadCount) {
    genreNames = films.genreNames
    let (movieGenres, movieDecades, fame) = (films.genres, films.decades, films.fame)
    let decades = films.decadeYears
    let genreCount = genreNames.count
    let parts = threads.mapBlocks(of: training.userCount, blockSize: 512) { users in
      var part = UserTastes()
      var byGenre = Sums(genreCount)
      var byDecade = Sums(decades.count)
      for user in users {
        let range = training.byUser.range(ofRow: user)
        var known = 0.0
        for position in range {
          let movie = Int(training.byUser.columns[position])
          let value = Double(training.byUser.values[position])
          for genre in movieGenres[movie] { byGenre.add(value, to: Int(genre)) }
          if movieDecades[movie] >= 0 { byDecade.add(value, to: movieDecades[movie]) }
          known += Double(fame[movie])
        }
        part.mainstream.append(range.isEmpty ? 0 : Float(known / Double(range.count)))
        part.genres.appendRow(
          byGenre.take { Int32($0) }.sorted { ($1.count, $0.key) < ($0.count, $1.key) }.prefix(Self.genreCount))
        part.decades.appendRow(
          byDecade.take { Int32(decades[$0]) }.sorted { ($1.count, $1.key) < ($0.count, $0.key) }
            .prefix(Self.decadeCount).sorted { $0.key > $1.key })
        let latest = range.sorted { (training.times[$1], $0) < (training.times[$0], $1) }
        part.history.appendRow(
          latest.prefix(Self.historyLength).map {
            Rated(movie: training.byUser.columns[$0], value: training.byUser.values[$0], time: training.times[$0])
          })
      }
      return part
    }
    mainstream = parts.flatMap(\.mainstream)
    genres = Ragged(joining: parts.map(\.genres))
    self.decades = Ragged(joining: parts.map(\.decades))
    history = Ragged(joining: parts.map(\.history))
  }

  /// Counts and sums of one user's ratings by genre or decade.
  private struct Sums {
    private var counts: [Int32]
    private var sums: [Double]

    init(_ count: Int) {
      counts = [Int32](repeating: 0, count: count)
      sums = [Double](repeating: 0, count: count)
    }

    mutating func add(_ value: Double, to place: Int) {
      counts[place] += 1
      sums[place] += value
    }

    /// Returns the counts and resets.
    mutating func take(_ key: (Int) -> Int32) -> [Share] {
      var shares: [Share] = []
      for place in counts.indices where counts[place] > 0 {
        shares.append(Share(key: key(place), count: counts[place], mean: Float(sums[place] / Double(counts[place]))))
        counts[place] = 0
        sums[place] = 0
      }
      return shares
    }
  }
}
