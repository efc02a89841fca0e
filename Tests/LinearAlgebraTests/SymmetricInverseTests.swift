import LinearAlgebra
import Testing

@Suite struct SymmetricInverseTests {
  /// Sizes around the width of a panel, and odd ones.
  @Test(arguments: [1, 2, 5, 127, 128, 129, 255, 256, 301])
  func `matrix times inverse is the identity`(count: Int) {
    let gram = randomGram(count: count, rows: 40, ridge: 3, seed: UInt64(count))
    var matrix = gram.map { Float($0) }
    // Only the upper triangle counts.
    for i in 0..<count { for j in 0..<i { matrix[i * count + j] = 77 } }
    SymmetricInverse.invert(&matrix, count: count, threads: ThreadCount(2))
    for i in stride(from: 0, to: count, by: 7) {
      for j in 0..<count {
        let product = (0..<count).reduce(0.0) { $0 + gram[i * count + $1] * Double(matrix[$1 * count + j]) }
        #expect(abs(product - (i == j ? 1 : 0)) < 2e-4)
        #expect(matrix[i * count + j] == matrix[j * count + i])
      }
    }
  }

  @Test func `one thread and two give the same bits`() {
    let count = 400
    let gram = randomGram(count: count, rows: 30, ridge: 2, seed: 8).map { Float($0) }
    let results = [1, 2, 3].map { threads in
      var matrix = gram
      SymmetricInverse.invert(&matrix, count: count, threads: ThreadCount(threads))
      return matrix
    }
    #expect(results[0] == results[1])
    #expect(results[0] == results[2])
  }
}
