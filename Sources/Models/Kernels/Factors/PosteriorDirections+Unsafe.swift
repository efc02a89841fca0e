// Unsafe: products of rows of factors behind pointers.

import LinearAlgebra
import Ratings

/// Where each movie points in the space of tastes.
///
/// Over the users, whose factors have the covariance C, the taste parts of two movies correlate by
/// q_i'Cq_j / √(q_i'Cq_i · q_j'Cq_j). With the movies' own variances added to the lengths, and each movie held back by
/// n / (n + `damping`) for its n ratings, what is left is the part that the ratings vouch for: a movie that hardly
/// anyone rated is similar to none.
enum PosteriorDirections {
  /// Ratings at which a movie is held back by half.
  private static let damping = 5.0

  /// Movies x stride: the similarity of two movies is the product of their rows, between −1 and 1.
  static func of(_ movies: FactorizedSide, users: FactorizedSide, threads: ThreadCount) -> Matrix {
    let count = movies.rows.factorCount
    var directions = Matrix(rows: movies.rows.rowCount, columns: movies.rows.stride)
    var covariance = covariance(of: users)
    let spread = (0..<count).reduce(Float(0)) { $0 + covariance[$1, $1] }
    guard spread > 1e-12 else { return directions }
    // A taste that nobody has leaves C singular; a hair of every direction keeps its factor finite.
    for factor in 0..<count { covariance[factor, factor] += 1e-4 * spread / Float(count) }
    // The upper triangle U with U'U = C: rows of U q have products q'C q.
    var root = covariance
    root.values.withUnsafeMutableBufferPointer {
      SmallCholesky.factorize($0.baseAddress.unsafelyUnwrapped, count: count, stride: root.columns)
    }
    let variances = (0..<count).map { Double(covariance[$0, $0]) }
    directions.values.withUnsafeMutableBufferPointer { buffer in
      let shared = SharedMutableBuffer(buffer)
      let root = root
      let stride = directions.columns
      threads.forEachBlock(of: movies.rows.rowCount, blockSize: 256) { block in
        for movie in block where movies.ratings.count(ofRow: movie) > 0 {
          let target = shared.part(movie * stride..<(movie + 1) * stride)
          var square = 0.0
          for row in 0..<count {
            var sum = 0.0
            for column in row..<count { sum += Double(root[row, column] * movies.rows.means[movie, column]) }
            target[row] = Float(sum)
            square += sum * sum + variances[row] * Double(movies.rows.variances[movie, row])
          }
          let ratings = Double(movies.ratings.count(ofRow: movie))
          let weight = square > 1e-12 ? Float(ratings / (ratings + damping) / square.squareRoot()) : 0
          for row in 0..<count { target[row] *= weight }
        }
      }
    }
    return directions
  }

  /// The covariance of the factors over the users that have ratings, in a matrix padded to the stride.
  private static func covariance(of users: FactorizedSide) -> Matrix {
    let count = users.rows.factorCount
    let present = (0..<users.rows.rowCount).filter { users.ratings.count(ofRow: $0) > 0 }
    var matrix = Matrix(rows: users.rows.stride, columns: users.rows.stride)
    guard !present.isEmpty else { return matrix }
    let number = Double(present.count)
    let means = (0..<count).map { factor in
      present.reduce(0.0) { $0 + Double(users.rows.means[$1, factor]) } / number
    }
    var sums = [Double](repeating: 0, count: count * count)
    for user in present {
      for row in 0..<count {
        let value = Double(users.rows.means[user, row]) - means[row]
        for column in row..<count {
          sums[row * count + column] += value * (Double(users.rows.means[user, column]) - means[column])
        }
      }
    }
    for row in 0..<count {
      for column in row..<count { matrix[row, column] = Float(sums[row * count + column] / number) }
    }
    return matrix
  }
}
