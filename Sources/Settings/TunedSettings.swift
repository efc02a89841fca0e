package import Models
import Platform
import Ratings
import YAML
import Yams

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What `content/models.yaml` says: the models' settings where they are not the defaults.
///
///     als:
///       factors: 48
///       regularization: 0.05
package struct TunedSettings: Sendable, Equatable {
  private var models: [String: [String: Double]] = [:]

  /// Nothing but defaults.
  package init() {}

  /// These, and `others` for models of which these say nothing.
  package func filled(from others: [String: [String: Double]]) -> TunedSettings {
    var result = self
    result.models.merge(others) { own, _ in own }
    return result
  }

  /// With those of a machine on which no trees can be grown, where nobody set them.
  package func forInstalledLibraries() -> TunedSettings {
    guard !TreeLibrary.isInstalled else { return self }
    var result = self
    result.models.merge(ModelCatalogue.settingsWithoutTrees) { own, missing in missing.merging(own) { $1 } }
    return result
  }

  /// Those of one model.
  package func values(of model: String) -> [String: Double] { models[model] ?? [:] }

  /// The settings of a model, with these instead of its defaults.
  package func settings(of model: ModelDescriptor) throws -> ModelSettings {
    try ModelSettings(model, overrides: values(of: model.name))
  }

  /// Replaces the settings of one model; values that are the default are left out.
  package mutating func replace(_ settings: ModelSettings, of model: ModelDescriptor) {
    var values: [String: Double] = [:]
    for setting in model.settings where settings[setting.name] != setting.defaultValue {
      values[setting.name] = settings[setting.name]
    }
    models[model.name] = values.isEmpty ? nil : values
  }

  /// Every setting as `model.setting=value`, in order: what results depend on.
  package var words: [String] {
    models.sorted { $0.key < $1.key }.flatMap { model, values in
      values.sorted { $0.key < $1.key }.map { "\(model).\($0.key)=\(SettingText.number($0.value))" }
    }
  }
}

extension TunedSettings {
  /// Reads the file of a site; a site without one has defaults.
  ///
  /// - Throws: `SettingsError.wrong` with file, line and the nearest known word.
  package init(readingFrom folder: SiteFolder) throws {
    self.init()
    let path = folder.modelSettings
    guard let data = FileManager.default.contents(atPath: path) else { return }
    func error(_ node: Node?, _ problem: String, _ advice: String) -> SettingsError {
      .wrong(path: path, line: node?.mark?.line, problem: problem, advice: advice)
    }
    let shape = "write lines such as “als:” and, below it, “  factors: 48”"
    let root: Node?
    do {
      root = try YAMLText.root(of: String(decoding: data, as: UTF8.self))
    } catch {
      throw SettingsError.wrong(
        path: path, line: error.line, problem: "is not YAML (\(error.problem))", advice: shape)
    }
    guard let root else { return }
    guard let mapping = root.mapping else { throw error(root, "contains no settings of models", shape) }
    for (key, node) in mapping {
      let name = key.string ?? "?"
      let descriptor: ModelDescriptor
      do { descriptor = try ModelCatalogue.model(named: name).descriptor } catch {
        throw SettingsError.wrong(
          path: path, line: key.mark?.line, problem: "names a model “\(name)”", advice: "\(error)")
      }
      guard let settings = node.mapping else { throw error(key, "says nothing that sets “\(name)”", shape) }
      for (key, node) in settings {
        let setting = key.string ?? "?"
        guard let value = node.scalar.flatMap({ Double($0.string) }) else {
          throw error(key, "“\(setting)” of \(name) is not a number", "write “\(setting): 10”")
        }
        do {
          _ = try ModelSettings(descriptor, overrides: [setting: value])
        } catch {
          throw SettingsError.wrong(
            path: path, line: key.mark?.line, problem: "\(error)", advice: "marquee models lists the settings")
        }
        models[name, default: [:]][setting] = value
      }
    }
  }

  /// The file's text, models and settings in alphabetical order.
  package var text: String {
    var text = "# Settings of models where they are not the defaults: found by “marquee tune”, read by every build.\n"
    for (model, values) in models.sorted(by: { $0.key < $1.key }) {
      text += "\(model):\n"
      for (setting, value) in values.sorted(by: { $0.key < $1.key }) {
        text += "  \(setting): \(SettingText.number(value))\n"
      }
    }
    return text
  }

  /// Writes the file of a site, whole or not at all.
  ///
  /// - Throws: `PlatformError.notWritable`.
  package func write(to folder: SiteFolder) throws {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: folder.modelSettings), options: .atomic)
    } catch {
      throw PlatformError.notWritable(path: folder.modelSettings, reason: "the file cannot be made")
    }
  }
}

/// Numbers of settings as people write them.
package enum SettingText {
  /// Whole numbers without a point.
  package static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }
}
