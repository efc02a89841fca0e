extension EvaluationError {
  /// One of each, for the handbook.
  public static var examples: [EvaluationError] {
    [
      .noDates,
      .nothingToTest(protocol: "5 random folds, mean, seed 1"),
    ]
  }
}
