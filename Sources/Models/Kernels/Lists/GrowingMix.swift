import Ratings

/// KL(p ‖ q) of the mix p that someone wants from the mix q of a list that grows film by film, q mixed with a hair of p so that
/// it stays finite; 0 where either is empty.
///
/// Every film adds the same to the total, so that only the terms of its own parts are its own.
struct GrowingMix {
  private let shares: [Double]
  private let smoothing: Double
  private var parts: [Double]
  private var total = 0.0
  /// Of each part, and all together, for the total that the next film makes.
  private var terms: [Double]
  private var sum = 0.0
  /// For the list as it is.
  private(set) var divergence = 0.0

  init(wanted: [Float], smoothing: Float) {
    let all = wanted.reduce(0.0) { $0 + Double($1) }
    shares = wanted.map { all > 0 ? Double($0) / all : 0 }
    self.smoothing = Double(smoothing)
    parts = wanted.map { _ in 0 }
    terms = parts
    renew()
  }

  private func term(_ place: Int, _ part: Double, of total: Double) -> Double {
    let share = shares[place]
    return share > 0 ? share * logarithm(share / ((1 - smoothing) * part / total + smoothing * share)) : 0
  }

  private mutating func renew() {
    divergence = total > 0 ? parts.indices.reduce(0) { $0 + term($1, parts[$1], of: total) } : 0
    for place in parts.indices { terms[place] = term(place, parts[place], of: total + 1) }
    sum = terms.reduce(0, +)
  }

  /// With a film whose parts sum to 1.
  func divergence(adding places: some Sequence<Int>, each value: Float) -> Double {
    places.reduce(sum) { $0 + term($1, parts[$1] + Double(value), of: total + 1) - terms[$1] }
  }

  mutating func add(_ places: some Sequence<Int>, each value: Float) {
    for place in places { parts[place] += Double(value) }
    total += 1
    renew()
  }
}
