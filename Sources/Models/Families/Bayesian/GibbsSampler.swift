import LinearAlgebra
import Ratings

/// The state of the Markov chain.
final class GibbsSampler {
  let training: TrainingSet
  let options: BayesianOptions
  let seed: UInt64
  let threads: ThreadCount
  let users: GibbsSide
  let movies: GibbsSide
  /// Latent ratings (or the standardized ones themselves), in the order by users.
  let latents: WorkMemory<Float>
  /// Latent ratings less the effects of dates: what the rows are drawn from.
  let targets: WorkMemory<Float>
  /// p · q + a + b and the effects of dates.
  let predictions: WorkMemory<Float>
  /// The level of each rating among those that occur.
  let levels: WorkMemory<UInt8>
  let levelValues: [Float]
  let mean: Float
  let deviation: Float
  /// The ordered probit, where it is wanted and there are levels for it.
  var probit: OrderedProbit?
  /// α: precision of a latent rating.
  var noise: Float = 1
  var sweepCount = 0
  /// What dates add, where they are known.
  let dates: [DateEffects]
  /// Σ of the dates' effects of each rating.
  let offsets: WorkMemory<Float>
  /// The first known time.
  let start: UInt32

  var ratingCount: Int { training.ratingCount }

  init(_ training: TrainingSet, options: BayesianOptions, context: FitContext) {
    self.training = training
    self.options = options
    seed = context.seed
    threads = context.threads
    let count = training.ratingCount
    let padded = (count + 7) & ~7
    let standard = StandardizedRatings(training)
    mean = standard.mean
    deviation = standard.deviation
    let scale = training.scale
    var counts = [Int](repeating: 0, count: scale.levelCount)
    for value in training.byUser.values { counts[scale.level(of: value)] += 1 }
    let present = counts.indices.filter { counts[$0] > 0 }
    levelValues = present.isEmpty ? [standard.mean] : present.map { scale.value(ofLevel: $0) }
    latents = WorkMemory(padded, filledWith: 0)
    predictions = WorkMemory(padded, filledWith: 0)
    levels = WorkMemory(padded, filledWith: 0)
    if options.isProbit, present.count >= 2, present.count <= BayesianOptions.mostProbitLevels {
      var numbers = [UInt8](repeating: 0, count: counts.count)
      for (number, level) in present.enumerated() { numbers[level] = UInt8(number) }
      for (place, value) in training.byUser.values.enumerated() { levels[place] = numbers[scale.level(of: value)] }
      probit = OrderedProbit(counts: present.map { counts[$0] })
    } else {
      for (place, value) in standard.byUser.values.enumerated() { latents[place] = value }
    }
    offsets = WorkMemory(padded, filledWith: 0)
    let start = training.times.lazy.filter { $0 > 0 }.min() ?? 0
    self.start = start
    dates =
      options.hasDates && training.times.contains { $0 > start }
      ? DateComponent.all.map { DateEffects($0, training: training, start: start) } : []
    targets = WorkMemory(padded, filledWith: 0)
    users = GibbsSide(
      training.byUser, positions: (0..<Int32(count)).map { $0 },
      features: .ofUsers(training, implicit: options.isImplicit, side: options.hasSide),
      factorCount: options.factorCount, seed: seed, stream: 1)
    movies = GibbsSide(
      training.byMovie, positions: Self.positions(byMovie: training),
      features: .ofMovies(training, implicit: options.isImplicit, side: options.hasSide),
      factorCount: options.factorCount, seed: seed, stream: 2)
  }

  /// For each rating in the order by movies its number in the order by users.
  private static func positions(byMovie training: TrainingSet) -> [Int32] {
    var next = training.byMovie.offsets
    var positions = [Int32](repeating: 0, count: training.ratingCount)
    for (position, movie) in training.byUser.columns.enumerated() {
      positions[next[Int(movie)]] = Int32(position)
      next[Int(movie)] += 1
    }
    return positions
  }

  /// Draws everything once.
  func sweep() {
    sweepCount += 1
    predict()
    drawRatings()
    drawDates()
    movies.sample(
      given: users, targets: targets, noise: noise, seed: seed, stream: stream(3), threads: threads)
    users.sample(
      given: movies, targets: targets, noise: noise, seed: seed, stream: stream(4), threads: threads)
    drawPriors()
  }

  /// A stream of random numbers of this sweep.
  func stream(_ part: UInt64) -> UInt64 { UInt64(sweepCount) &* 16 &+ part }

  /// The effects of dates, and `targets`.
  private func drawDates() {
    guard !dates.isEmpty else {
      targets.base.update(from: latents.base, count: ratingCount)
      return
    }
    for position in 0..<ratingCount { targets[position] = latents[position] - predictions[position] }
    for (number, component) in dates.enumerated() {
      component.sample(residuals: targets, noise: noise, seed: seed, stream: stream(12) &+ UInt64(number) << 40)
    }
    for position in 0..<ratingCount { offsets[position] = 0 }
    for component in dates {
      for (position, effect) in component.effectOfRating.enumerated() where effect >= 0 {
        offsets[position] += component.values[Int(effect)]
      }
    }
    for position in 0..<ratingCount { targets[position] = latents[position] - offsets[position] }
  }

  /// The priors of both sides, independent of each other given the rows.
  private func drawPriors() {
    let parts = users.prior.partCount
    let streams = [stream(5), stream(6)]
    threads.forEachBlock(of: 2 * parts, blockSize: 1) { [users, movies, seed] block in
      for task in block {
        let side = task % 2 == 0 ? users : movies
        side.prior.sweep(part: task / 2, seed: seed, stream: streams[task % 2])
      }
    }
  }

  /// Latent ratings and cutpoints, or the noise of the normal head.
  private func drawRatings() {
    var random = CounterRandom(seed: seed, stream: stream(7))
    guard var probit else {
      guard ratingCount > 0 else { return }
      let sum = squaredErrors()
      noise = Float(
        min(1e4, max(1e-4, random.gamma(shape: 0.5 + Double(ratingCount) / 2, rate: 0.05 + sum / 2))))
      return
    }
    let isSettling = sweepCount <= options.burnIn / 2
    if isSettling || sweepCount % 4 == 0 {
      probit.step(isSettling: isSettling, &random) { bounds in
        OrderedProbit.likelihood(
          of: levels, count: ratingCount, means: predictions, bounds: bounds, threads: threads)
      }
      self.probit = probit
    }
    probit.drawLatents(
      latents, levels: levels, count: ratingCount, means: predictions, seed: seed, stream: stream(8),
      threads: threads)
  }
}

/// What a fit was asked for, with the defaults of its size of data in place.
struct BayesianOptions: Sendable {
  /// Levels beyond which a rating counts as a number.
  static let mostProbitLevels = 32
  /// What the samples of all rows may take, beyond the first 32.
  static let mostSampleBytes = 96 << 20

  var factorCount: Int
  var sweepCount: Int
  var burnIn: Int
  /// A multiple of 16.
  var keptCount: Int
  var isImplicit: Bool
  var hasSide: Bool
  var hasDates: Bool
  var isProbit: Bool
}
