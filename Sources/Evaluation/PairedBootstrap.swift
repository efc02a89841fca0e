public import LinearAlgebra
import Models
import Ratings

/// The difference between the figures of two models, and its uncertainty.
public struct PairedComparison: Sendable, Equatable {
  /// The model that is compared.
  public let model: String
  /// The model that it is compared with: the best one for the task.
  public let reference: String
  /// The figure's name: `rmse`, or `ndcg@` and the first list length.
  public let metric: String
  /// The figure of `model` minus that of `reference`, over all test sets together.
  public let difference: Double
  /// The 95 % interval of the differences over the resamples.
  public let interval: ClosedRange<Double>
  /// The probability that chance alone produces a difference at least as far from zero: two-sided, at least 2 / (resamples + 1), at most 1.
  /// It is not corrected for multiple comparisons.
  public let pValue: Double
}

/// Compares models by a paired bootstrap over users (Efron and Tibshirani 1993, chapter 16; for retrieval Sakai, "Evaluating Evaluation
/// Metrics based on the Bootstrap", 2006): users are drawn with replacement, as many as there are, and both models are measured on
/// the same draw.
public struct PairedBootstrap: Sendable {
  /// How often users are drawn, 1 or more.
  public let resamples: Int
  let seed: UInt64

  /// A comparison whose draws depend on the seed alone.
  public init(resamples: Int = 1000, seed: UInt64) {
    self.resamples = max(1, resamples)
    self.seed = seed
  }

  /// Each model compared with the best one for the same task, in the order of `models`; empty if there is nothing to compare.
  ///
  /// - Complexity: O(resamples · users · models).
  public func comparisons(of models: [ModelEvaluation], threads: ThreadCount) -> [PairedComparison] {
    [ModelDescriptor.Job.stars, .lists].flatMap { job in
      compare(models.filter { $0.job == job && !$0.userFigures.isEmpty }, isError: job == .stars, threads: threads)
    }
  }

  private func compare(_ models: [ModelEvaluation], isError: Bool, threads: ThreadCount) -> [PairedComparison] {
    guard models.count > 1, let metric = models[0].metrics.first?.name else { return [] }
    let samples = UserSamples(models.map(\.userFigures), isError: isError)
    guard let best = samples.best else { return [] }
    let whole = samples.whole
    let drawn = draw(samples, threads: threads)
    return models.indices.filter { $0 != best }.map { index in
      let (interval, pValue) = summary(of: drawn.map { $0[index] - $0[best] })
      return PairedComparison(
        model: models[index].model, reference: models[best].model, metric: metric,
        difference: whole[index] - whole[best], interval: interval, pValue: pValue)
    }
  }

  /// The figure of every model in each resample.
  func draw(_ samples: UserSamples, threads: ThreadCount) -> [[Double]] {
    let seed = seed
    return threads.map(resamples) { resample in
      var random = CounterRandom(seed: seed, stream: 0x626f_6f74, substream: UInt64(resample))
      return samples.figures { random.index(below: samples.userCount) }
    }
  }

  /// The 95 % interval of the differences, and twice the share on the other side of zero.
  private func summary(of differences: [Double]) -> (interval: ClosedRange<Double>, pValue: Double) {
    let sorted = differences.sorted()
    let low = sorted[Int(Double(sorted.count - 1) * 0.025)]
    let high = sorted[Int((Double(sorted.count - 1) * 0.975).rounded(.up))]
    let below = sorted.count { $0 <= 0 }
    let above = sorted.count { $0 >= 0 }
    return (low...high, min(1, 2 * Double(min(below, above) + 1) / Double(sorted.count + 1)))
  }
}

/// The contributions of all users to the figures of all models.
struct UserSamples: Sendable {
  private struct Addend {
    var sum = 0.0
    var weight = 0.0
  }

  /// Models x users.
  private let addends: [[Addend]]
  let userCount: Int
  /// Whether the figure is the root of a mean (RMSE), so that smaller is better.
  private let isError: Bool

  init(_ models: [[UserFigure]], isError: Bool) {
    var places: [Int32: Int] = [:]
    for figure in models.joined() where places[figure.user] == nil { places[figure.user] = places.count }
    addends = models.map { figures in
      var row = [Addend](repeating: Addend(), count: places.count)
      for figure in figures {
        guard let place = places[figure.user] else { continue }
        row[place].sum += figure.sum
        row[place].weight += figure.weight
      }
      return row
    }
    userCount = places.count
    self.isError = isError
  }

  /// The figure of every model over all users.
  var whole: [Double] {
    var next = -1
    return figures {
      next += 1
      return next
    }
  }

  /// The index of the best model; nil without users.
  var best: Int? {
    guard userCount > 0 else { return nil }
    let whole = whole
    return isError ? whole.indices.min { whole[$0] < whole[$1] } : whole.indices.max { whole[$0] < whole[$1] }
  }

  /// The figure of every model over as many users as there are, each chosen by `user`.
  func figures(user: () -> Int) -> [Double] {
    var sums = [Addend](repeating: Addend(), count: addends.count)
    for _ in 0..<userCount {
      let place = user()
      for model in addends.indices {
        sums[model].sum += addends[model][place].sum
        sums[model].weight += addends[model][place].weight
      }
    }
    return sums.map { sum in
      let mean = sum.weight == 0 ? 0 : sum.sum / sum.weight
      return isError ? mean.squareRoot() : mean
    }
  }
}
