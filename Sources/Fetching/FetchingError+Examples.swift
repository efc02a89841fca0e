extension FetchingError {
  /// One of each, for the handbook.
  public static var examples: [FetchingError] {
    [
      .unknown("ml-lastest", nearest: "ml-latest")
    ]
  }
}
