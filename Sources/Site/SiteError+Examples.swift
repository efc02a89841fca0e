extension SiteError {
  /// One of each, for the handbook.
  package static var examples: [SiteError] {
    [
      .folderUnreadable(path: "site-templates"),
      .fileUnreadable(path: "site-templates/movie.mustache"),
      .templateNotUTF8(path: "site-templates/movie.mustache"),
      .templateMissing(name: "movie.mustache", folders: ["site-templates"]),
      .addressInvalid(url: "films"),
      .sizeNotPositive(name: "per-page", value: 0),
      .pageNameTaken(name: "metrics", path: "content/pages/metrics.md"),
      .pageNamesMeet(name: "best", paths: ["content/pages/Best.md", "content/pages/best.md"]),
      .ownFileInTheWay(path: "content/static/api/models.json"),
      .ownFilesMeet(path: "robots.txt", sources: ["content/static/robots.txt", "content/static/Robots.txt"]),
      .secretTooShort(minimum: 16),
      .packedWithAccounts,
      .templateNotPacked(path: "site-templates/user.mustache:12", tag: "{{>row}}"),
      .languageUnknown(language: "no", known: ["de", "en", "he"]),
      .textMissing(name: "rate-title"),
      .text(
        path: "content/lists/best.md", line: 4, problem: "no film is called “Alein”",
        advice: "did you mean “Alien (1979)”?"),
    ]
  }
}
