/// What a model is and how it can be set.
public struct ModelDescriptor: Sendable {
  /// What a model is asked for.
  public enum Job: String, Sendable {
    case stars, lists
  }

  /// The name in the contract, such as "item-neighbours".
  public let name: String
  /// Such as "neighbours", "factorization".
  public let family: String
  public let job: Job
  /// One sentence for someone who chooses.
  public let purpose: String
  public let settings: [ModelSetting]
  /// The paper or source of the method.
  public let reference: String

  public init(
    name: String, family: String, job: Job, purpose: String, settings: [ModelSetting] = [], reference: String
  ) {
    self.name = name
    self.family = family
    self.job = job
    self.purpose = purpose
    self.settings = settings
    self.reference = reference
  }
}

/// One number that changes how a model learns.
public struct ModelSetting: Sendable {
  public let name: String
  public let defaultValue: Double
  public let range: ClosedRange<Double>
  public let isWhole: Bool
  /// Whether doubling it matters more than adding to it: a search then tries values at equal ratios. Nil leaves the
  /// answer to the range: logarithmic where it spans more than a factor of 100.
  public let isLogarithmic: Bool?
  /// Whether the model chooses the value on its training data where nobody gives it.
  public let isChosen: Bool
  public let meaning: String

  public init(
    _ name: String, default defaultValue: Double, in range: ClosedRange<Double>, isWhole: Bool = false,
    isLogarithmic: Bool? = nil, isChosen: Bool = false, _ meaning: String
  ) {
    self.isChosen = isChosen
    self.name = name
    self.defaultValue = defaultValue
    self.range = range
    self.isWhole = isWhole
    self.isLogarithmic = isLogarithmic
    self.meaning = meaning
  }
}
