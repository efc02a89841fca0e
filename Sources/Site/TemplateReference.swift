package import Templates

/// What the theme's templates may use: the page models that templates are checked against.
package enum TemplateReference {
  /// The names that every page has; the theme's files stand below `assets`.
  package static let frame = TemplateSchema("every page", PageFrame.fields(assets: TemplateSchema("assets", [])))

  /// For each type of page the name of its template, and the names that it has beyond those of every page.
  package static let pages = PageKind.allCases.map { kind in
    (template: kind.rawValue, schema: TemplateSchema(kind.rawValue, kind.fields))
  }
}
