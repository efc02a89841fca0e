import Site
public import Templates

extension SiteFolder {
  /// The templates of the site's theme with its texts in a language: those that Marquee brings along and, over them,
  /// the site's own.
  public func templateSources(language: String) throws -> [TemplateSource] {
    let theme = try Theme(folders: themeFolders())
    return try theme.templates + Texts(theme.texts, language: language).templates
  }

  /// Marquee's own theme, and the site's where it has one.
  func themeFolders() throws -> [String] {
    let standard = try Distribution.folder() + "/site-templates"
    let hasOwn = templates != standard && FileStamp(path: templates) != nil
    return [standard] + (hasOwn ? [templates] : [])
  }
}
