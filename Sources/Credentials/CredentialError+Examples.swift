extension CredentialError {
  /// One of each, for the handbook.
  package static var examples: [CredentialError] {
    [
      .outOfMemory
    ]
  }
}
