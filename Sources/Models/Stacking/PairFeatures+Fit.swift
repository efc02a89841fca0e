import LinearAlgebra
import Ratings

extension PairFeatures {
  /// Fits the statistics and `members` to `training`.
  ///
  /// - Parameter completeness: as below.
  /// - Complexity: what the members take, and O(ratings).
  init(
    fitting training: TrainingSet, layout: FeatureLayout, members: [StackMember], completeness: Float = 1,
    context: FitContext
  ) throws {
    var fitted: [any RatingPredictor] = []
    for member in members { fitted.append(try member.fit(training, context: context)) }
    self.init(fitting: training, layout: layout, fitted: fitted, completeness: completeness, context: context)
  }

  /// Fits the statistics to `training`, to which `fitted` are fitted already.
  ///
  /// - Parameter completeness: the share of all ratings that `training` has, in 0…1: counts are scaled up by it, so
  ///   that those of a fold compare with those of the whole.
  /// - Complexity: O(ratings).
  init(
    fitting training: TrainingSet, layout: FeatureLayout, fitted: [any RatingPredictor], completeness: Float = 1,
    context: FitContext
  ) {
    let baseline = Baseline(fitting: training, userDamping: 5, movieDamping: 2, passes: 30, threads: context.threads)
    self.layout = layout
    scale = training.scale
    self.baseline = baseline
    self.members = fitted
    genres = GenreNames(training.movies).rows(training.movies)
    decades = training.movies.map { movie in
      movie.year.map { Int32(max(0, min(FeatureLayout.decadeCount - 1, ($0 - 1880) / 10))) } ?? -1
    }
    movieColumns = Self.movieColumns(
      training, layout: layout, baseline: baseline, genres: genres, completeness: completeness)
    people = layout.hasPeople ? PeopleFeatures(training, baseline: baseline) : PeopleFeatures()
  }

  private static func movieColumns(
    _ training: TrainingSet, layout: FeatureLayout, baseline: Baseline, genres: Ragged<Int32>, completeness: Float
  ) -> Matrix {
    var tagCounts = [Int](repeating: 0, count: training.movieCount)
    for tag in training.tags where tagCounts.indices.contains(Int(tag.movie)) { tagCounts[Int(tag.movie)] += 1 }
    let years = training.movies.compactMap(\.year)
    let meanYear = years.isEmpty ? 0 : Float(years.reduce(0, +)) / Float(years.count)
    var columns = Matrix(rows: training.movieCount, columns: layout.movieCount)
    for movie in 0..<training.movieCount {
      let values = training.byMovie.range(ofRow: movie).map { training.byMovie.values[$0] }
      let spread = Spread(values, mean: baseline.mean)
      columns[movie, 0] = logarithm(ofOnePlus: Float(values.count) / completeness)
      columns[movie, 1] = spread.mean
      columns[movie, 2] = spread.deviation
      columns[movie, 3] = baseline.movieBiases[movie]
      columns[movie, 4] = logarithm(ofOnePlus: Float(tagCounts[movie]))
      columns[movie, 5] = training.movies[movie].year.map { Float($0) } ?? meanYear
      columns[movie, 6] = Float(genres[movie].count)
      for genre in genres[movie] { columns[movie, FeatureLayout.movieFixedCount + Int(genre)] = 1 }
    }
    return columns
  }
}

/// Mean and standard deviation of some ratings, with shrinkage towards the overall mean.
struct Spread {
  let mean: Float
  let deviation: Float

  init(_ values: [Float], mean overall: Float) {
    let damping = PairFeatures.damping
    let count = Float(values.count)
    let mean = overall + values.reduce(0) { $0 + ($1 - overall) } / (count + damping)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.mean = mean
    deviation = (squares / (count + damping)).squareRoot()
  }
}
