extension LinearAlgebraError {
  /// One of each, for the handbook.
  public static var examples: [LinearAlgebraError] { [.libraryMissing] }
}
