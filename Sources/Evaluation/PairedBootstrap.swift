public import LinearAlgebra
import Models
import Ratings

/// How one model's figure differs from another's, and how sure that is.
public struct PairedComparison: Sendable, Equatable {
  public let model: String
  /// The model that it is compared with: the best of its job.
  public let reference: String
  /// The figure's name: `rmse`, or `ndcg@` and the first length of lists.
  public let metric: String
  /// The figure of `model` less that of `reference`, over all test parts together.
  public let difference: Double
  /// The middle 95 % of the differences of the resamples.
  public let interval: ClosedRange<Double>
  /// How often chance alone would show a difference at least as far from zero: two-sided, at least 2 / (resamples + 1), at most 1.
  /// It is not corrected for how many models are compared.
  public let pValue: Double
}

/// Compares models by a paired bootstrap over users (Efron and Tibshirani 1993, chapter 16; for retrieval Sakai, "Evaluating Evaluation
/// Metrics based on the Bootstrap", 2006): users are drawn with replacement, as many as there are, and both models are measured on
/// the same draw.
public struct PairedBootstrap: Sendable {
  public let resamples: Int
  let seed: UInt64

  public init(resamples: Int = 1000, seed: UInt64) {
    self.resamples = max(1, resamples)
    self.seed = seed
  }

  /// Each model beside the best one of the same job, in the order of `models`; none where there is nothing to compare.
  ///
  /// - Complexity: O(resamples · users · models).
  public func comparisons(of models: [ModelEvaluation], threads: ThreadCount) -> [PairedComparison] {
    [ModelDescriptor.Job.stars, .lists].flatMap { job in
      compare(models.filter { $0.job == job && !$0.userFigures.isEmpty }, isError: job == .stars, threads: threads)
    }
  }

  private func compare(_ models: [ModelEvaluation], isError: Bool, threads: ThreadCount) -> [PairedComparison] {
    guard models.count > 1, let metric = models[0].metrics.first?.name else { return [] }
    var places: [Int32: Int] = [:]
    for model in models {
      for figure in model.userFigures where places[figure.user] == nil { places[figure.user] = places.count }
    }
    let tables = models.map { model in
      var table = [(sum: Double, weight: Double)](repeating: (0, 0), count: places.count)
      for figure in model.userFigures {
        guard let place = places[figure.user] else { continue }
        table[place].sum += figure.sum
        table[place].weight += figure.weight
      }
      return table
    }
    let figure = { @Sendable (sum: Double, weight: Double) in
      let mean = weight == 0 ? 0 : sum / weight
      return isError ? mean.squareRoot() : mean
    }
    let whole = tables.map { table in
      figure(table.reduce(0) { $0 + $1.sum }, table.reduce(0) { $0 + $1.weight })
    }
    guard
      let best = isError
        ? whole.indices.min(by: { whole[$0] < whole[$1] }) : whole.indices.max(by: { whole[$0] < whole[$1] })
    else { return [] }
    let seed = seed
    let count = places.count
    let drawn: [[Double]] = threads.map(resamples) { resample in
      var random = CounterRandom(seed: seed, stream: 0x626f_6f74, substream: UInt64(resample))
      var sums = [Double](repeating: 0, count: tables.count)
      var weights = sums
      for _ in 0..<count {
        let place = Int(random.next(upperBound: UInt64(count)))
        for table in tables.indices {
          sums[table] += tables[table][place].sum
          weights[table] += tables[table][place].weight
        }
      }
      return tables.indices.map { figure(sums[$0], weights[$0]) }
    }
    return models.indices.filter { $0 != best }.map { index in
      let differences = drawn.map { $0[index] - $0[best] }.sorted()
      let low = differences[Int(Double(resamples - 1) * 0.025)]
      let high = differences[Int((Double(resamples - 1) * 0.975).rounded(.up))]
      let below = differences.count { $0 <= 0 }
      let above = differences.count { $0 >= 0 }
      let tail = Double(min(below, above) + 1) / Double(resamples + 1)
      return PairedComparison(
        model: models[index].model, reference: models[best].model, metric: metric,
        difference: whole[index] - whole[best], interval: low...high, pValue: min(1, 2 * tail))
    }
  }
}
