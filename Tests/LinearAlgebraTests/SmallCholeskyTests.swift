import LinearAlgebra
import Testing

@Suite struct SmallCholeskyTests {
  @Test(arguments: [1, 2, 3, 7, 8, 9, 15, 16, 17, 23, 24, 25, 31, 33, 64, 100])
  func `a solution satisfies its equations`(count: Int) {
    let stride = (count + 7) & ~7
    let gram = randomGram(count: count, rows: count + 5, ridge: 1, seed: UInt64(count))
    // What stands left of the diagonal and in the padding must not matter.
    var matrix = randomFloats(count * stride, seed: 9)
    for i in 0..<count {
      for j in i..<count { matrix[i * stride + j] = Float(gram[i * count + j]) }
    }
    let target = randomFloats(count, seed: 10)
    var x = target
    SmallCholesky.factorize(&matrix, count: count, stride: stride)
    SmallCholesky.solve(matrix, count: count, stride: stride, &x)
    for i in 0..<count {
      let product = (0..<count).reduce(0.0) { $0 + gram[i * count + $1] * Double(x[$1]) }
      #expect(abs(product - Double(target[i])) < 1e-4)
    }
  }

  @Test(arguments: [1, 2, 7, 8, 9, 24, 63, 64])
  func `eight at once are each what one alone is`(count: Int) {
    let stride = (count + 7) & ~7
    let gram = randomGram(count: count, rows: count + 5, ridge: 1, seed: UInt64(count))
    var matrix = randomFloats(count * stride, seed: 9)
    for i in 0..<count {
      for j in i..<count { matrix[i * stride + j] = Float(gram[i * count + j]) }
    }
    SmallCholesky.factorize(&matrix, count: count, stride: stride)
    let targets = randomFloats(count * 8, seed: 11)
    var together = targets
    SmallCholesky.solveEight(matrix, count: count, stride: stride, &together)
    for lane in 0..<8 {
      var alone = (0..<count).map { targets[$0 * 8 + lane] }
      SmallCholesky.solve(matrix, count: count, stride: stride, &alone)
      #expect((0..<count).allSatisfy { abs(together[$0 * 8 + lane] - alone[$0]) < 1e-4 })
    }
  }

  @Test func `a singular matrix gives finite numbers`() {
    for fill: Float in [0, 1, .leastNonzeroMagnitude, 1e-30, 1e30] {
      var matrix = [Float](repeating: fill, count: 8 * 8)
      var x = [Float](repeating: 1, count: 8)
      SmallCholesky.factorize(&matrix, count: 5, stride: 8)
      SmallCholesky.solve(matrix, count: 5, stride: 8, &x)
      #expect(x.prefix(5).allSatisfy { $0.isFinite })
    }
  }
}
