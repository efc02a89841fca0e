/// The meaning of the ratings in the data as declared by the owner, instead of inferred from them.
public struct DeclaredScale: Hashable, Sendable {
  /// What the values mean.
  public enum Kind: Hashable, Sendable {
    /// Points from a minimum to a maximum; without a step, the coarsest one that fits all ratings.
    case points(minimum: Float, maximum: Float, step: Float?)
    /// 1 is a thumb up; 0 is a thumb down, or no opinion if −1 occurs.
    case thumbs
    /// Each user named with a film likes it; 0 is not a like.
    case likes
  }

  /// What the values of the data mean.
  public var kind: Kind
  /// Whether the lowest value is the best, as in German school grades: values are reversed when they are read.
  public var isBestLow: Bool
  /// Values that mean “not rated”.
  public var unrated: Set<Double>

  /// A scale; where everything named is a like, 0 means “not rated” too.
  public init(_ kind: Kind, isBestLow: Bool = false, unrated: Set<Double> = []) {
    self.kind = kind
    self.isBestLow = isBestLow
    self.unrated = kind == .likes ? unrated.union([0]) : unrated
  }

  /// The values that may occur in the data.
  public var range: ClosedRange<Float> {
    switch kind {
    case .points(let minimum, let maximum, _): minimum...maximum
    case .thumbs: -1...1
    case .likes: 0...100
    }
  }

  /// The rating scale after reading.
  ///
  /// - Parameter values: as they are in the data.
  public func scale(of values: ArraySlice<Float>) -> RatingScale {
    guard case .points(let minimum, let maximum, let step) = kind else { return .likes }
    return RatingScale(minimum: minimum, maximum: maximum, step: step ?? RatingScale.step(of: values))
  }

  /// The rating for a value in the data.
  ///
  /// - Parameter hasMinus: whether −1 occurs in the same column.
  /// - Returns: nil for no opinion.
  public func rating(of value: Float, hasMinus: Bool) -> Float? {
    switch kind {
    case .points(let minimum, let maximum, _): isBestLow ? minimum + maximum - value : value
    case .thumbs: hasMinus && value == 0 ? nil : value > 0 ? 1 : 0
    case .likes: 1
    }
  }

  /// Whether reading keeps all values as they are.
  public var isPlain: Bool {
    guard case .points = kind else { return false }
    return !isBestLow
  }
}

extension DeclaredScale: CustomStringConvertible {
  /// Equal for equal scales: builds compare it.
  public var description: String {
    "\(kind)\(isBestLow ? ", the lowest is the best" : ""), unrated \(unrated.sorted())"
  }
}
