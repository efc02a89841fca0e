/// The lowest and highest rating of a data set and the step between two neighbouring ratings.
public struct RatingScale: Hashable, Sendable {
  /// The lowest rating.
  public var minimum: Float
  /// The highest rating.
  public var maximum: Float
  /// Between two neighbouring ratings.
  public var step: Float

  /// A scale whose highest rating is a whole number of steps above the lowest.
  public init(minimum: Float, maximum: Float, step: Float) {
    self.minimum = minimum
    self.maximum = maximum
    self.step = step
  }

  /// One to five whole stars, as in MovieLens 100k and 1M and Netflix.
  public static let wholeStars = RatingScale(minimum: 1, maximum: 5, step: 1)
  /// Half a star to five stars, in halves, as in MovieLens since 2003.
  public static let halfStars = RatingScale(minimum: 0.5, maximum: 5, step: 0.5)

  /// Liked (1) or not (0): a prediction is the probability of a like, and a mean the share of those who liked it.
  public static let likes = RatingScale(minimum: 0, maximum: 1, step: 1)

  /// Whether ratings are likes, so that values between 0 and 1 are shares.
  public var isLikes: Bool { self == .likes }

  /// With fewer ratings, values of only 0 and 1 may be stars by chance.
  private static let fewestLikes = 20

  /// The common scale that covers all `values`: likes, whole or half stars up to 5, 0 or 1 to 10, 0 to 100; otherwise
  /// the range of the values in 20 steps. Empty input gives `wholeStars`; values must be finite.
  ///
  /// - Complexity: O(ratings).
  public init(fitting values: ArraySlice<Float>) {
    var low = Float.infinity
    var high = -Float.infinity
    var halves = true
    var wholes = true
    for value in values {
      low = min(low, value)
      high = max(high, value)
      if wholes, value != value.rounded() { wholes = false }
      if halves, value * 2 != (value * 2).rounded() { halves = false }
    }
    guard low <= high else {
      self = .wholeStars
      return
    }
    if wholes, low >= 0, high == 1, values.count >= Self.fewestLikes {
      self = .likes
      return
    }
    let step: Float = wholes ? 1 : halves ? 0.5 : 0.1
    switch (low, high) {
    case (let low, let high) where low >= 0 && high <= 5:
      // Half stars start at a half, whole stars at one; a zero among them is a rating too.
      self.init(minimum: low < step ? 0 : step == 0.1 ? min(low, 0.5) : step, maximum: 5, step: step)
    case (let low, let high) where low >= 0 && high <= 10:
      self.init(minimum: low < 1 ? 0 : 1, maximum: 10, step: step)
    case (let low, let high) where low >= 0 && high <= 100:
      self.init(minimum: 0, maximum: 100, step: step)
    default:
      self.init(minimum: low, maximum: high, step: (high - low) / 20)
    }
  }

  /// The coarsest of the common steps that fits all `values`: 1, 0.5 or 0.1.
  ///
  /// - Complexity: O(ratings).
  public static func step(of values: ArraySlice<Float>) -> Float {
    if values.allSatisfy({ $0 == $0.rounded() }) { return 1 }
    return values.allSatisfy { $0 * 2 == ($0 * 2).rounded() } ? 0.5 : 0.1
  }

  /// `value` clamped to the scale; NaN becomes the middle.
  @inlinable
  public func clamp(_ value: Float) -> Float {
    value.isNaN ? (minimum + maximum) / 2 : Swift.min(maximum, Swift.max(minimum, value))
  }

  /// The number of different ratings on the scale.
  public var levelCount: Int {
    guard step > 0, maximum > minimum else { return 1 }
    return Int(((maximum - minimum) / step).rounded()) + 1
  }

  /// The rating at `level`, counted from 0 (the lowest).
  public func value(ofLevel level: Int) -> Float { minimum + Float(level) * step }

  /// The level nearest to `value`, from 0 to `levelCount - 1`.
  public func level(of value: Float) -> Int {
    guard step > 0 else { return 0 }
    return Int(((clamp(value) - minimum) / step).rounded())
  }
}
