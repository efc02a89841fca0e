/// The settings of one model: the descriptor's defaults, with some replaced.
public struct ModelSettings: Sendable, Equatable {
  private let model: String
  private var values: [String: Double]
  /// The self-tuned settings that were set explicitly.
  private var given: Set<String>

  /// The defaults of `descriptor`, replaced by `overrides`.
  ///
  /// - Throws: `ModelError` for a name the model does not have or a value out of its range.
  public init(_ descriptor: ModelDescriptor, overrides: [String: Double] = [:]) throws(ModelError) {
    model = descriptor.name
    given = Set(descriptor.settings.lazy.filter(\.isChosen).map(\.name)).intersection(overrides.keys)
    values = Dictionary(uniqueKeysWithValues: descriptor.settings.map { ($0.name, $0.defaultValue) })
    for (name, value) in overrides.sorted(by: { $0.key < $1.key }) {
      guard let setting = descriptor.settings.first(where: { $0.name == name }) else {
        throw .unknownSetting(model: model, setting: name, known: descriptor.settings.map(\.name))
      }
      guard setting.range.contains(value), !setting.isWhole || value == value.rounded() else {
        throw .settingOutOfRange(
          model: model, setting: name, value: value, range: setting.range, isWhole: setting.isWhole)
      }
      values[name] = value
    }
  }

  /// The value of a setting that the model's descriptor declares.
  public subscript(_ name: String) -> Double {
    guard let value = values[name] else { preconditionFailure("\(model) declares no setting \(name)") }
    return value
  }

  /// Whether the setting was set explicitly, so that the model must not tune it.
  package func isGiven(_ name: String) -> Bool { given.contains(name) }

  /// The same with other values of unset settings.
  package func choosing(_ chosen: [String: Double]) -> ModelSettings {
    var settings = self
    for (name, value) in chosen where !isGiven(name) && values[name] != nil { settings.values[name] = value }
    return settings
  }

  /// The same with the values that `model`, fitted with these settings, chose itself.
  package func choosing(by model: any Recommender) -> ModelSettings {
    (model as? any SelfTuningRecommender).map { choosing($0.chosenSettings) } ?? self
  }

  /// The same with other values, whether set explicitly or not.
  func replacing(_ others: [String: Double]) -> ModelSettings {
    var settings = self
    for (name, value) in others { settings.values[name] = value }
    return settings
  }

  /// All settings by name, in alphabetical order.
  public var all: [(name: String, value: Double)] {
    values.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
  }
}
