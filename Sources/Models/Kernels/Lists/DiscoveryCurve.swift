/// What lists lose for showing more of the catalogue: `ListDiscovery` at some strengths, measured on ratings that were held out.
public struct DiscoveryCurve: Sendable, Equatable {
  /// Lists at one strength.
  public struct Point: Sendable, Equatable {
    /// What the default weights are multiplied with.
    public var strength: Float
    /// nDCG@10.
    public var accuracy: Double
    /// The part of all films that is on anybody's list.
    public var coverage: Double

    /// A point as measured.
    public init(strength: Float, accuracy: Double, coverage: Double) {
      self.strength = strength
      self.accuracy = accuracy
      self.coverage = coverage
    }
  }

  /// The weakest first: the lists as the model has them.
  public var points: [Point]

  /// A curve through points of rising strength.
  public init(points: [Point]) { self.points = points }

  /// The strengths that are tried.
  package static let strengths: [Float] = [0, 0.2, 0.4, 0.6, 0.8, 1.1, 1.5]
  /// How many times as many films are to be found: two, and a little that other ratings leave open.
  private static let wantedCoverage = 2.3
  /// The part of the accuracy that a strength may cost as measured: one in a hundred, and what a few hundred users leave open.
  private static let mostLoss = 0.03

  /// The weakest that shows the films wanted, or where that costs too much accuracy, the strongest that does not; 0 where
  /// all do.
  public var strength: Float {
    guard let plain = points.first else { return 0 }
    let affordable = points.filter { $0.accuracy >= (1 - Self.mostLoss) * plain.accuracy }
    return (affordable.first { $0.coverage >= Self.wantedCoverage * plain.coverage } ?? affordable.last)?.strength ?? 0
  }

  /// Two neighbouring points between which the films wanted are reached; nil if none of the points shows as many.
  package var crossing: (below: Point, above: Point)? {
    guard let plain = points.first else { return nil }
    return zip(points, points.dropFirst()).first { $1.coverage >= Self.wantedCoverage * plain.coverage }
      .map { (below: $0, above: $1) }
  }
}
