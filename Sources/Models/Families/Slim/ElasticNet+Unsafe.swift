// Unsafe: coordinate descent on rows of a Gram matrix behind pointers.

import LinearAlgebra
import Ratings

/// Regressions of each column of X on all the others under an elastic net, from X'X alone (covariance updates,
/// Friedman et al. 2010).
struct ElasticNet: Sendable {
  /// X'X.
  let gram: Matrix
  let l1: Float
  let l2: Float
  let allowsNegative: Bool

  /// A coordinate that moves by less is at rest.
  private static let tolerance: Float = 5e-4
  private static let mostSweeps = 100

  /// For each column the weights that are not 0, at most `keep` of them (the largest), by index.
  ///
  /// - Complexity: O(columns x sweeps x (columns + changes x columns)).
  func columns(keep: Int, threads: ThreadCount) -> [[TopK.Entry]] {
    threads.map(gram.rows, blockSize: 4) { target in
      var largest = TopK(keep)
      let weights = weights(of: target)
      for index in weights.indices where weights[index] != 0 { largest.offer(Int32(index), abs(weights[index])) }
      return largest.take().map { TopK.Entry(index: $0.index, score: weights[Int($0.index)]) }
        .sorted { $0.index < $1.index }
    }
  }

  /// b of one column by cyclic coordinate descent from 0.
  private func weights(of target: Int) -> [Float] {
    let count = gram.rows
    var weights = [Float](repeating: 0, count: count)
    var remainders = Array(gram[row: target])  // x_j'(x_i − X b)
    // Common likes are never negative, so a remainder only falls while all weights are positive: what starts at or
    // below l1 stays out.
    let candidates = (0..<count).filter { $0 != target && (allowsNegative || remainders[$0] > l1) }
    gram.values.withUnsafeBufferPointer { gram in
      remainders.withUnsafeMutableBufferPointer { remainders in
        guard let gram = gram.baseAddress, let remainders = remainders.baseAddress else { return }
        // Most weights stay 0: after a sweep over all candidates only those that are not 0 go on until they rest, then all
        // are looked at again (Friedman et al. 2010, section 2.6).
        var sweeps = 0
        while sweeps < Self.mostSweeps {
          sweeps += 1
          let change = sweep(over: candidates, &weights, gram: gram, remainders: remainders)
          if change < Self.tolerance { break }
          let active = candidates.filter { weights[$0] != 0 }
          while sweeps < Self.mostSweeps {
            sweeps += 1
            if sweep(over: active, &weights, gram: gram, remainders: remainders) < Self.tolerance { break }
          }
        }
      }
    }
    return weights
  }

  /// Moves each of the coordinates to its best place; returns the largest move.
  private func sweep(
    over coordinates: [Int], _ weights: inout [Float], gram: UnsafePointer<Float>,
    remainders: UnsafeMutablePointer<Float>
  ) -> Float {
    let count = weights.count
    var largest: Float = 0
    for index in coordinates {
      let diagonal = gram[index * count + index]
      let pull = remainders[index] + diagonal * weights[index]
      let shrunk = pull > l1 ? pull - l1 : allowsNegative && pull < -l1 ? pull + l1 : 0
      let change = shrunk / (diagonal + l2) - weights[index]
      guard change != 0 else { continue }
      weights[index] += change
      largest = max(largest, abs(change))
      FloatKernels.add(-change, times: gram + index * count, to: remainders, count: count)
    }
    return largest
  }
}

/// How many users like both of two movies.
enum CommonLikes {
  /// X'X for the movies `members`.
  ///
  /// - Complexity: O(Σ over users of likes²) time, O(members²) memory.
  static func gram(byMovie: SparseRows, byUser: SparseRows, members: [Int32], threads: ThreadCount) -> Matrix {
    let count = members.count
    let places = members.places(among: byMovie.rowCount)
    var matrix = Matrix(rows: count, columns: count)
    matrix.values.withUnsafeMutableBufferPointer { buffer in
      let shared = SharedMutableBuffer(buffer)
      threads.forEachBlock(of: count, blockSize: 16) { block in
        for place in block {
          let row = shared.part(place * count..<(place + 1) * count)
          for position in byMovie.range(ofRow: Int(members[place])) {
            for entry in byUser.range(ofRow: Int(byMovie.columns[position])) {
              let other = Int(places[Int(byUser.columns[entry])])
              if other >= 0 { row[other] += 1 }
            }
          }
        }
      }
    }
    return matrix
  }
}
