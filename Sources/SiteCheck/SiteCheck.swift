/// Checks a built site as a visitor, a crawler and a script would use it.
///
/// Every link inside the site leads to a file and every anchor to an id of it; ids are unique; every page but
/// `404.html` and `offline.html` can be reached from `index.html`; tags balance; sitemaps and feeds are well-formed and
/// what they list is there; JSON parses and says what the contract promises.
package struct SiteCheck {
  private let folder: String

  /// - Parameter folder: the folder that holds the site's `index.html`.
  package init(folder: String) { self.folder = folder }

  /// Reads every file once, and pages that others link into once more.
  ///
  /// - Throws: `SiteCheckError`, if the folder or its index.html is not there or a file cannot be read.
  /// - Complexity: linear in the bytes; memory grows with the number of files (some 60 bytes each), not with their size.
  package func run() throws -> SiteCheckReport {
    var walk = try Walk(folder: folder)
    try walk.run()
    return walk.report
  }
}
