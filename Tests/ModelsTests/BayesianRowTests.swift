import Models
import Ratings
import Testing

/// A row with few ratings is drawn in the space of its ratings, one with many in that of the factors.
@Suite struct BayesianRowTests {
  private static let factorCount = 5
  private static let noise: Float = 1.7
  private static let mean: [Float] = [0.3, -0.2, 0.1, 0.5, -0.4, 0.2]
  private static let precision: [Float] = [2, 5, 1, 3, 8, 4]
  private static let targets: [Float] = [1.2, -0.7, 0.4, 2]

  /// Factors, a one, the other side's bias, and what fills the lanes.
  private static let rows: [[Float]] = [
    [0.5, -1, 0.3, 0.8, 0.1, 1, 0.2, 0], [-0.6, 0.4, 1.1, -0.2, 0.9, 1, -0.3, 0],
    [0.2, 0.7, -0.5, 0.3, -1.2, 1, 0.1, 0], [1.1, 0.1, 0.6, -0.9, 0.4, 1, 0.4, 0],
  ]

  /// Mean and covariance of the conditional distribution, by elimination.
  private static func expected(count: Int) -> (mean: [Double], covariance: [[Double]]) {
    let size = factorCount + 1
    var system = (0..<size).map { row in
      (0..<2 * size + 1).map { $0 == row || $0 == size + row ? ($0 == row ? Double(precision[row]) : 1.0) : 0.0 }
    }
    for row in 0..<size { system[row][2 * size] = Double(precision[row] * mean[row]) }
    for (z, target) in zip(rows, targets).prefix(count) {
      for row in 0..<size {
        for column in 0..<size { system[row][column] += Double(noise * z[row] * z[column]) }
        system[row][2 * size] += Double(noise * z[row] * (target - z[size]))
      }
    }
    for pivot in 0..<size {
      let factor = system[pivot][pivot]
      system[pivot] = system[pivot].map { $0 / factor }
      for row in 0..<size where row != pivot {
        let multiple = system[row][pivot]
        system[row] = zip(system[row], system[pivot]).map { $0 - multiple * $1 }
      }
    }
    return (system.map { $0[2 * size] }, system.map { Array($0[size..<2 * size]) })
  }

  @Test(arguments: 0...4) func `draws have the mean and the covariance of their distribution`(count: Int) {
    let size = Self.factorCount + 1
    let rounds = 60_000
    let expected = Self.expected(count: count)
    var sampler = RowSampler(factorCount: Self.factorCount)
    var random = CounterRandom(seed: 9)
    var sums = [Double](repeating: 0, count: size)
    var products = [[Double]](repeating: sums, count: size)
    for _ in 0..<rounds {
      sampler.begin()
      for (row, target) in zip(Self.rows, Self.targets).prefix(count) { sampler.add(row, target: target) }
      sampler.draw(noise: Self.noise, mean: Self.mean, precision: Self.precision, &random)
      let draw = (0..<size).map { Double(sampler.solution[$0]) - expected.mean[$0] }
      for row in 0..<size {
        sums[row] += draw[row]
        for column in 0..<size { products[row][column] += draw[row] * draw[column] }
      }
    }
    for row in 0..<size {
      #expect(abs(sums[row] / Double(rounds)) < 0.015, "mean of \(row)")
      for column in 0..<size {
        let covariance = products[row][column] / Double(rounds)
        #expect(abs(covariance - expected.covariance[row][column]) < 0.02, "covariance of \(row) and \(column)")
      }
    }
  }
}
