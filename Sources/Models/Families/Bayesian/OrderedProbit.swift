import Ratings

/// The cutpoints of an ordered probit while they are sampled: a rating has level l where its latent value, of
/// deviation 1 around η, lies between cutpoints l − 1 and l.
///
/// The cutpoints are drawn with the latent values integrated out (Cowles 1996), all at once: a Metropolis-adjusted
/// Langevin step scaled by the Fisher information. One of them stays where it is, as the biases set the location.
struct OrderedProbit {
  /// Beyond the outermost cutpoints.
  static let infinity: Float = 30

  /// −∞, the cutpoints, +∞: a level has the bounds at its number and the next.
  private(set) var bounds: [Float]
  private let fixed: Int
  /// Variance of the steps.
  private var scales: [Double]

  /// - Parameter counts: ratings of each level, all positive, two levels at least.
  init(counts: [Int]) {
    let total = Double(counts.reduce(0, +))
    var below = 0.0
    bounds = [-Self.infinity]
    for count in counts.dropLast() {
      below += Double(count)
      // Ratings vary beyond the noise, so the cutpoints will lie further apart than this: a start.
      let quantile = NormalMath.quantile(SIMD8(repeating: Float(below / total)))[0]
      bounds.append(max(quantile * 1.2, bounds[bounds.count - 1] + 1e-3))
    }
    bounds.append(Self.infinity)
    scales = [Double](repeating: 0, count: bounds.count)
    var nearest = 1
    for place in 1..<bounds.count - 1 where abs(bounds[place]) < abs(bounds[nearest]) { nearest = place }
    fixed = nearest
  }

  var cutpoints: ArraySlice<Float> { bounds[1..<bounds.count - 1] }
  private var movable: [Int] { (1..<bounds.count - 1).filter { $0 != fixed } }

  /// Draws the cutpoints by one step.
  ///
  /// - Parameters:
  ///   - isSettling: whether to follow the likelihood uphill, as long as the chain is on its way.
  ///   - likelihood: of all ratings, given bounds.
  mutating func step(
    isSettling: Bool, _ random: inout CounterRandom, likelihood: (_ bounds: [Float]) -> Likelihood
  ) {
    guard !movable.isEmpty else { return }
    let here = likelihood(bounds)
    if isSettling || scales.allSatisfy({ $0 == 0 }) {
      for place in movable { scales[place] = 1 / max(1, here.information[place]) }
    }
    let width = isSettling ? 1.5 : 0.8
    var proposal = bounds
    var forward = 0.0
    for place in movable {
      let noise = random.normalPair().0
      forward += noise * noise / 2
      let drift = max(-0.2, min(0.2, width / 2 * scales[place] * here.gradient[place]))
      proposal[place] = Float(Double(bounds[place]) + drift + (width * scales[place]).squareRoot() * noise)
    }
    guard zip(proposal, proposal.dropFirst()).allSatisfy({ $0 + 1e-4 < $1 }) else { return }
    if isSettling {
      bounds = proposal
      return
    }
    let there = likelihood(proposal)
    var backward = 0.0
    for place in movable {
      let drift = max(-0.2, min(0.2, width / 2 * scales[place] * there.gradient[place]))
      let noise = Double(bounds[place]) - Double(proposal[place]) - drift
      backward += noise * noise / (2 * width * scales[place])
    }
    let ratio = there.logarithm - here.logarithm + forward - backward
    if ratio >= 0 || random.uniform() < Double(NormalMath.exponential(SIMD8(repeating: Float(ratio)))[0]) {
      bounds = proposal
    }
  }

  /// Log likelihood of ratings, its gradient by the bounds and the diagonal of the information.
  struct Likelihood: Sendable {
    var logarithm = 0.0
    var gradient: [Double]
    var information: [Double]

    init(boundCount: Int) {
      gradient = [Double](repeating: 0, count: boundCount)
      information = gradient
    }

    mutating func add(_ other: Likelihood) {
      logarithm += other.logarithm
      for place in gradient.indices {
        gradient[place] += other.gradient[place]
        information[place] += other.information[place]
      }
    }
  }
}
