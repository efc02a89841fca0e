/// Cholesky factorization and solves of a few dozen equations in doubles and in one order: `scripts/taste.js` does the same
/// sums and gets the same bits.
enum SmallSystem {
  /// Overwrites a symmetric positive definite matrix, row by row, by L with L L' = A.
  ///
  /// - Complexity: O(count³ / 3).
  static func factorize(_ matrix: inout [Double], count: Int) {
    for j in 0..<count {
      for k in 0..<j { matrix[j * count + j] -= matrix[j * count + k] * matrix[j * count + k] }
      matrix[j * count + j] = max(matrix[j * count + j], 1e-12).squareRoot()
      for i in j + 1..<max(count, j + 1) {
        for k in 0..<j { matrix[i * count + j] -= matrix[i * count + k] * matrix[j * count + k] }
        matrix[i * count + j] /= matrix[j * count + j]
      }
    }
  }

  /// Overwrites b by the solution of L L' x = b. Complexity: O(count²).
  static func solve(_ lower: [Double], _ b: inout [Double]) {
    let count = b.count
    for i in 0..<count {
      var value = b[i]
      for k in 0..<i { value -= lower[i * count + k] * b[k] }
      b[i] = value / lower[i * count + i]
    }
    for i in (0..<count).reversed() {
      var value = b[i]
      for k in i + 1..<max(count, i + 1) { value -= lower[k * count + i] * b[k] }
      b[i] = value / lower[i * count + i]
    }
  }
}
