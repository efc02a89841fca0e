// Unsafe: sums over sparse rows without checking indices that were checked when the model was made or read.

import LinearAlgebra
import Ratings

extension UserKernel {
  /// t = M X̃ C⁻¹ v of someone whose ratings weigh `weights`. Empty where nobody likes any of the movies.
  ///
  /// - Complexity: O(users² + ratings of the movies).
  func vector(of weights: [ScoredMovie]) -> [Float] {
    let count = users.count
    var overlaps = [Float](repeating: 0, count: count)
    for weight in weights {
      let factor = weight.score / movieScales[Int(weight.movie)]
      for position in likedBy.range(ofRow: Int(weight.movie)) {
        overlaps[Int(likedBy.columns[position])] += factor * likedBy.values[position]
      }
    }
    guard overlaps.contains(where: { $0 != 0 }) else { return [] }
    return [Float](unsafeUninitializedCapacity: count) { vector, initialized in
      vector.initialize(repeating: 0)
      inverse.values.withUnsafeBufferPointer { inverse in
        for place in 0..<count where overlaps[place] != 0 {
          FloatKernels.add(
            overlaps[place], times: inverse.baseAddress.unsafelyUnwrapped + place * count,
            to: vector.baseAddress.unsafelyUnwrapped, count: count)
        }
      }
      initialized = count
    }
  }

  /// x̃_i' v.
  func product(of movie: Int, with vector: [Float]) -> Float {
    likedBy.columns.withUnsafeBufferPointer { places in
      likedBy.values.withUnsafeBufferPointer { values in
        vector.withUnsafeBufferPointer { vector in
          var sum: Float = 0
          for position in likedBy.range(ofRow: movie) { sum += values[position] * vector[Int(places[position])] }
          return sum
        }
      }
    }
  }

  /// Scores of all movies for someone with `vector` whose ratings weigh `weights`.
  ///
  /// - Complexity: O(ratings + movies).
  func score(vector: [Float], weights: [ScoredMovie], into scores: UnsafeMutableBufferPointer<Float>) {
    for movie in 0..<squares.count { scores[movie] = movieScales[movie] * product(of: movie, with: vector) }
    // The diagonal is not part of the model.
    for weight in weights { scores[Int(weight.movie)] -= weight.score * squares[Int(weight.movie)] }
    for movie in 0..<squares.count { scores[movie] /= remainder(of: movie) }
  }

  /// x̃_i' M x̃_i for each movie, at most a hair below 1.
  static func squares(inverse: Matrix, likedBy: SparseRows, threads: ThreadCount) -> [Float] {
    let count = inverse.rows
    return threads.map(likedBy.rowCount, blockSize: 16) { movie in
      let range = likedBy.range(ofRow: movie)
      return likedBy.columns.withUnsafeBufferPointer { places in
        likedBy.values.withUnsafeBufferPointer { values in
          inverse.values.withUnsafeBufferPointer { inverse in
            var sum = 0.0
            for position in range {
              let row = Int(places[position]) * count
              // Symmetric: twice what stands right of the diagonal.
              var partial: Float = 0
              for other in position + 1..<range.upperBound {
                partial += values[other] * inverse[row + Int(places[other])]
              }
              let own = values[position] * inverse[row + Int(places[position])]
              sum += Double(values[position]) * (2 * Double(partial) + Double(own))
            }
            return Float(min(1 - 1e-6, max(0, sum)))
          }
        }
      }
    }
  }
}
