/// What an owner says of the ratings in the data, so that nothing has to be guessed from them.
public struct DeclaredScale: Hashable, Sendable {
  /// What the numbers are.
  public enum Kind: Hashable, Sendable {
    /// Points from a lowest to a highest; without a step, the one that reaches all ratings.
    case points(minimum: Float, maximum: Float, step: Float?)
    /// 1 is a thumb up; 0 is one down, or, where −1 is, no opinion.
    case thumbs
    /// Whoever is named with a film likes it; 0 is no like.
    case likes
  }

  public var kind: Kind
  /// Whether the lowest number is the best, as with school marks: the numbers are turned over when they are read.
  public var isBestLow: Bool
  /// Numbers that say that somebody gave no rating.
  public var unrated: Set<Double>

  public init(_ kind: Kind, isBestLow: Bool = false, unrated: Set<Double> = []) {
    self.kind = kind
    self.isBestLow = isBestLow
    self.unrated = kind == .likes ? unrated.union([0]) : unrated
  }

  /// The numbers that may stand in the data.
  public var range: ClosedRange<Float> {
    switch kind {
    case .points(let minimum, let maximum, _): minimum...maximum
    case .thumbs: -1...1
    case .likes: 0...100
    }
  }

  /// The scale of ratings once they are read.
  ///
  /// - Parameter values: as they stand in the data.
  public func scale(of values: ArraySlice<Float>) -> RatingScale {
    guard case .points(let minimum, let maximum, let step) = kind else { return .likes }
    return RatingScale(minimum: minimum, maximum: maximum, step: step ?? RatingScale.step(of: values))
  }

  /// The rating that a number of the data is.
  ///
  /// - Parameter hasMinus: whether −1 stands in the same column.
  /// - Returns: nil where it is no opinion.
  public func rating(of value: Float, hasMinus: Bool) -> Float? {
    switch kind {
    case .points(let minimum, let maximum, _): isBestLow ? minimum + maximum - value : value
    case .thumbs: hasMinus && value == 0 ? nil : value > 0 ? 1 : 0
    case .likes: 1
    }
  }

  /// Whether reading changes no number.
  public var isPlain: Bool {
    guard case .points = kind else { return false }
    return !isBestLow
  }
}

extension DeclaredScale: CustomStringConvertible {
  /// The same for the same scale: builds compare it.
  public var description: String {
    "\(kind)\(isBestLow ? ", the lowest is the best" : ""), unrated \(unrated.sorted())"
  }
}
