// Unsafe: gathers rows into scratch memory for the kernels and solves in place.

import LinearAlgebra

/// Sets up and solves the normal equations of one row after another, in scratch memory of its own.
struct RowSolver: ~Copyable {
  /// Rows gathered before each product: few enough to stay in the first-level cache.
  private static let chunk = 128

  private let equations: RowEquations
  private let gathered: UnsafeMutablePointer<Float>
  /// Σ of gathered'gathered; then the data part of the matrix.
  private let data: UnsafeMutablePointer<Float>
  /// The whole matrix; then its factor.
  private let matrix: UnsafeMutablePointer<Float>
  private let variance: UnsafeMutablePointer<Float>
  private let implicitSum: UnsafeMutablePointer<Float>
  /// The right-hand side.
  private let target: UnsafeMutablePointer<Float>
  /// x, `unknownCount` numbers: factors and bias.
  let solution: UnsafeMutablePointer<Float>
  /// Variance of each unknown.
  let solutionVariance: UnsafeMutablePointer<Float>
  private let scratch: UnsafeMutablePointer<Float>

  init(_ equations: RowEquations) {
    self.equations = equations
    let stride = equations.stride
    let count = Self.chunk * stride + 2 * stride * stride + 5 * stride
    scratch = .allocate(capacity: count)
    scratch.initialize(repeating: 0, count: count)
    gathered = scratch
    data = gathered + Self.chunk * stride
    matrix = data + stride * stride
    variance = matrix + stride * stride
    implicitSum = variance + stride
    target = implicitSum + stride
    solution = target + stride
    solutionVariance = solution + stride
  }

  deinit { scratch.deallocate() }

  /// Solves the row with ratings `values` of the rows `columns` of the other side.
  ///
  /// - Parameter following: how many columns of later rows follow these.
  /// - Returns: the expected sum of squared errors of the ratings.
  /// - Complexity: O(ratings x factors² + factors³).
  mutating func solve(
    columns: UnsafeBufferPointer<Int32>, values: UnsafeBufferPointer<Float>, following: Int = 0
  ) -> Double {
    prepare(columns: columns, values: values, following: following)
    let stride = equations.stride
    let count = equations.unknownCount
    for unknown in 0..<count {
      solution[unknown] = target[unknown]
      solutionVariance[unknown] = 1 / (equations.precision * matrix[unknown * stride + unknown])
    }
    // Without ratings the right-hand side is 0, and so is the solution.
    guard !columns.isEmpty else { return 0 }
    SmallCholesky.factorize(matrix, count: count, stride: stride)
    SmallCholesky.solve(matrix, count: count, stride: stride, solution)
    return expectedError()
  }

  /// The contribution of each rating to the product of the row's factors with `factors`: with v the solution of the
  /// row's equations for (`factors`, 0), that of rating j is v · [(y_j, 1)(z_j − b_j) + w (g_j, 0)]. They sum to the
  /// product exactly.
  mutating func contributions(
    to factors: UnsafePointer<Float>, columns: UnsafeBufferPointer<Int32>, values: UnsafeBufferPointer<Float>
  ) -> [Float] {
    prepare(columns: columns, values: values, following: 0)
    let stride = equations.stride
    let count = equations.unknownCount
    let factorCount = equations.others.factorCount
    for factor in 0..<factorCount { solution[factor] = factors[factor] }
    solution[factorCount] = 0
    SmallCholesky.factorize(matrix, count: count, stride: stride)
    SmallCholesky.solve(matrix, count: count, stride: stride, solution)
    return columns.indices.map { index in
      let row = Int(columns[index]) * stride
      return equations.others.means.withUnsafeBufferPointer { means in
        let error = values[index] - means[row + factorCount + 1]
        var sum = error * FloatKernels.dot(solution, means.baseAddress.unsafelyUnwrapped + row, count: count)
        if equations.implicitWeight > 0 {
          equations.implicit.withUnsafeBufferPointer { implicit in
            sum +=
              equations.implicitWeight
              * FloatKernels.dot(solution, implicit.baseAddress.unsafelyUnwrapped + row, count: factorCount)
          }
        }
        return sum
      }
    }
  }

  /// Fills `data`, `matrix` (upper triangles) and `target`.
  private mutating func prepare(
    columns: UnsafeBufferPointer<Int32>, values: UnsafeBufferPointer<Float>, following: Int
  ) {
    let stride = equations.stride
    let count = equations.unknownCount
    let bias = equations.others.biasPlace
    gather(columns: columns, values: values, following: following)
    for unknown in 0..<count {
      let row = unknown * stride
      data[row + unknown] += variance[unknown]
      target[unknown] = data[row + bias] + equations.implicitWeight * implicitSum[unknown]
    }
    equations.implicitGram.values.withUnsafeBufferPointer { gram in
      for place in 0..<count * stride { matrix[place] = data[place] + gram[place] }
    }
    for unknown in 0..<count { matrix[unknown * stride + unknown] += equations.ridge[unknown] }
  }

  /// Sums up the other side's rows: products with each other and with the errors, variances, implicit factors.
  private mutating func gather(
    columns: UnsafeBufferPointer<Int32>, values: UnsafeBufferPointer<Float>, following: Int
  ) {
    let stride = equations.stride
    let bias = equations.others.biasPlace
    let implicitWeight = equations.implicitWeight
    data.update(repeating: 0, count: stride * stride)
    variance.update(repeating: 0, count: 2 * stride)  // and `implicitSum` behind it
    guard !columns.isEmpty else { return }
    equations.others.means.withUnsafeBufferPointer { means in
      equations.others.variances.withUnsafeBufferPointer { variances in
        equations.implicit.withUnsafeBufferPointer { implicit in
          let means = means.baseAddress.unsafelyUnwrapped
          let variances = variances.baseAddress.unsafelyUnwrapped
          var start = 0
          while start < columns.count {
            let end = min(columns.count, start + Self.chunk)
            let chosen = { (matrix: UnsafePointer<Float>) in
              ChosenRows(
                of: matrix, stride: stride, columns.baseAddress.unsafelyUnwrapped + start, count: end - start,
                following: columns.count - end + following)
            }
            chosen(means).gather(into: gathered)
            for index in start..<end {
              let place = gathered + (index - start) * stride + bias
              place.pointee = values[index] - place.pointee
            }
            chosen(variances).add(to: variance)
            if implicitWeight > 0 { chosen(implicit.baseAddress.unsafelyUnwrapped).add(to: implicitSum) }
            FloatKernels.addGram(of: gathered, rows: end - start, stride: stride, to: data)
            start = end
          }
        }
      }
    }
  }

  /// E Σ_j (z_j − b_j − (y_j, 1)'x)² = Σ [(z_j − b_j)² + var b_j] − 2 x'c + x'Dx + Σ_d D_dd var x_d.
  private func expectedError() -> Double {
    let stride = equations.stride
    let count = equations.unknownCount
    let bias = equations.others.biasPlace
    var sum = Double(data[bias * stride + bias] + variance[bias])
    for unknown in 0..<count {
      let row = data + unknown * stride
      let next = unknown + 1
      let product = FloatKernels.dot(row + next, solution + next, count: count - next)
      sum += Double(solution[unknown] * (row[unknown] * solution[unknown] + 2 * product - 2 * row[bias]))
      sum += Double(row[unknown] * solutionVariance[unknown])
    }
    return max(0, sum)
  }
}
