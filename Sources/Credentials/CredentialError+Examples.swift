extension CredentialError {
  /// One of each, for the handbook.
  public static var examples: [CredentialError] {
    [
      .outOfMemory
    ]
  }
}
