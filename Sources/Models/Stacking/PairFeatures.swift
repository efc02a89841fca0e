import LinearAlgebra
import Ratings

/// What a regression may know of a (user, movie) pair: statistics of both, what the user gave to movies of the same
/// genres and decade, what people of the same age, gender and occupation gave to the movie, the date, and what
/// other models predict.
///
/// A value of this type is fitted to some ratings and describes pairs that are not among them: a pair's own rating
/// would leak into its features otherwise. `FeatureTable.outOfFold` keeps to that.
public struct PairFeatures: Sendable {
  let layout: FeatureLayout
  let scale: RatingScale
  let baseline: Baseline
  let members: [any RatingPredictor]
  /// Movies x `FeatureLayout.movieCount` columns.
  let movieColumns: Matrix
  /// For each movie the indices of its genres.
  let genres: Ragged<Int32>
  /// For each movie its decade's index, -1 where the year is unknown.
  let decades: [Int32]
  let people: PeopleFeatures

  var movieCount: Int { baseline.movieBiases.count }

  /// The shrinkage of every mean residual towards 0, in pseudo-counts.
  static let damping: Float = 5
}

/// The positions of the features in a row. The same for all folds of a training set.
struct FeatureLayout: Sendable, Equatable {
  /// Baseline, user's count, mean, deviation and bias, affinity to the movie's genres and to its decade.
  static let fixedCount = 7
  /// Age, mean residual of the user's occupation, and the movie's mean residual among people of the same age band,
  /// gender and occupation.
  static let peopleCount = 2 + PeopleFeatures.groupCount
  /// Days since the user's first rating, how many they gave on that day, and the mean residual of these.
  static let timeCount = 3
  /// Count, mean, deviation, bias, tags, year, number of genres; the genres themselves follow.
  static let movieFixedCount = 7
  static let decadeCount = 16
  static let mostGenres = 24

  let genreCount: Int
  let memberCount: Int
  let hasPeople: Bool
  let hasTimes: Bool

  var movieStart: Int { Self.fixedCount }
  var movieCount: Int { Self.movieFixedCount + genreCount }
  var memberStart: Int { movieStart + movieCount }
  var peopleStart: Int { memberStart + memberCount }
  var timeStart: Int { peopleStart + (hasPeople ? Self.peopleCount : 0) }
  /// How many features a row has.
  var count: Int { timeStart + (hasTimes ? Self.timeCount : 0) }
}

extension FeatureLayout {
  /// The layout for `training` and everything that is a part of it.
  init(_ training: TrainingSet, memberCount: Int, usesDates: Bool = true) {
    genreCount = GenreNames(training.movies).names.count
    self.memberCount = memberCount
    hasPeople = training.users.contains { $0.age != nil || $0.gender != nil || $0.occupation != nil }
    hasTimes = usesDates && training.times.contains { $0 != 0 }
  }
}

/// The genres of a catalogue, the most frequent first.
struct GenreNames {
  let names: [String]

  init(_ movies: [Movie]) {
    var counts: [String: Int] = [:]
    for movie in movies { for genre in Set(movie.genres) { counts[genre, default: 0] += 1 } }
    names = Array(
      counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key).prefix(FeatureLayout.mostGenres))
  }

  /// For each movie the indices of its genres, rising.
  func rows(_ movies: [Movie]) -> Ragged<Int32> {
    let indices = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, Int32($0)) })
    var rows = Ragged<Int32>()
    for movie in movies { rows.appendRow(Set(movie.genres).compactMap { indices[$0] }.sorted()) }
    return rows
  }
}
