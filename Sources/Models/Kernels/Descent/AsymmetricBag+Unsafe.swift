// Unsafe: adds rows of matrices behind pointers; a row is `columns` floats, of which the first `factorCount` are read.

import LinearAlgebra

/// What a user's ratings say of their taste: n^−1/2 Σ_j (e_uj x_j + y_j).
struct AsymmetricBag: Sendable, Equatable {
  var explicit: Matrix
  var implicit: Matrix
  let factorCount: Int

  /// - Complexity: O(ratings x factors).
  func taste(movies: ArraySlice<Int32>, residuals: ArraySlice<Float>) -> [Float] {
    var taste = [Float](repeating: 0, count: factorCount)
    let scale = 1 / Float(max(1, movies.count)).squareRoot()
    taste.withUnsafeMutableBufferPointer { taste in
      explicit.values.withUnsafeBufferPointer { x in
        implicit.values.withUnsafeBufferPointer { y in
          guard let taste = taste.baseAddress, let x = x.baseAddress, let y = y.baseAddress else { return }
          for (movie, residual) in zip(movies, residuals) {
            let row = Int(movie) * explicit.columns
            FloatKernels.add(scale * residual, times: x + row, to: taste, count: factorCount)
            FloatKernels.add(scale, times: y + row, to: taste, count: factorCount)
          }
        }
      }
    }
    return taste
  }

  /// Σ_j x_j.
  func sum(movies: ArraySlice<Int32>) -> [Float] {
    var sum = [Float](repeating: 0, count: factorCount)
    sum.withUnsafeMutableBufferPointer { sum in
      explicit.values.withUnsafeBufferPointer { x in
        guard let sum = sum.baseAddress, let x = x.baseAddress else { return }
        for movie in movies { FloatKernels.add(x + Int(movie) * explicit.columns, to: sum, count: factorCount) }
      }
    }
    return sum
  }

  /// What each rating adds to q · taste.
  func contributions(to factors: ArraySlice<Float>, movies: [Int32], residuals: [Float]) -> [Float] {
    let scale = 1 / Float(max(1, movies.count)).squareRoot()
    return zip(movies, residuals).map { movie, residual in
      var sum: Float = 0
      let (x, y) = (explicit[row: Int(movie)], implicit[row: Int(movie)])
      for factor in 0..<factorCount {
        sum +=
          factors[factors.startIndex + factor] * (residual * x[x.startIndex + factor] + y[y.startIndex + factor])
      }
      return scale * sum
    }
  }
}
