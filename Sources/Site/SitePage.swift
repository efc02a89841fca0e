import Templates

/// A type of page: what its template may use, what it says in the frame, and its files.
protocol SitePage: SendableMetatype {
  /// What one page of the type is made from.
  associatedtype Input

  /// The template in the theme.
  static var template: String { get }
  /// What the template may use beyond the frame.
  static var model: PageModel<Input> { get }
  /// What the page says in the frame.
  static func head(_ input: Input) -> PageFrame.Page
  /// The pages of this type; those that search engines may index are in the sitemap in this order.
  static func files(of site: SiteParts) -> [SiteFile]
}

/// The types of pages, in the order of the sitemap: a page that is not here does not exist.
enum SitePages {
  static let all: [any SitePage.Type] = [
    HomePage.self, NotFoundPage.self, ModelsPage.self, SearchPage.self, OfflinePage.self, NewsPage.self,
    AccountPage.self, RatePage.self, YouPage.self, ContentPage.self, TitlesPage.self, ShelvesPage.self,
    ShelfPage.self, ListsPage.self, ListPage.self, MembersPage.self, MoviePage.self, MemberPage.self,
    PackedPage.self,
  ]
}

extension SitePage {
  /// What the template may use in this site: the frame and what the page declares.
  static func framedModel(in frame: PageFrame) -> PageModel<Input> {
    PageModel<Input>(template) {
      frame.model.of { PageFrame.Placed(page: head($0), frame: frame) }
      model.of { $0 }
    }
  }

  /// The pages of this type under `path`.
  ///
  /// - Parameters:
  ///   - count: how many there are.
  ///   - isIndexed: whether search engines may keep them.
  ///   - input: what each is made from.
  static func file(
    of site: SiteParts, count: Int = 1, isIndexed: Bool = true, path: @escaping @Sendable (Int) -> String,
    _ input: @escaping @Sendable (Int) -> Input
  ) -> SiteFile {
    let (model, library) = (framedModel(in: site.context.frame), site.library)
    return SiteFile(template: template, count: count, isIndexed: { _ in isIndexed }, path: path) { index, bytes in
      library.render(template, model(input(index)), into: &bytes)
    }
  }

  /// The pages of this type under `path`, kept from an earlier build where they were made from the same.
  ///
  /// - Parameter input: reads what each is made from.
  static func file(
    of site: SiteParts, count: Int, isIndexed: @escaping @Sendable (Int) -> Bool = { _ in true },
    path: @escaping @Sendable (Int) -> String,
    reading input: @escaping @Sendable (Int, inout SourceReader) -> Input
  ) -> SiteFile {
    let (model, library) = (framedModel(in: site.context.frame), site.library)
    return SiteFile(
      template: template, count: count, isIndexed: isIndexed, path: path,
      base: site.inputs.map {
        site.context.frame.fingerprint(for: template, using: model.schema, inputs: $0, library)
      }, reading: input
    ) { input, bytes in
      library.render(template, model(input), into: &bytes)
    }
  }

  /// Refuses a theme that lacks the template, and a template that uses what the page does not declare.
  static func check(_ library: TemplateLibrary, frame: PageFrame, folders: [String]) throws {
    guard library.names.contains(template) else { throw SiteError.templateMissing(name: template, folders: folders) }
    try library.check(template, against: framedModel(in: frame).schema)
  }
}
