extension TemplateError {
  /// One of each, for the handbook.
  public static var examples: [TemplateError] {
    [
      .faults(TemplateFault.examples),
      .unknownTemplate(name: "movi", nearest: "movie"),
      .sameName(name: "movie", paths: ["a/movie.mustache", "b/movie.mustache"]),
    ]
  }
}

extension TemplateFault {
  /// One of each kind, a line each.
  static var examples: [TemplateFault] {
    let kinds: [Kind] = [
      .unclosedTag(delimiter: "}}"),
      .emptyTag,
      .badName("a..b"),
      .badDelimiters("="),
      .unclosedSection("films"),
      .strayClosing("films"),
      .wrongClosing("films", open: "people", line: 3),
      .notInParent("films", parent: "page"),
      .tooDeep(limit: 64),
      .unknownPartial("rwo", nearest: "row"),
      .unknownBlock("mian", parent: "page", nearest: "main"),
      .undeclared("titel", model: "movie", nearest: "title"),
      .notPrintable("films", model: "list", kind: "a list"),
      .unescaped("title", model: "movie"),
      .endlessRecursion("row"),
    ]
    return kinds.enumerated().map { TemplateFault(path: "movie.mustache", line: $0 + 1, column: 1, kind: $1) }
  }
}
