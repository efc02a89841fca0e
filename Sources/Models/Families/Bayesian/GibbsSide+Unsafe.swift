// Unsafe: gathers rows into scratch memory and samples in place, each row by one thread.

import LinearAlgebra
package import Ratings

extension GibbsSide {
  /// Draws all rows that have ratings, given the other side: x_r ~ N(A⁻¹ (α Z'(y − b) + Λ m_r), A⁻¹) with
  /// A = α Z'Z + Λ for the rows Z = (factors, 1) and biases b of the other side.
  ///
  /// - Parameters:
  ///   - targets: the ratings y in the order by users.
  ///   - noise: α, the precision of a rating.
  /// - Complexity: O(ratings x factors² + rows x factors³).
  func sample(
    given other: GibbsSide, targets: WorkMemory<Float>, noise: Float, seed: UInt64, stream: UInt64,
    threads: ThreadCount
  ) {
    let present = prior.present
    threads.forEachBlock(of: present.count, blockSize: 32) { block in
      var sampler = RowSampler(factorCount: factorCount)
      for index in block {
        let row = Int(present[index])
        var random = CounterRandom(seed: seed, stream: stream, substream: UInt64(row))
        sampler.begin()
        let range = offsets[row]..<offsets[row + 1]
        others.withUnsafeBufferPointer { others in
          positions.withUnsafeBufferPointer { positions in
            for entry in range {
              sampler.add(
                other.rows.base + Int(others[entry]) * stride, target: targets.base[Int(positions[entry])])
            }
          }
        }
        let mean = prior.means.base + row * stride
        sampler.draw(noise: noise, mean: mean, precision: prior.precision.base, &random)
        let place = rows.base + row * stride
        place.update(from: sampler.solution, count: factorCount)
        place[biasPlace] = sampler.solution[factorCount]
        let deviation = prior.deviations.base + row * stride
        for unknown in 0...factorCount { deviation[unknown] = sampler.solution[unknown] - mean[unknown] }
      }
    }
  }

  /// Draws the rows that have no ratings from their prior.
  ///
  /// - Parameters:
  ///   - stream: of the noise.
  ///   - sign: of the noise, 1 or −1.
  func sampleAbsent(seed: UInt64, stream: UInt64, sign: Float) {
    prior.updateAbsentMeans()
    for row in prior.absent {
      let row = Int(row)
      var random = CounterRandom(seed: seed, stream: stream, substream: UInt64(row))
      prior.draw(around: prior.means.base + row * stride, into: rows.base + row * stride, sign: sign, &random)
    }
  }
}

extension RowPrior {
  /// A row drawn from N(`mean`, Λ⁻¹), laid out like the rows of its side.
  func draw(
    around mean: UnsafePointer<Float>, into row: UnsafeMutablePointer<Float>, sign: Float,
    _ random: inout CounterRandom
  ) {
    NormalMath.fill(row, count: stride, &random)
    for unknown in 0..<unknownCount {
      row[unknown] = mean[unknown] + sign * row[unknown] / precision[unknown].squareRoot()
    }
    row[unknownCount] = row[unknownCount - 1]
    row[unknownCount - 1] = 1
  }
}

/// Draws one row after another from its normal conditional distribution, in scratch memory of its own.
package struct RowSampler: ~Copyable {
  /// Rows gathered before each product: few enough to stay in the first-level cache.
  private static let chunk = 64

  private let factorCount: Int
  private let stride: Int
  private let scratch: UnsafeMutablePointer<Float>
  private let gathered: UnsafeMutablePointer<Float>
  private let data: UnsafeMutablePointer<Float>
  private let matrix: UnsafeMutablePointer<Float>
  private let noiseDraws: UnsafeMutablePointer<Float>
  /// 1 / √(the prior's precision) of each unknown, then zeros.
  private let deviations: UnsafeMutablePointer<Float>
  /// What the few ratings of `drawFromFew` ask for.
  private let errors: UnsafeMutablePointer<Float>
  private var pending = 0
  private var isFlushed = false
  /// The draw: factors and bias.
  package let solution: UnsafeMutablePointer<Float>

  package init(factorCount: Int) {
    self.factorCount = factorCount
    stride = FactorRows.stride(factorCount: factorCount)
    let count = Self.chunk * stride + 2 * stride * stride + 3 * stride + Self.chunk
    scratch = .allocate(capacity: count)
    scratch.initialize(repeating: 0, count: count)
    gathered = scratch
    data = gathered + Self.chunk * stride
    matrix = data + stride * stride
    noiseDraws = matrix + stride * stride
    solution = noiseDraws + stride
    deviations = solution + stride
    errors = deviations + stride
  }

  deinit { scratch.deallocate() }

  /// Forgets all ratings.
  package mutating func begin() {
    pending = 0
    isFlushed = false
  }

  /// Adds a rating `target` of the row of the other side at `row`.
  @inline(__always)
  package mutating func add(_ row: UnsafePointer<Float>, target: Float) {
    let place = gathered + pending * stride
    place.update(from: row, count: stride)
    place[factorCount + 1] = target - row[factorCount + 1]
    pending += 1
    if pending == Self.chunk { flush() }
  }

  private mutating func flush() {
    if !isFlushed { data.update(repeating: 0, count: stride * stride) }
    isFlushed = true
    FloatKernels.addGram(of: gathered, rows: pending, stride: stride, to: data)
    pending = 0
  }

  /// Draws the row, given the ratings and its prior N(mean, diag(precision)⁻¹).
  ///
  /// - Parameter sign: of the noise, 1 or −1.
  package mutating func draw(
    noise: Float, mean: UnsafePointer<Float>, precision: UnsafePointer<Float>, sign: Float = 1,
    _ random: inout CounterRandom
  ) {
    let count = factorCount + 1
    if !isFlushed, 2 * pending <= count {
      drawFromFew(noise: noise, mean: mean, precision: precision, sign: sign, &random)
      return
    }
    flush()
    for place in 0..<count * stride { matrix[place] = noise * data[place] }
    for unknown in 0..<count {
      solution[unknown] = matrix[unknown * stride + count] + precision[unknown] * mean[unknown]
      matrix[unknown * stride + unknown] += precision[unknown]
    }
    SmallCholesky.factorize(matrix, count: count, stride: stride)
    NormalMath.fill(noiseDraws, count: stride, &random)
    // U'w = right-hand side, then U x = w + ε.
    for index in 0..<count {
      let row = matrix + index * stride
      solution[index] /= row[index]
      let next = index + 1
      FloatKernels.add(-solution[index], times: row + next, to: solution + next, count: count - next)
    }
    for index in (0..<count).reversed() {
      let row = matrix + index * stride
      let next = index + 1
      solution[index] =
        (solution[index] + sign * noiseDraws[index] - FloatKernels.dot(row + next, solution + next, count: count - next))
        / row[index]
    }
  }

  /// `draw` where there are fewer ratings than unknowns, in the space of the ratings (Bhattacharya, Chakraborty, Mallick
  /// 2016): with x₀ a draw from the prior and δ one of the ratings' noise, the draw is
  ///
  ///     x₀ + Λ⁻¹ Z' (Z Λ⁻¹ Z' + α⁻¹ I)⁻¹ (y − b − Z x₀ − δ)
  ///
  /// - Complexity: O(ratings² x factors).
  private mutating func drawFromFew(
    noise: Float, mean: UnsafePointer<Float>, precision: UnsafePointer<Float>, sign: Float,
    _ random: inout CounterRandom
  ) {
    let count = factorCount + 1
    NormalMath.fill(noiseDraws, count: stride, &random)
    deviations.update(repeating: 0, count: stride)
    solution.update(repeating: 0, count: stride)
    for unknown in 0..<count {
      deviations[unknown] = 1 / precision[unknown].squareRoot()
      solution[unknown] = mean[unknown] + sign * noiseDraws[unknown] * deviations[unknown]
    }
    guard pending > 0 else { return }
    let width = (pending + 7) & ~7
    let noiseDeviation = 1 / noise.squareRoot()
    NormalMath.fill(errors, count: width, &random)
    for index in 0..<pending {
      let row = gathered + index * stride
      let target = row[count]
      row[count] = 0
      errors[index] = target - FloatKernels.dot(row, solution, count: stride) - sign * noiseDeviation * errors[index]
      FloatKernels.multiply(row, by: deviations, count: stride)
    }
    for index in 0..<pending {
      let row = gathered + index * stride
      let place = matrix + index * width
      for other in index..<pending {
        place[other] = FloatKernels.dot(row, gathered + other * stride, count: stride)
      }
      place[index] += noiseDeviation * noiseDeviation
    }
    SmallCholesky.factorize(matrix, count: pending, stride: width)
    SmallCholesky.solve(matrix, count: pending, stride: width, errors)
    // In units of the prior's deviations.
    noiseDraws.update(repeating: 0, count: stride)
    for index in 0..<pending {
      FloatKernels.add(errors[index], times: gathered + index * stride, to: noiseDraws, count: stride)
    }
    for unknown in 0..<count { solution[unknown] += deviations[unknown] * noiseDraws[unknown] }
  }
}
