// Unsafe: the residuals are read through pointers, by movies that the training set checked.

import Models
import Ratings

/// One user's residual of each movie, for comparison with others; 0 for movies without a rating.
struct ResidualLookup: ~Copyable {
  private let residuals: UnsafeMutablePointer<Float>

  init(movieCount: Int) {
    residuals = .allocate(capacity: movieCount)
    residuals.initialize(repeating: 0, count: movieCount)
  }

  deinit { residuals.deallocate() }

  /// Loads a user's residuals. A zero residual is stored as the least positive number, to mark the rating.
  func load(_ movies: ArraySlice<Int32>, residual: (_ index: Int, _ movie: Int32) -> Float) {
    for (index, movie) in movies.enumerated() {
      let value = residual(index, movie)
      residuals[Int(movie)] = value == 0 ? .leastNormalMagnitude : value
    }
  }

  func clear(_ movies: ArraySlice<Int32>) {
    for movie in movies { residuals[Int(movie)] = 0 }
  }

  /// The number of common movies of `other` and the loaded user, and the sum of products. Complexity: O(ratings of `other`).
  func common(with other: Int, _ training: TrainingSet, _ baseline: Baseline) -> (count: Float, product: Float) {
    var (count, product): (Float, Float) = (0, 0)
    let (mean, bias) = (baseline.mean, baseline.userBiases[other])
    training.byUser.columns.withUnsafeBufferPointer { movies in
      training.byUser.values.withUnsafeBufferPointer { values in
        baseline.movieBiases.withUnsafeBufferPointer { biases in
          // Branchless: few movies are common, and they are unpredictable.
          for position in training.byUser.range(ofRow: other) {
            let movie = Int(movies[position])
            let own = residuals[movie]
            count += own != 0 ? 1 : 0
            product += own * (values[position] - (mean + bias + biases[movie]))
          }
        }
      }
    }
    return (count, product)
  }
}
