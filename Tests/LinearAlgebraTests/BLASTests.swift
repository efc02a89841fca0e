import LinearAlgebra
import Testing

@Suite struct BLASTests {
  @Test(arguments: [false, true], [false, true])
  func `products of matrices and transposes agree with sums`(transposedA: Bool, transposedB: Bool) {
    let (rows, columns, depth) = (5, 7, 3)
    let a = randomFloats(rows * depth, seed: 1)
    let b = randomFloats(depth * columns, seed: 2)
    var c = [Float](repeating: 1, count: rows * columns)
    BLAS.multiply(
      BLAS.Operand(a, stride: transposedA ? rows : depth, transposed: transposedA),
      by: BLAS.Operand(b, stride: transposedB ? depth : columns, transposed: transposedB), into: &c, stride: columns,
      rows: rows, columns: columns, depth: depth, alpha: 2, beta: 3)
    for row in 0..<rows {
      for column in 0..<columns {
        var expected = 3.0
        for k in 0..<depth {
          let left = transposedA ? a[k * rows + row] : a[row * depth + k]
          let right = transposedB ? b[column * depth + k] : b[k * columns + column]
          expected += 2 * Double(left) * Double(right)
        }
        #expect(abs(Double(c[row * columns + column]) - expected) < 1e-5)
      }
    }
  }

  @Test func `a gram matrix holds all products of columns`() {
    let (rows, columns) = (9, 6)
    let a = randomFloats(rows * columns, seed: 3)
    var c = [Float](repeating: 0, count: columns * columns)
    BLAS.gram(of: a, rows: rows, columns: columns, stride: columns, into: &c, stride: columns, alpha: 0.5)
    for i in 0..<columns {
      for j in i..<columns {
        let expected = (0..<rows).reduce(0.0) { $0 + 0.5 * Double(a[$1 * columns + i]) * Double(a[$1 * columns + j]) }
        #expect(abs(Double(c[i * columns + j]) - expected) < 1e-5)
      }
    }
  }

  @Test(arguments: [false, true], [false, true])
  func `without the library, products are the same but for their last bits`(transposedA: Bool, transposedB: Bool) {
    let (rows, columns, depth) = (13, 7, 40)
    let a = randomFloats(rows * depth, seed: 4)
    let b = randomFloats(depth * columns, seed: 5)
    for (alpha, beta) in [(1, 0), (0.5, 2)] as [(Float, Float)] {
      // What was there counts for nothing where beta is 0.
      var plain = [Float](repeating: beta == 0 ? .nan : 1, count: rows * columns)
      var other = plain
      let left = BLAS.Operand(a, stride: transposedA ? rows : depth, transposed: transposedA)
      let right = BLAS.Operand(b, stride: transposedB ? depth : columns, transposed: transposedB)
      PlainProducts.multiply(
        left, by: right, into: &plain, stride: columns, rows: rows, columns: columns, depth: depth, alpha: alpha,
        beta: beta)
      BLAS.multiply(
        left, by: right, into: &other, stride: columns, rows: rows, columns: columns, depth: depth, alpha: alpha,
        beta: beta)
      #expect(zip(plain, other).allSatisfy { abs($0 - $1) < 1e-4 })
    }
    var plain = [Float](repeating: 1, count: depth * depth)
    var other = plain
    PlainProducts.gram(
      of: a, rows: rows, columns: depth, stride: depth, into: &plain, stride: depth, alpha: 0.5, beta: 2)
    BLAS.gram(of: a, rows: rows, columns: depth, stride: depth, into: &other, stride: depth, alpha: 0.5, beta: 2)
    #expect(zip(plain, other).allSatisfy { abs($0 - $1) < 1e-4 })
    // Below the diagonal stays what was there.
    #expect(plain[depth] == 1 && other[depth] == 1)
  }

  @Test func `products without rows or columns touch nothing`() {
    var c: [Float] = [4]
    let a: [Float] = [1]
    BLAS.multiply(
      BLAS.Operand(a, stride: 1), by: BLAS.Operand(a, stride: 1), into: &c, stride: 1, rows: 0, columns: 1, depth: 1)
    #expect(c == [4])
  }
}
