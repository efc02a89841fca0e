import Models
import Settings

extension ReferencePage {
  /// The models with their settings.
  package static var models: ReferencePage {
    let models = ModelCatalogue.all.map { $0.descriptor }
    var body =
      "Settings have these defaults; for one marked “chosen”, the model tries values on a part of "
    body +=
      "its training data. [Models](../choosing.md) says how to choose, [Evaluation](../evaluation.md) how to measure.\n\n"
    body += MarkdownText.table(
      ["model", "for", "family"],
      models.map { ["[\($0.name)](#\($0.name))", $0.job.rawValue, MarkdownText.escaped($0.family)] })
    for model in models {
      body += "## \(model.name)\n\n\(MarkdownText.escaped(model.purpose))\n\n"
      body += MarkdownText.table(
        ["setting", "default", "from", "to", "what it does"],
        model.settings.map { setting in
          [
            MarkdownText.code(setting.name),
            SettingText.number(setting.defaultValue) + (setting.isChosen ? ", chosen" : ""),
            SettingText.number(setting.range.lowerBound), SettingText.number(setting.range.upperBound),
            MarkdownText.escaped(setting.meaning),
          ]
        })
      body += "\(MarkdownText.escaped(model.reference))\n\n"
    }
    return ReferencePage(
      name: "models", title: "All models",
      description: "Every model: what it is for, its settings and where it comes from.",
      order: 902, body: body)
  }
}
