import LinearAlgebra
import Ratings

/// What every model here that learns by stochastic gradient descent is told.
struct DescentSettings: Sendable {
  var factorCount: Int
  var epochs: Int
  /// The first epoch's learning rate, for ratings of deviation 1.
  var rate: Float
  /// What the rate is multiplied with after each epoch.
  var decay: Float
  /// L2 regularization of factors, times the root of a row's number of ratings.
  var regularization: Float
  /// The same for biases.
  var biasRegularization: Float
  /// Learning ends when the training error falls by less than this part.
  var tolerance: Double
  /// The share of the ratings held out for early stopping; 0 for none.
  var validation: Double
  var seed: UInt64
  var threads: ThreadCount

  /// Epochs without a better validation error before learning ends.
  static let patience = 5
}

extension DescentSettings {
  init(_ settings: ModelSettings, context: FitContext) {
    factorCount = Int(settings["factors"])
    epochs = Int(settings["epochs"])
    rate = Float(settings["learning-rate"])
    decay = Float(settings["decay"])
    regularization = Float(settings["regularization"])
    biasRegularization = Float(settings["bias-regularization"])
    tolerance = settings["tolerance"]
    validation = settings["validation"]
    seed = context.seed
    threads = context.threads
  }

  /// The settings that are read here.
  static func descriptors(
    factors: Double, epochs: Double, rate: Double, decay: Double, regularization: Double, bias: Double,
    tolerance: Double = 0.0005
  ) -> [ModelSetting] {
    [
      ModelSetting(
        "factors", default: factors, in: 1...128, isWhole: true,
        "number of latent factors; fastest if two more make a multiple of eight"),
      ModelSetting("epochs", default: epochs, in: 1...1000, isWhole: true, "most passes over the ratings"),
      ModelSetting(
        "learning-rate", default: rate, in: 0.0001...0.2,
        "learning rate of the first epoch; halved, with a restart, if it proves too large"),
      ModelSetting("decay", default: decay, in: 0.5...1, "factor of the learning rate after each epoch"),
      ModelSetting(
        "regularization", default: regularization, in: 0...10,
        "L2 regularization of factors, times the root of a row's number of ratings"),
      ModelSetting("bias-regularization", default: bias, in: 0...10, "the same for the biases"),
      ModelSetting(
        "tolerance", default: tolerance, in: 0...1,
        "training stops when the training error falls by less than this share"
      ),
      ModelSetting(
        "validation", default: 0, in: 0...0.5,
        "share of the ratings held out to find the best number of epochs, before training on all; 0 for none"),
    ]
  }
}

/// A state that learns from ratings, epoch by epoch.
protocol DescentState {
  /// One pass with learning rate `rate`; the sum of squared errors met on the way, standardized.
  mutating func runEpoch(_ epoch: Int, rate: Float) -> Double
  /// How many ratings an epoch passes over.
  var ratingCount: Int { get }
  /// Whether all that was learned is finite.
  var isSound: Bool { get }
  /// The sum of squared errors over other ratings, standardized.
  func squaredError(on validation: SparseRows) -> Double
}

extension DescentSettings {
  /// Learns from `ratings`; with a validation part, first from the rest of them to find the number of epochs.
  ///
  /// - Parameter make: the state before the first epoch.
  func learn<State: DescentState>(
    from ratings: SparseRows, deviation: Float, _ make: (SparseRows) -> State
  ) -> (state: State, curve: [LearningPoint]) {
    guard validation > 0, let parts = ratings.split(fraction: validation, seed: seed) else {
      return run(deviation: deviation, epochs: epochs, validation: nil) { make(ratings) }
    }
    let trial = run(deviation: deviation, epochs: epochs, validation: parts.validation) { make(parts.training) }
    let best = trial.curve.min { ($0.validationRMSE ?? 0) < ($1.validationRMSE ?? 0) }?.epoch ?? epochs
    var final = self
    final.tolerance = 0
    return (final.run(deviation: deviation, epochs: best, validation: nil) { make(ratings) }.state, trial.curve)
  }

  private func run<State: DescentState>(
    deviation: Float, epochs: Int, validation: SparseRows?, _ make: () -> State
  ) -> (state: State, curve: [LearningPoint]) {
    var rate = rate
    while true {
      if let result = attempt(make(), rate: rate, deviation: deviation, epochs: epochs, validation: validation) {
        return result
      }
      rate /= 2
    }
  }

  /// Nil where learning diverged, which it cannot at rates towards 0.
  private func attempt<State: DescentState>(
    _ start: State, rate: Float, deviation: Float, epochs: Int, validation: SparseRows?
  ) -> (state: State, curve: [LearningPoint])? {
    var state = start
    var curve: [LearningPoint] = []
    var rate = rate
    let stars = Double(deviation)
    let count = Double(max(1, state.ratingCount))
    for epoch in 1...epochs {
      let error = (state.runEpoch(epoch, rate: rate) / count).squareRoot()
      // Before anything is learned the error is 1.
      guard error < 2, state.isSound else { return nil }
      let validationError = validation.map {
        (state.squaredError(on: $0) / Double(max(1, $0.entryCount))).squareRoot() * stars
      }
      let previous = curve.last?.trainingRMSE
      curve.append(LearningPoint(epoch: epoch, trainingRMSE: error * stars, validationRMSE: validationError))
      if validation != nil {
        if Self.isPastBest(curve) { break }
      } else if let previous, epoch > 5, error * stars > previous * (1 - tolerance) {
        break
      }
      rate *= decay
    }
    return (state, curve)
  }

  private static func isPastBest(_ curve: [LearningPoint]) -> Bool {
    let errors = curve.compactMap(\.validationRMSE)
    guard errors.count > patience, let best = errors.min() else { return false }
    return !errors.suffix(patience).contains(best)
  }
}

extension SparseRows {
  /// About `fraction` of the entries set aside, drawn by `seed`; nil where that leaves either part empty.
  func split(fraction: Double, seed: UInt64) -> (training: SparseRows, validation: SparseRows)? {
    var random = CounterRandom(seed: seed, stream: 12)
    let isAside = (0..<entryCount).map { _ in random.uniform() < fraction }
    let aside = selecting { isAside[$0] }
    let rest = selecting { !isAside[$0] }
    return aside.entryCount > 0 && rest.entryCount > 0 ? (rest, aside) : nil
  }

  /// The entries whose positions `isChosen`.
  func selecting(_ isChosen: (Int) -> Bool) -> SparseRows {
    var offsets = [0]
    var columns: [Int32] = []
    var values: [Float] = []
    for row in 0..<rowCount {
      for position in range(ofRow: row) where isChosen(position) {
        columns.append(self.columns[position])
        values.append(self.values[position])
      }
      offsets.append(columns.count)
    }
    return SparseRows(offsets: offsets, columns: columns, values: values, columnCount: columnCount)
  }
}
