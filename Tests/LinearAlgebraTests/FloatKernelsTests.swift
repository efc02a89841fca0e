import LinearAlgebra
import Testing

@Suite struct FloatKernelsTests {
  @Test(arguments: Array(0...40) + [1000])
  func `dot agrees with double precision`(count: Int) {
    let x = randomFloats(count, seed: 1)
    let y = randomFloats(count, seed: 2)
    let expected = zip(x, y).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
    let product = FloatKernels.dot(x, y, count: count)
    #expect(abs(Double(product) - expected) <= 1e-6 * Double(max(1, count)))
  }

  @Test(arguments: Array(0...40))
  func `adding touches its numbers and no others`(count: Int) {
    let x = randomFloats(count + 9, seed: 3)
    let start = randomFloats(count + 9, seed: 4)
    var scaled = start
    FloatKernels.add(0.5, times: x, to: &scaled, count: count)
    var plain = start
    FloatKernels.add(x, to: &plain, count: count)
    for index in start.indices {
      #expect(scaled[index] == (index < count ? start[index] + 0.5 * x[index] : start[index]))
      #expect(plain[index] == (index < count ? start[index] + x[index] : start[index]))
    }
  }

  @Test(arguments: [8, 16, 24, 64], [0, 1, 2, 130])
  func `the gram kernel agrees with double precision`(stride: Int, rows: Int) {
    let a = randomFloats(rows * stride, seed: 5)
    let start = randomFloats(stride * stride, seed: 6)
    var gram = start
    FloatKernels.addGram(of: a, rows: rows, stride: stride, to: &gram)
    for i in 0..<stride {
      for j in i..<stride {
        var expected = Double(start[i * stride + j])
        for row in 0..<rows { expected += Double(a[row * stride + i]) * Double(a[row * stride + j]) }
        #expect(abs(Double(gram[i * stride + j]) - expected) <= 1e-5 * Double(rows + 1))
      }
    }
  }
}
