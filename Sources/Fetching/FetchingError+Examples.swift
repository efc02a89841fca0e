extension FetchingError {
  /// One of each, for the handbook.
  package static var examples: [FetchingError] {
    [
      .unknown("ml-lastest", nearest: "ml-latest")
    ]
  }
}
