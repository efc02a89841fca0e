// Unsafe: sums over sparse rows without checking indices that were checked when the model was made or read.

import LinearAlgebra
import Ratings

extension UserKernel {
  /// t = M X x of someone who likes `liked`: the sum of the columns of M of all who like one of them, as often as
  /// they do. Empty where nobody likes any.
  ///
  /// - Complexity: O(users² + ratings of the movies).
  func vector(of liked: [Int32]) -> [Float] {
    let count = users.count
    var overlaps = [Float](repeating: 0, count: count)
    for movie in liked {
      for position in likedBy.range(ofRow: Int(movie)) { overlaps[Int(likedBy.columns[position])] += 1 }
    }
    guard overlaps.contains(where: { $0 > 0 }) else { return [] }
    return [Float](unsafeUninitializedCapacity: count) { vector, initialized in
      vector.initialize(repeating: 0)
      inverse.values.withUnsafeBufferPointer { inverse in
        for place in 0..<count where overlaps[place] > 0 {
          FloatKernels.add(
            overlaps[place], times: inverse.baseAddress.unsafelyUnwrapped + place * count,
            to: vector.baseAddress.unsafelyUnwrapped, count: count)
        }
      }
      initialized = count
    }
  }

  /// x_i' v.
  func product(of movie: Int, with vector: [Float]) -> Float {
    likedBy.columns.withUnsafeBufferPointer { places in
      vector.withUnsafeBufferPointer { vector in
        var sum: Float = 0
        for position in likedBy.range(ofRow: movie) { sum += vector[Int(places[position])] }
        return sum
      }
    }
  }

  /// Scores of all movies for a user with `vector` who likes `liked`.
  ///
  /// - Complexity: O(ratings + movies).
  func score(vector: [Float], liked: [Int32], into scores: UnsafeMutableBufferPointer<Float>) {
    for movie in 0..<squares.count { scores[movie] = product(of: movie, with: vector) }
    // The diagonal is not part of the model.
    for movie in liked { scores[Int(movie)] -= squares[Int(movie)] }
    for movie in 0..<squares.count { scores[movie] /= remainder(of: movie) }
  }

  /// x_i' M x_i for each movie, at most a hair below 1.
  static func squares(inverse: Matrix, likedBy: SparseRows, threads: ThreadCount) -> [Float] {
    let count = inverse.rows
    return threads.map(likedBy.rowCount, blockSize: 16) { movie in
      let range = likedBy.range(ofRow: movie)
      return likedBy.columns.withUnsafeBufferPointer { places in
        inverse.values.withUnsafeBufferPointer { inverse in
          var sum = 0.0
          for position in range {
            let row = Int(places[position]) * count
            // Symmetric: twice what stands right of the diagonal.
            var partial: Float = 0
            for other in position + 1..<range.upperBound { partial += inverse[row + Int(places[other])] }
            sum += 2 * Double(partial) + Double(inverse[row + Int(places[position])])
          }
          return Float(min(1 - 1e-6, max(0, sum)))
        }
      }
    }
  }
}
