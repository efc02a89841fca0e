extension BackupError {
  /// One of each, for the handbook.
  static var examples: [BackupError] {
    [
      .inUse(path: "films/.marquee/marquee.sqlite", holder: "4711")
    ]
  }
}
