import Settings
import Site

extension ReferencePage {
  /// The settings of `content/site.yaml`.
  package static var settings: ReferencePage {
    var body = """
      `content/site.yaml` holds one setting a line, `name: value`. None is needed but `data`. A name or value that is not known stops the
      build, with its line and the nearest that is known.


      """
    body += MarkdownText.table(
      ["setting", "takes", "default", "what it does"],
      SiteSetting.all.map { setting in
        [
          MarkdownText.code(setting.name), MarkdownText.escaped(setting.takes), MarkdownText.escaped(setting.standard),
          MarkdownText.escaped(setting.meaning),
        ]
      })
    body += "## Targets of deploy\n\nEach entry names one place, and what is needed to reach it.\n\n"
    body += MarkdownText.table(
      ["name", "default", "what it is"],
      TargetSetting.allCases.map {
        [MarkdownText.code($0.rawValue), MarkdownText.code($0.standard), MarkdownText.escaped($0.meaning)]
      })
    body += "## Gates\n\nBelow `gates:`, each figure with the margin by which it may become worse.\n\n"
    body += MarkdownText.table(
      ["figure", "what it is", "better"],
      Gate.allCases.map {
        [MarkdownText.code($0.rawValue), MarkdownText.escaped($0.meaning), $0.isGain ? "more" : "less"]
      })
    body += """
      ## Settings of serve

      Below `serve:`. The environment is stronger than the file, a flag (`--set NAME=VALUE`) stronger than both.


      """
    let standard = ServeSettings()
    body += MarkdownText.table(
      ["setting", "takes", "default", "environment", "what it does"],
      ServeSetting.all.map { setting in
        [
          MarkdownText.code(setting.name), MarkdownText.escaped(setting.takes),
          MarkdownText.code(setting.text(standard)),
          MarkdownText.code(ServeSettings.variable(setting.name)), MarkdownText.escaped(setting.meaning),
        ]
      })
    body += """
      ## Front matter

      At the head of a Markdown file below `content/pages/`, `content/news/` or `content/lists/`, between two lines `---`.


      """
    body += MarkdownText.table(
      ["name", "takes", "what it does"],
      PageSetting.allCases.map {
        [MarkdownText.code($0.rawValue), MarkdownText.escaped($0.takes), MarkdownText.escaped($0.meaning)]
      })
    return ReferencePage(
      name: "settings", title: "Settings", description: "Every setting of site.yaml, with its default.", order: 901,
      body: body)
  }
}
