import LinearAlgebra
public import Ratings

extension SlopeOneModel {
  /// - Complexity: O(Σ over users of ratings²) time, O(movies x neighbours) memory besides the ratings.
  public static func fit(_ training: TrainingSet, settings: ModelSettings, context: FitContext) -> SlopeOneModel {
    let baseline = Baseline(fitting: training, settings: settings, threads: context.threads)
    let byUser = baseline.residuals(of: training.byUser, threads: context.threads)
    let byMovie = byUser.transposed()
    let squares = byUser.values.reduce(0.0) { $0 + Double($1 * $1) }
    // Of the difference of two unrelated movies; what a perfect baseline leaves are rounding errors.
    let variance = max(1e-6, 2 * Float(squares / Double(max(1, byUser.entryCount))))
    let weighing = Weighing(
      steadiness: Float(settings["steadiness"]), variance: variance,
      varianceDamping: Float(settings["variance-damping"]), differenceDamping: Float(settings["difference-damping"]))
    let kept = Int(settings["neighbours"])
    let rows = PairSearch(rows: byMovie, columns: byUser).map(threads: context.threads) { _, pairs in
      var best = TopK(min(kept, pairs.count))
      var similar = TopK(min(100, pairs.count))
      for (index, (other, sums)) in pairs.enumerated() {
        best.offer(Int32(index), weighing.weight(of: sums))
        let similarity = weighing.similarity(of: sums)
        if similarity > 0 { similar.offer(other, similarity) }
      }
      let entries = best.take().sorted { $0.index < $1.index }
      return DifferenceRow(
        others: entries.map { pairs[Int($0.index)].other }, weights: entries.map(\.score),
        means: entries.map { weighing.mean(of: pairs[Int($0.index)].sums) }, similar: similar.take())
    }
    return SlopeOneModel(
      baseline: baseline, scale: training.scale, weightDamping: Float(settings["weight-damping"]),
      differences: MovieDifferences(rows))
  }
}

/// What is kept of one movie *i* and others.
struct DifferenceRow: Sendable {
  let others: [Int32]
  /// w_ij.
  let weights: [Float]
  /// d_ij.
  let means: [Float]
  let similar: [TopK.Entry]
}

private struct Weighing {
  let steadiness: Float
  /// v̄.
  let variance: Float
  let varianceDamping: Float
  let differenceDamping: Float

  func mean(of sums: PairSums) -> Float { sums.difference / (sums.count + differenceDamping) }

  private func variance(of sums: PairSums) -> Float {
    let spread = max(0, sums.squaredDifference - sums.difference * sums.difference / sums.count)
    return (spread + varianceDamping * variance) / (sums.count + varianceDamping)
  }

  func weight(of sums: PairSums) -> Float {
    let ratio = variance / variance(of: sums)
    return sums.count * power(ratio, steadiness)
  }

  func similarity(of sums: PairSums) -> Float {
    let x = sums.squaresX - sums.sumX * sums.sumX / sums.count
    let y = sums.squaresY - sums.sumY * sums.sumY / sums.count
    let spread = max(0, sums.squaredDifference - sums.difference * sums.difference / sums.count)
    guard x + y > 1e-6 * sums.count else { return 0 }
    return (1 - spread / (x + y)) * sums.count / (sums.count + 25)
  }

  /// x^exponent for whole and half exponents by products and roots, exact on every processor; between them, linear.
  private func power(_ x: Float, _ exponent: Float) -> Float {
    let halves = Int(exponent * 2)
    let root = x.squareRoot()
    var below: Float = 1
    for _ in 0..<halves { below *= root }
    let rest = exponent * 2 - Float(halves)
    return below + rest * (below * root - below)
  }
}
