/// The description of a model and its settings.
public struct ModelDescriptor: Sendable {
  /// The task of a model.
  public enum Job: String, Sendable {
    case stars, lists
  }

  /// Special properties of a model.
  public struct Traits: OptionSet, Sendable {
    /// The properties as bits.
    public let rawValue: Int

    /// Properties by their bits.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Built from other models: it reuses those already fitted, so it is fitted after them.
    public static let blend = Traits(rawValue: 1)
    /// Its lists are the same for everybody.
    public static let sameForAll = Traits(rawValue: 2)
    /// Unavailable without the library that grows trees (`TreeLibrary`).
    public static let grownTrees = Traits(rawValue: 4)
  }

  /// The name in the contract, such as "item-neighbours".
  public let name: String
  /// Such as "neighbours", "factorization".
  public let family: String
  /// What it is for, and so by which figures it is compared.
  public let job: Job
  /// One sentence for someone who chooses.
  public let purpose: String
  /// What can be set, in the order in which help names it.
  public let settings: [ModelSetting]
  /// What distinguishes it from others.
  public let traits: Traits
  /// The memory needed for fitting.
  public let memory: ModelMemory
  /// The paper or source of the method.
  public let reference: String

  /// A description; memory is assumed where it was not measured.
  public init(
    name: String, family: String, job: Job, purpose: String, settings: [ModelSetting] = [], traits: Traits = [],
    memory: ModelMemory = .assumed, reference: String
  ) {
    self.name = name
    self.family = family
    self.job = job
    self.purpose = purpose
    self.settings = settings
    self.traits = traits
    self.memory = memory
    self.reference = reference
  }

  /// The setting in that role; nil for a model without one.
  public func setting(_ role: ModelSetting.Role) -> ModelSetting? { settings.first { $0.role == role } }
}

/// A hyperparameter of a model.
public struct ModelSetting: Sendable {
  /// The role of a setting for code outside the model.
  public enum Role: Sendable {
    /// 1 uses the timestamps of ratings, 0 does not: the model is time-aware.
    case dates
    /// The weight of sessions; 0 ignores timestamps.
    case sessions
    /// 1 includes trees, which only `TreeLibrary` can grow.
    case grownTrees
  }

  /// The name in the contract, such as "factors".
  public let name: String
  /// The value where nobody sets one.
  public let defaultValue: Double
  /// The values that are accepted, both ends included.
  public let range: ClosedRange<Double>
  /// Whether only whole numbers are accepted.
  public let isWhole: Bool
  /// Whether its scale is logarithmic, for a search. Nil leaves the
  /// answer to the range: logarithmic where it spans more than a factor of 100.
  public let isLogarithmic: Bool?
  /// Whether the model tunes the value on its training data if it is not set.
  public let isChosen: Bool
  /// Nil for most.
  public let role: Role?
  /// What it does, in a few words for help.
  public let meaning: String

  /// A setting, whose default lies in its range.
  public init(
    _ name: String, default defaultValue: Double, in range: ClosedRange<Double>, isWhole: Bool = false,
    isLogarithmic: Bool? = nil, isChosen: Bool = false, role: Role? = nil, _ meaning: String
  ) {
    self.role = role
    self.isChosen = isChosen
    self.name = name
    self.defaultValue = defaultValue
    self.range = range
    self.isWhole = isWhole
    self.isLogarithmic = isLogarithmic
    self.meaning = meaning
  }
}
