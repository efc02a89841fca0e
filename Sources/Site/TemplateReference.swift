package import Templates

/// What the theme's templates may use: the page models that templates are checked against.
package enum TemplateReference {
  /// The names that every page has; the theme's files are below `assets`.
  package static let frame = PageFrame.model(assets: PageModel<Void>("assets") {}).schema

  /// For each type of page the name of its template, and the names that it has beyond those of every page.
  package static let pages = SitePages.all.map { page in (template: page.template, schema: schema(of: page)) }

  private static func schema<Page: SitePage>(of page: Page.Type) -> TemplateSchema { page.model.schema }
}
