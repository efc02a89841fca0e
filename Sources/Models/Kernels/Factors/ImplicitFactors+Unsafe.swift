// Unsafe: sums sparse rows into scratch memory for BLAS.

import LinearAlgebra
import Ratings

/// Factors of what was rated at all: with rows x_r of one side, the g_c of the other side minimize
/// E Σ_r Σ_c (1_rc − x_r · g_c)² + Σ_c |g_c|², where 1_rc is 1 for rated pairs.
enum ImplicitFactors {
  /// g_c = (Σ_r [x_r x_r' + diag(var x_r)] + I)⁻¹ Σ_{r rated c} x_r for each *c*, in the layout of `own.means`.
  ///
  /// - Parameters:
  ///   - own: the rows x_r.
  ///   - byOther: the ratings, a row for each c.
  ///
  /// - Complexity: O(ratings x factors + (rows + others) x factors²).
  static func fitted(to own: FactorRows, of byOther: SparseRows, threads: ThreadCount) -> Matrix {
    let stride = own.stride
    let otherCount = byOther.rowCount
    let inverse = inverseGram(of: own)
    var implicit = Matrix(rows: otherCount, columns: stride)
    implicit.values.withUnsafeMutableBufferPointer { buffer in
      let implicit = SharedMutableBuffer(buffer)
      threads.forEachBlock(of: otherCount, blockSize: 256) { block in
        var sums = [Float](repeating: 0, count: block.count * stride)
        sums.withUnsafeMutableBufferPointer { sums in
          let base = sums.baseAddress.unsafelyUnwrapped
          own.means.values.withUnsafeBufferPointer { means in
            for other in block {
              let range = byOther.range(ofRow: other)
              byOther.columns.withUnsafeBufferPointer { columns in
                guard !range.isEmpty, let start = columns.baseAddress else { return }
                ChosenRows(
                  of: means.baseAddress.unsafelyUnwrapped, stride: stride, start + range.lowerBound, count: range.count,
                  following: columns.count - range.upperBound
                ).add(to: base + (other - block.lowerBound) * stride)
              }
            }
          }
          inverse.values.withUnsafeBufferPointer { inverse in
            BLAS.multiply(
              BLAS.Operand(base, stride: stride),
              by: BLAS.Operand(inverse.baseAddress.unsafelyUnwrapped, stride: stride),
              into: implicit.part(block.lowerBound * stride..<block.upperBound * stride).baseAddress.unsafelyUnwrapped,
              stride: stride, rows: block.count, columns: stride, depth: stride)
          }
        }
      }
    }
    return implicit
  }

  /// weight · Σ g g', the upper triangle.
  static func gram(of implicit: Matrix, weight: Float, factorCount: Int) -> Matrix {
    var gram = Matrix(rows: implicit.columns, columns: implicit.columns)
    gram.values.withUnsafeMutableBufferPointer { gram in
      implicit.values.withUnsafeBufferPointer { implicitValues in
        guard let base = implicitValues.baseAddress, implicit.rows > 0 else { return }
        BLAS.gram(
          of: base, rows: implicit.rows, columns: factorCount, stride: implicit.columns,
          into: gram.baseAddress.unsafelyUnwrapped, stride: implicit.columns, alpha: weight)
      }
    }
    return gram
  }

  /// (Σ [x x' + diag(var x)] + I)⁻¹ over the factors; 0 in the places of one and bias, so that they drop out.
  private static func inverseGram(of own: FactorRows) -> Matrix {
    let stride = own.stride
    let count = own.factorCount
    var gram = gram(of: own.means, weight: 1, factorCount: count)
    for factor in 0..<count {
      let variance = (0..<own.rowCount).reduce(0.0) { $0 + Double(own.variances[$1, factor]) }
      gram[factor, factor] += Float(variance) + 1
    }
    var inverse = Matrix(rows: stride, columns: stride)
    gram.values.withUnsafeMutableBufferPointer { gram in
      let factor = gram.baseAddress.unsafelyUnwrapped
      SmallCholesky.factorize(factor, count: count, stride: stride)
      inverse.values.withUnsafeMutableBufferPointer { inverse in
        for column in 0..<count {
          // Symmetric: its columns are its rows.
          let row = inverse.baseAddress.unsafelyUnwrapped + column * stride
          row[column] = 1
          SmallCholesky.solve(factor, count: count, stride: stride, row)
        }
      }
    }
    return inverse
  }
}
