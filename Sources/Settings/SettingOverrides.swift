package import Models

/// Settings given on the command line: `als.factors=32`, or `factors=32` where one model is named.
package struct SettingOverrides: Sendable, Equatable {
  private var values: [String: [String: Double]] = [:]

  /// - Parameter models: the models that the settings may be for.
  /// - Throws: `ModelError` for words of another shape and for models that are not among them.
  package init(_ words: [String], models: [String]) throws(ModelError) {
    for word in words {
      let sides = word.split(separator: "=", omittingEmptySubsequences: false)
      guard sides.count == 2, !sides[0].isEmpty, let value = Double(sides[1]), value.isFinite else {
        throw .malformedSetting(text: word)
      }
      let names = sides[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
      let model: String
      if names.count == 2 {
        model = try ModelCatalogue.model(named: String(names[0])).descriptor.name
        guard models.contains(model) else { throw .unusedSetting(text: word, models: models) }
      } else {
        guard models.count == 1 else { throw .malformedSetting(text: word) }
        model = models[0]
      }
      values[model, default: [:]][String(names[names.count - 1])] = value
    }
  }

  /// What was said for one model.
  package func values(of model: String) -> [String: Double] { values[model] ?? [:] }

  /// The settings of a model: the defaults, those of the site, and these, the later ones first.
  ///
  /// - Throws: `ModelError`.
  package func settings(of model: ModelDescriptor, on tuned: TunedSettings) throws -> ModelSettings {
    try ModelSettings(
      model, overrides: tuned.values(of: model.name).merging(values(of: model.name)) { $1 })
  }
}
