/// Why a model could not be chosen, set or loaded.
public enum ModelError: Error, Equatable {
  case unknownModel(name: String, nearest: String?)
  case unknownSetting(model: String, setting: String, known: [String])
  case settingOutOfRange(model: String, setting: String, value: Double, range: ClosedRange<Double>, isWhole: Bool)
  /// Words that should be `setting=value` or `model.setting=value`.
  case malformedSetting(text: String)
  /// A setting of a model that is not used.
  case unusedSetting(text: String, models: [String])
}

extension ModelError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unknownModel(let name, let nearest):
      "no model is called “\(name)”; \(nearest.map { "did you mean “\($0)”? " } ?? "")marquee models lists them all"
    case .unknownSetting(let model, let setting, let known):
      "\(model) has no setting “\(setting)”; it has \(known.isEmpty ? "none" : known.joined(separator: ", "))"
    case .settingOutOfRange(let model, let setting, let value, let range, let isWhole):
      "\(model): \(setting) cannot be \(value); it takes a \(isWhole ? "whole " : "")number from \(range.lowerBound) to \(range.upperBound)"
    case .malformedSetting(let text):
      "“\(text)” is not a setting; write model.setting=number, such as als.factors=32"
    case .unusedSetting(let text, let models):
      "“\(text)” is not for \(models.joined(separator: " or ")); add its model to --models or omit the setting"
    }
  }
}
