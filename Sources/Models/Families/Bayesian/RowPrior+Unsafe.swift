// Unsafe: sweeps over rows of floats behind pointers.

import LinearAlgebra
import Ratings

extension RowPrior {
  private typealias Lanes = SIMD8<Float>

  /// Shape and rate of the gamma priors of all precisions.
  private static var shape: Double { 0.5 }
  private static var rate: Double { 0.05 }

  private static var drawnAtOnce: Int { 256 }

  /// How many independent parts `sweep` has: eight unknowns each.
  var partCount: Int { stride / 8 }

  /// Draws μ, t, λ and Λ of eight unknowns, given the rows: `deviations` in, `deviations` and `means` out.
  ///
  /// - Complexity: O(entries of the features).
  func sweep(part: Int, seed: UInt64, stream: UInt64) {
    var random = CounterRandom(seed: seed, stream: stream, substream: UInt64(part))
    // The rows themselves, until `means` is what `deviations` leaves of them.
    for row in present {
      store(lanes(means, Int(row), part) + lanes(deviations, Int(row), part), means, Int(row), part)
    }
    drawMean(part, &random)
    for (number, group) in features.groups.enumerated() { drawCoefficients(of: group, number, part, &random) }
    drawPrecision(part, &random)
    for row in present {
      store(lanes(means, Int(row), part) - lanes(deviations, Int(row), part), means, Int(row), part)
    }
  }

  @inline(__always)
  private func lanes(_ memory: WorkMemory<Float>, _ row: Int, _ part: Int) -> Lanes {
    UnsafeRawPointer(memory.base + row * stride + 8 * part).loadUnaligned(as: Lanes.self)
  }

  @inline(__always)
  private func lanes(_ memory: WorkMemory<Float>, _ row: Int, stride: Int) -> Lanes {
    UnsafeRawPointer(memory.base + row * stride).loadUnaligned(as: Lanes.self)
  }

  @inline(__always)
  private func store(_ value: Lanes, _ memory: WorkMemory<Float>, _ row: Int, _ part: Int) {
    UnsafeMutableRawPointer(memory.base + row * stride + 8 * part).storeBytes(of: value, as: Lanes.self)
  }

  private func drawMean(_ part: Int, _ random: inout CounterRandom) {
    var sum = Lanes.zero
    for row in present { sum += lanes(deviations, Int(row), part) }
    let old = lanes(mean, 0, part)
    // The mean's own prior is worth one row at 0.
    let weight = Float(present.count) + 1
    let center = (sum + Float(present.count) * old) / weight
    let new = center + NormalMath.normals(&random) / (lanes(precision, 0, part) * weight).squareRoot()
    store(new, mean, 0, part)
    let change = new - old
    for row in present { store(lanes(deviations, Int(row), part) - change, deviations, Int(row), part) }
  }

  private func drawCoefficients(
    of group: FeatureColumns.Group, _ number: Int, _ part: Int, _ random: inout CounterRandom
  ) {
    let rowPrecision = lanes(precision, 0, part)
    let ridge = lanes(groupPrecisions, number, part)
    var total = Lanes.zero
    let deviations = deviations.base + 8 * part
    // Some hundred columns' noise at a time.
    let draws = WorkMemory<Float>(8 * min(group.columns.count, Self.drawnAtOnce), filledWith: 0)
    features.rows.withUnsafeBufferPointer { rows in
      features.values.withUnsafeBufferPointer { values in
        for column in group.columns {
          let place = (column - group.columns.lowerBound) % Self.drawnAtOnce
          if place == 0 {
            NormalMath.fill(
              draws.base, count: 8 * min(group.columns.upperBound - column, Self.drawnAtOnce), &random)
          }
          let start = features.offsets[column]
          let count = features.offsets[column + 1] - start
          let columnRows = rows.baseAddress.unsafelyUnwrapped + start
          let columnValues = values.baseAddress.unsafelyUnwrapped + start
          let old = lanes(coefficients, column, part)
          let sum = FloatKernels.sum(
            rows: columnRows, values: columnValues, count: count, of: deviations, stride: stride)
          let variance = 1 / (rowPrecision * squares[column] + ridge)
          let center = rowPrecision * (sum + squares[column] * old) * variance
          let new = center + lanes(draws, place, stride: 8) * variance.squareRoot()
          store(new, coefficients, column, part)
          total += new * new
          FloatKernels.add(
            old - new, toRows: columnRows, values: columnValues, count: count, of: deviations, stride: stride)
        }
      }
    }
    store(drawPrecisions(sums: total, count: group.columns.count, &random), groupPrecisions, number, part)
  }

  private func drawPrecision(_ part: Int, _ random: inout CounterRandom) {
    var sum = Lanes.zero
    for row in present {
      let deviation = lanes(deviations, Int(row), part)
      sum += deviation * deviation
    }
    store(drawPrecisions(sums: sum, count: present.count, &random), precision, 0, part)
  }

  private func drawPrecisions(sums: Lanes, count: Int, _ random: inout CounterRandom) -> Lanes {
    var result = Lanes.zero
    for lane in 0..<8 {
      let draw = random.gamma(shape: Self.shape + Double(count) / 2, rate: Self.rate + Double(sums[lane]) / 2)
      result[lane] = Float(min(1e6, max(1e-3, draw)))
    }
    return result
  }

  /// The mean over the rows that have ratings: what to expect of a row of which nothing is known. μ itself
  /// would be the row of someone who rates nothing, further from all others than they are from each other.
  var averageMean: [Float] {
    guard !present.isEmpty else { return mean.array }
    return (0..<stride).map { place in
      Float(
        present.reduce(0.0) {
          $0 + Double(means[Int($1) * stride + place] + deviations[Int($1) * stride + place])
        } / Double(present.count))
    }
  }

  /// μ + Σ f t of the rows without ratings, whose deviations are 0.
  func updateAbsentMeans() {
    for part in 0..<partCount {
      let mean = lanes(mean, 0, part)
      for row in absent { store(mean, means, Int(row), part) }
      for column in 0..<absentFeatures.columnCount {
        let coefficient = lanes(coefficients, column, part)
        for entry in absentFeatures.offsets[column]..<absentFeatures.offsets[column + 1] {
          let row = Int(absentFeatures.rows[entry])
          store(lanes(means, row, part) + absentFeatures.values[entry] * coefficient, means, row, part)
        }
      }
    }
  }
}
