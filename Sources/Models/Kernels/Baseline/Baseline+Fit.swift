public import LinearAlgebra
public import Ratings

extension Baseline {
  /// Fits movie and user biases in turn until none moves by more than a ten-thousandth of the scale's width, in at
  /// most `passes` passes. The users come last, so that `userBias(of:)` agrees with the fit.
  ///
  /// - Complexity: O(passes x ratings).
  public init(
    fitting training: TrainingSet, userDamping: Double, movieDamping: Double, passes: Int, threads: ThreadCount
  ) {
    let byUser = training.byUser
    let byMovie = training.byMovie
    let mean =
      training.ratingCount == 0
      ? (training.scale.minimum + training.scale.maximum) / 2
      : Float(byUser.values.reduce(0.0) { $0 + Double($1) } / Double(training.ratingCount))
    var userBiases = [Float](repeating: 0, count: training.userCount)
    var movieBiases = [Float](repeating: 0, count: training.movieCount)
    let tolerance = 1e-4 * max(training.scale.maximum - training.scale.minimum, .leastNormalMagnitude)
    for _ in 0..<passes {
      let before = userBiases
      movieBiases = Self.biases(of: byMovie, beyond: userBiases, mean: mean, damping: movieDamping, threads: threads)
      userBiases = Self.biases(of: byUser, beyond: movieBiases, mean: mean, damping: userDamping, threads: threads)
      if zip(before, userBiases).allSatisfy({ abs($0 - $1) <= tolerance }) { break }
    }
    self.mean = mean
    self.userBiases = userBiases
    self.movieBiases = movieBiases
    self.userDamping = Float(userDamping)
  }

  /// The damped mean of each row of `ratings` beyond `mean` and the other side's biases.
  private static func biases(
    of ratings: SparseRows, beyond others: [Float], mean: Float, damping: Double, threads: ThreadCount
  ) -> [Float] {
    threads.map(ratings.rowCount, blockSize: 512) { row in
      var sum = 0.0
      for position in ratings.range(ofRow: row) {
        sum += Double(ratings.values[position] - mean - others[Int(ratings.columns[position])])
      }
      return dampedMean(sum: sum, count: ratings.count(ofRow: row), damping: damping)
    }
  }
}

extension ModelSetting {
  /// The settings that every model on top of a baseline shares.
  static func baseline(user: Double, movie: Double) -> [ModelSetting] {
    [
      ModelSetting(
        "user-damping", default: user, in: 0...1000, "shrinkage of each user's bias (pseudo-counts)"),
      ModelSetting(
        "movie-damping", default: movie, in: 0...1000, "shrinkage of each movie's bias (pseudo-counts)"
      ),
    ]
  }
}

extension Baseline {
  /// The baseline that `settings` with `ModelSetting.baseline` describe.
  init(fitting training: TrainingSet, settings: ModelSettings, passes: Int = 30, threads: ThreadCount) {
    self.init(
      fitting: training, userDamping: settings["user-damping"], movieDamping: settings["movie-damping"],
      passes: passes, threads: threads)
  }
}
