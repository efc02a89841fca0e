extension MarkdownError {
  /// One of each, for the handbook.
  package static var examples: [MarkdownError] {
    [
      .notUTF8(path: "about.md", line: 3),
      .otherFormat(path: "about.md", line: 1, format: "TOML"),
      .unknownKey(path: "about.md", line: 3, key: "navigaton", nearest: "navigation", known: []),
      .unclosedFrontMatter(path: "about.md", line: 1),
      .badYAML(path: "about.md", line: 2, problem: "mapping values are not allowed in this context"),
      .notAMapping(path: "about.md", line: 2),
      .tooDeep(path: "about.md", line: 90, limit: 100),
      .wrongType(path: "about.md", line: 3, key: "draft", expected: "true or false"),
    ]
  }
}
