extension WebError {
  /// One of each, for the handbook.
  package static var examples: [WebError] {
    [
      .noCurl,
      .failed(url: "https://example.org/ratings.zip", reason: "Could not resolve host"),
      .status(url: "https://example.org/ratings.zip", code: 404, excerpt: ""),
      .tooLarge(url: "https://example.org/ratings.zip", bytes: 9_000_000),
      .checksum(url: "https://example.org/ratings.zip", expected: "1f2e…", found: "77ab…"),
      .noChecksum(url: "https://example.org/ratings.zip.md5"),
      .notWritable(path: "ratings.zip", reason: "No space left on device"),
      .unreadable(path: "ratings.zip"),
    ]
  }
}
