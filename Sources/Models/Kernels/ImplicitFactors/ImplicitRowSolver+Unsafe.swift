// Unsafe: assembles and solves the rows' systems in scratch memory of its own.

import LinearAlgebra
import Ratings

/// Scratch memory of one thread for solving rows of `ImplicitEquations`.
struct ImplicitRowSolver: ~Copyable {
  /// Rows of the other side that are summed up at once.
  private static let chunk = 64
  private let equations: ImplicitEquations
  private let blockSize: Int
  private let matrix: UnsafeMutablePointer<Float>
  private let gathered: UnsafeMutablePointer<Float>
  private let target: UnsafeMutablePointer<Float>
  private var errors: [Float] = []

  /// - Parameter blockSize: how many factors are solved for at once, a multiple of 8; nil for all of them.
  init(_ equations: ImplicitEquations, blockSize: Int? = nil) {
    self.equations = equations
    let stride = equations.stride
    let size = max(8, min(stride, blockSize ?? stride))
    self.blockSize = size
    matrix = .allocate(capacity: size * size)
    gathered = .allocate(capacity: Self.chunk * size)
    target = .allocate(capacity: size)
    matrix.initialize(repeating: 0, count: size * size)
    gathered.initialize(repeating: 0, count: Self.chunk * size)
    target.initialize(repeating: 0, count: size)
  }

  deinit {
    matrix.deallocate()
    gathered.deallocate()
    target.deallocate()
  }

  /// One pass over blocks of factors, each solved exactly while the others rest (iALS++, Rendle et al. 2021). With a
  /// single block this is the exact solution.
  ///
  /// - Parameters:
  ///   - following: how many likes of later rows follow these.
  ///   - push: added to Σ_{j ∈ S} y_j, such as what disliked movies say.
  ///   - solution: `stride` factors, before and after; for a single block only after.
  /// - Complexity: O(likes x factors x block + factors x (factors + block²)).
  mutating func descend(
    _ liked: UnsafeBufferPointer<Int32>, following: Int = 0, push: UnsafePointer<Float>? = nil,
    solution: UnsafeMutablePointer<Float>
  ) {
    let stride = equations.stride
    if blockSize == stride {
      factorize(liked, following: following, push: push, sumsRows: true)
      SmallCholesky.solve(matrix, count: equations.factorCount, stride: stride, target)
      solution.update(from: target, count: stride)
      return
    }
    let ridge = equations.ridge(likes: liked.count)
    equations.others.withUnsafeBufferPointer { others in
      equations.gram.values.withUnsafeBufferPointer { gram in
        guard let others = others.baseAddress, let gram = gram.baseAddress else { return }
        errors.removeAll(keepingCapacity: true)
        for row in liked {
          errors.append(1 - FloatKernels.dot(others + Int(row) * stride, solution, count: stride))
        }
        for start in Swift.stride(from: 0, to: equations.factorCount, by: blockSize) {
          solveBlock(
            start, liked: liked, others: others, gram: gram, ridge: ridge, push: push, solution: solution)
        }
      }
    }
  }

  /// All factors at once: `matrix` becomes the factor of the row's matrix, and `target` `push` and, if `sumsRows`, Σ y_j.
  private func factorize(
    _ liked: UnsafeBufferPointer<Int32>, following: Int, push: UnsafePointer<Float>?, sumsRows: Bool
  ) {
    let stride = equations.stride
    let ridge = equations.ridge(likes: liked.count)
    equations.gram.values.withUnsafeBufferPointer { gram in
      matrix.update(from: gram.baseAddress.unsafelyUnwrapped, count: stride * stride)
    }
    for factor in 0..<stride { matrix[factor * stride + factor] += ridge }
    if let push { target.update(from: push, count: stride) } else { target.update(repeating: 0, count: stride) }
    equations.others.withUnsafeBufferPointer { others in
      var first = 0
      while first < liked.count {
        let end = min(liked.count, first + Self.chunk)
        let chosen = ChosenRows(
          of: others.baseAddress.unsafelyUnwrapped, stride: stride, liked.baseAddress.unsafelyUnwrapped + first,
          count: end - first, following: liked.count - end + following)
        chosen.gather(into: gathered)
        if sumsRows { FloatKernels.addRows(gathered, stride: stride, count: end - first, to: target) }
        FloatKernels.addGram(of: gathered, rows: end - first, stride: stride, to: matrix)
        first = end
      }
    }
    SmallCholesky.factorize(matrix, count: equations.factorCount, stride: stride)
  }

  private mutating func solveBlock(
    _ start: Int, liked: UnsafeBufferPointer<Int32>, others: UnsafePointer<Float>, gram: UnsafePointer<Float>,
    ridge: Float, push: UnsafePointer<Float>?, solution: UnsafeMutablePointer<Float>
  ) {
    let stride = equations.stride
    let width = min(blockSize, stride - start)
    let count = min(blockSize, equations.factorCount - start)
    for row in 0..<width {
      let source = gram + (start + row) * stride
      (matrix + row * width).update(from: source + start, count: width)
      matrix[row * width + row] += ridge
      target[row] =
        (push?[start + row] ?? 0) - ridge * solution[start + row]
        - FloatKernels.dot(source, solution, count: stride)
    }
    var first = 0
    while first < liked.count {
      let end = min(liked.count, first + Self.chunk)
      for index in first..<end {
        let row = gathered + (index - first) * width
        row.update(from: others + Int(liked[index]) * stride + start, count: width)
        FloatKernels.add(errors[index], times: row, to: target, count: width)
      }
      FloatKernels.addGram(of: gathered, rows: end - first, stride: width, to: matrix)
      first = end
    }
    SmallCholesky.factorize(matrix, count: count, stride: width)
    SmallCholesky.solve(matrix, count: count, stride: width, target)
    for factor in 0..<count { solution[start + factor] += target[factor] }
    guard start + width < stride else { return }
    for index in liked.indices {
      errors[index] -= FloatKernels.dot(others + Int(liked[index]) * stride + start, target, count: count)
    }
  }

  /// A⁻¹ v for the matrix A of a row with these likes and each v of `vectors`, which are `stride` long.
  ///
  /// - Complexity: O(likes x factors² + factors³ + vectors x factors²).
  mutating func inverse(_ liked: UnsafeBufferPointer<Int32>, times vectors: [[Float]]) -> [[Float]] {
    precondition(blockSize == equations.stride, "the inverse needs all factors at once")
    factorize(liked, following: 0, push: nil, sumsRows: false)
    let (count, stride) = (equations.factorCount, equations.stride)
    return withUnsafeTemporaryAllocation(of: Float.self, capacity: 8 * count) { columns in
      guard let columns = columns.baseAddress else { return vectors }
      var solutions = [[Float]](repeating: [Float](repeating: 0, count: stride), count: vectors.count)
      for first in Swift.stride(from: 0, to: vectors.count, by: 8) {
        columns.initialize(repeating: 0, count: 8 * count)
        let group = first..<min(first + 8, vectors.count)
        for vector in group {
          for factor in 0..<count { columns[factor * 8 + vector - first] = vectors[vector][factor] }
        }
        SmallCholesky.solveEight(matrix, count: count, stride: stride, columns)
        for vector in group {
          for factor in 0..<count { solutions[vector][factor] = columns[factor * 8 + vector - first] }
        }
      }
      return solutions
    }
  }
}

extension Matrix {
  /// One pass of `ImplicitRowSolver` for every row with likes; rows without any become 0.
  mutating func solve(_ likes: SparseRows, with equations: ImplicitEquations, blockSize: Int?, threads: ThreadCount) {
    let stride = columns
    values.withUnsafeMutableBufferPointer { values in
      let values = SharedMutableBuffer(values)
      likes.columns.withUnsafeBufferPointer { columns in
        let columns = SharedMutableBuffer(UnsafeMutableBufferPointer(mutating: columns))
        threads.forEachBlock(of: likes.rowCount, blockSize: 32) { rows in
          var solver = ImplicitRowSolver(equations, blockSize: blockSize)
          for row in rows {
            let target = values.part(row * stride..<(row + 1) * stride)
            let liked = UnsafeBufferPointer(columns.part(likes.range(ofRow: row)))
            guard !liked.isEmpty, let solution = target.baseAddress else {
              target.update(repeating: 0)
              continue
            }
            solver.descend(
              liked, following: likes.entryCount - likes.range(ofRow: row).upperBound, solution: solution)
          }
        }
      }
    }
  }
}

extension StoredMatrix {
  /// scale · A'A, both triangles.
  func gram(scale: Float) -> Matrix {
    var gram = Matrix(rows: columns, columns: columns)
    withUnsafeBufferPointer { source in
      gram.values.withUnsafeMutableBufferPointer { target in
        guard let source = source.baseAddress, let target = target.baseAddress else { return }
        BLAS.gram(
          of: source, rows: rows, columns: columns, stride: columns, into: target, stride: columns, alpha: scale)
      }
    }
    for row in 0..<columns {
      for column in 0..<row { gram[row, column] = gram[column, row] }
    }
    return gram
  }
}
