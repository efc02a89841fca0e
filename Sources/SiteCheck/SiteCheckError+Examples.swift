extension SiteCheckError {
  /// One of each, for the handbook.
  package static var examples: [SiteCheckError] {
    [
      .noFolder("films/output"),
      .noIndex("films"),
      .notBuilt("films/output"),
      .unreadable(path: "films/output/movies", reason: "Permission denied"),
    ]
  }
}
