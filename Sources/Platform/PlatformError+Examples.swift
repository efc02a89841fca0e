extension PlatformError {
  /// One of each, for the handbook.
  package static var examples: [PlatformError] {
    [
      .missing(path: "ratings.csv"),
      .unreadable(path: "films/content/site.yaml"),
      .notWritable(path: "films/output", reason: "No space left on device"),
      .noProcesses,
    ]
  }
}
