import LinearAlgebra
public import Ratings

extension BayesianModel {
  /// - Complexity: O(sweeps x (ratings x factors² + (users + movies) x factors³)).
  public static func fit(_ training: TrainingSet, settings: ModelSettings, context: FitContext) -> BayesianModel {
    let options = BayesianOptions(settings, training: training, ratingCount: training.ratingCount)
    return run(GibbsSampler(training, options: options, context: context))
  }

  /// A chain with half of the sweeps.
  public static func fitPart(
    _ part: TrainingSet, of ratingCount: Int, settings: ModelSettings, context: FitContext
  ) -> (model: BayesianModel, learned: Chain) {
    let options = BayesianOptions(settings, training: part, ratingCount: ratingCount).halved
    let sampler = GibbsSampler(part, options: options, context: context)
    return (run(sampler), Chain(sampler: sampler))
  }

  /// A second chain, which starts from the state of the first.
  public static func fit(
    _ whole: TrainingSet, from learned: Chain, settings: ModelSettings, context: FitContext
  ) -> BayesianModel {
    let first = learned.sampler
    let second = GibbsSampler(whole, options: first.options.goingOn, context: context)
    second.start(from: first)
    return run(second)
  }

  /// The state of a chain.
  public struct Chain {
    fileprivate let sampler: GibbsSampler
  }

  private static func run(_ sampler: GibbsSampler) -> BayesianModel {
    let options = sampler.options
    var posterior = PosteriorCollection(sampler)
    let span = options.sweepCount - options.burnIn
    for sweep in 0..<options.sweepCount {
      sampler.sweep()
      let place = sweep - options.burnIn
      guard place >= 0 else { continue }
      // Evenly spread over the sweeps.
      if (place + 1) * options.keptCount / span > place * options.keptCount / span { posterior.keep(sampler) }
    }
    return posterior.model(sampler)
  }
}

extension BayesianOptions {
  /// - Parameter ratingCount: the total number, if `training` is a part of them.
  init(_ settings: ModelSettings, training: TrainingSet, ratingCount: Int) {
    let isLarge = ratingCount > 400_000
    let isHuge = ratingCount > 4_000_000
    let chosen = { (name: String, automatic: Int) in settings[name] > 0 ? Int(settings[name]) : automatic }
    let rowCount = training.userCount + training.movieCount
    factorCount = chosen("factors", isLarge ? 30 : rowCount > 5000 ? 22 : 8)
    let sweeps = chosen("samples", isHuge ? 120 : isLarge ? 500 : 512)
    burnIn = chosen("burn-in", sweeps / 5)
    let affordable = max(32, Self.mostSampleBytes / (2 * (rowCount + 1) * (factorCount + 1)))
    let wanted = min(Int(settings["kept"]), affordable)
    keptCount = max(16, wanted / 16 * 16)
    keptCount = min(keptCount, max(16, (sweeps - burnIn) / 16 * 16))
    sweepCount = max(sweeps, burnIn + keptCount)
    isImplicit = settings["implicit"] == 1
    hasSide = settings["side"] == 1
    hasDates = settings["dates"] == 1
    isProbit = settings["probit"] == 1
  }
}

extension BayesianOptions {
  /// Kept samples if two models are in memory and both are saved.
  private static let mostKeptInBuilds = 96

  /// Half of the sweeps.
  fileprivate var halved: BayesianOptions {
    var result = self
    result.sweepCount = max(32, sweepCount / 2)
    result.burnIn = min(burnIn / 2, result.sweepCount - 16)
    result.keptCount = max(
      16, min(keptCount, Self.mostKeptInBuilds, (result.sweepCount - result.burnIn) / 16 * 16))
    return result
  }

  /// For a warm-started chain: a short burn-in, as many kept samples.
  fileprivate var goingOn: BayesianOptions {
    var result = self
    result.burnIn = min(burnIn, max(16, sweepCount / 12))
    result.sweepCount = max(result.burnIn + keptCount, sweepCount - (burnIn - result.burnIn))
    return result
  }
}

/// The kept states of the chain.
struct PosteriorCollection {
  private let options: BayesianOptions
  private let scale: RatingScale
  private let levels: [Float]
  private let line: RatingHead.Line?
  private var users: SampledRows
  private var movies: SampledRows
  private var newcomers: NewcomerPosterior
  private var bounds: [Double]
  private var noiseVariance = 0.0
  private var keptCount = 0

  init(_ sampler: GibbsSampler) {
    options = sampler.options
    scale = sampler.training.scale
    levels = sampler.levelValues
    // If all ratings are equal, the variance is unknown: a tenth of a star is assumed.
    let deviation = levels.count == 1 ? 0.1 : sampler.deviation
    line = sampler.probit == nil ? RatingHead.Line(mean: sampler.mean, deviation: deviation) : nil
    users = SampledRows(
      rowCount: sampler.users.rowCount, dimensionCount: options.factorCount + 1, sampleCount: options.keptCount)
    movies = SampledRows(
      rowCount: sampler.movies.rowCount + 1, dimensionCount: options.factorCount + 1, sampleCount: options.keptCount)
    newcomers = NewcomerPosterior(
      movieCount: sampler.movies.rowCount, dimensionCount: options.factorCount + 1,
      sampleCount: min(NewcomerPosterior.mostSamples, options.keptCount), hasBag: options.isImplicit)
    bounds = [Double](repeating: 0, count: levels.count - 1)
  }

  mutating func keep(_ sampler: GibbsSampler) {
    guard keptCount < options.keptCount else { return }
    // The same noise in four consecutive samples with the signs ++−− for movies and +−+− for users, so that in the mean
    // both cancel, and so do their products.
    let group = UInt64(keptCount / 4) &* 16
    let userSign: Float = keptCount & 1 == 0 ? 1 : -1
    let movieSign: Float = keptCount & 2 == 0 ? 1 : -1
    sampler.users.sampleAbsent(seed: sampler.seed, stream: group &+ 9, sign: userSign)
    sampler.movies.sampleAbsent(seed: sampler.seed, stream: group &+ 10, sign: movieSign)
    users.put(sampler.users, sample: keptCount)
    movies.put(sampler.movies, sample: keptCount)
    movies.putUnknown(sampler.movies, seed: sampler.seed, stream: group &+ 11, sign: movieSign, sample: keptCount)
    if let probit = sampler.probit {
      for (place, cutpoint) in probit.cutpoints.enumerated() { bounds[place] += Double(cutpoint) }
    }
    for component in sampler.dates { component.keep() }
    if keptCount >= options.keptCount - newcomers.sampleCount { newcomers.keep(sampler) }
    noiseVariance += 1 / Double(sampler.noise)
    keptCount += 1
  }

  func model(_ sampler: GibbsSampler) -> BayesianModel {
    let count = Double(max(1, keptCount))
    let bounds: [Float] =
      if let line {
        zip(levels, levels.dropFirst()).map { (($0 + $1) / 2 - line.mean) / line.deviation }
      } else { bounds.map { Float($0 / count) } }
    return BayesianModel(
      head: RatingHead(
        scale: scale, levels: levels, bounds: bounds, noiseVariance: Float(noiseVariance / count), line: line),
      users: users, movies: movies,
      calendar: DateEffectTable(sampler.dates, start: sampler.start, keptCount: keptCount),
      newcomers: newcomers)
  }
}
