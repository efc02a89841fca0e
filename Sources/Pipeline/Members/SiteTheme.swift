import Site
public import Templates

extension SiteFolder {
  /// The templates of the site's theme: those that Marquee brings along and, over them, the site's own.
  public func templateSources() throws -> [TemplateSource] {
    let standard = try Distribution.folder() + "/site-templates"
    let hasOwn = templates != standard && RawFile.isFolder(templates)
    return try Theme(folders: [standard] + (hasOwn ? [templates] : [])).templates
  }
}
