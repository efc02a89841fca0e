/// What a model is and how it can be set.
public struct ModelDescriptor: Sendable {
  /// What a model is asked for.
  public enum Job: String, Sendable {
    case stars, lists
  }

  /// What sets a model apart from most.
  public struct Traits: OptionSet, Sendable {
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Made of other models: where they were fitted already, it takes them over, so it is fitted after them.
    public static let blend = Traits(rawValue: 1)
    /// Its lists are the same for everybody.
    public static let sameForAll = Traits(rawValue: 2)
    /// Nothing without the library that grows trees (`TreeLibrary`).
    public static let grownTrees = Traits(rawValue: 4)
  }

  /// The name in the contract, such as "item-neighbours".
  public let name: String
  /// Such as "neighbours", "factorization".
  public let family: String
  public let job: Job
  /// One sentence for someone who chooses.
  public let purpose: String
  public let settings: [ModelSetting]
  public let traits: Traits
  /// What fitting takes of a computer's memory.
  public let memory: ModelMemory
  /// The paper or source of the method.
  public let reference: String

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

/// One number that changes how a model learns.
public struct ModelSetting: Sendable {
  /// What others than the model have to know of a setting.
  public enum Role: Sendable {
    /// 1 uses when ratings were given, 0 does not: the model knows dates.
    case dates
    /// How much ratings of one sitting tell of each other; 0 looks at no dates.
    case sessions
    /// 1 takes in trees, which only `TreeLibrary` can grow.
    case grownTrees
  }

  public let name: String
  public let defaultValue: Double
  public let range: ClosedRange<Double>
  public let isWhole: Bool
  /// Whether doubling it matters more than adding to it: a search then tries values at equal ratios. Nil leaves the
  /// answer to the range: logarithmic where it spans more than a factor of 100.
  public let isLogarithmic: Bool?
  /// Whether the model chooses the value on its training data where nobody gives it.
  public let isChosen: Bool
  /// Nil for most: the model's own business.
  public let role: Role?
  public let meaning: String

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
