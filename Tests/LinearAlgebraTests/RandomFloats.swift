import Ratings

/// Reproducible numbers in -1..<1.
func randomFloats(_ count: Int, seed: UInt64) -> [Float] {
  var random = CounterRandom(seed: seed)
  return (0..<count).map { _ in Float(2 * random.uniform() - 1) }
}

/// A'A + `ridge` I for a random A of `rows` x `count`, in double precision.
func randomGram(count: Int, rows: Int, ridge: Double, seed: UInt64) -> [Double] {
  let a = randomFloats(rows * count, seed: seed).map { Double($0) }
  var gram = [Double](repeating: 0, count: count * count)
  for row in 0..<rows {
    for i in 0..<count {
      for j in 0..<count { gram[i * count + j] += a[row * count + i] * a[row * count + j] }
    }
  }
  for i in 0..<count { gram[i * count + i] += ridge }
  return gram
}
