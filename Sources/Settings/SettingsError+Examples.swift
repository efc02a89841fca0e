extension SettingsError {
  /// One of each, for the handbook.
  package static var examples: [SettingsError] {
    [
      .noDistribution,
      .noSite(folder: "films"),
      .noData(settings: "films/content/site.yaml"),
      .wrong(
        path: "films/content/site.yaml", line: 3, problem: "“quality” cannot be “good”",
        advice: "it takes best or quick"),
      .notBuilt(folder: "films"),
      .noTarget(settings: "films/content/site.yaml"),
      .unknownTarget("s4", known: ["s3 club"]),
    ]
  }
}
