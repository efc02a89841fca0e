import Platform
package import Ratings
package import Settings
package import Site
package import Templates

extension SiteFolder {
  /// The templates of the site's theme with its texts in a language, and these texts by themselves: those that Marquee
  /// brings along and, over them, the site's own.
  package func theme(
    language: String, scale: RatingScale
  ) throws -> (templates: [TemplateSource], texts: Texts) {
    let theme = try Theme(folders: themeFolders())
    let texts = try Texts(theme.texts, language: language).speaking(of: scale)
    return (theme.templates + texts.templates, texts)
  }

  /// Marquee's own theme, and the site's where it has one.
  package func themeFolders() throws -> [String] {
    let standard = try Distribution.folder() + "/site-templates"
    let hasOwn = templates != standard && FileStamp(path: templates) != nil
    return [standard] + (hasOwn ? [templates] : [])
  }
}
