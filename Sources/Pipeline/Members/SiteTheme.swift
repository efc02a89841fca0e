import Site
public import Templates

extension SiteFolder {
  /// The templates of the site's theme with its texts in a language: those that Marquee brings along and, over them,
  /// the site's own.
  public func templateSources(language: String) throws -> [TemplateSource] {
    let standard = try Distribution.folder() + "/site-templates"
    let hasOwn = templates != standard && RawFile.isFolder(templates)
    let theme = try Theme(folders: [standard] + (hasOwn ? [templates] : []))
    return try theme.templates + Texts(theme.texts, language: language).templates
  }
}
