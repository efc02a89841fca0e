extension PublishingError {
  /// One of each, for the handbook.
  package static var examples: [PublishingError] {
    [
      .foreignOutput(path: "photos"),
      .foreignFileInTheWay(path: "films/output/movies"),
      .notFolder(path: "thesis.txt/out", obstacle: "thesis.txt"),
      .outputInsideContent(path: "films/content/out"),
      .outputInUse(path: "films/output"),
      .libraryMissing(name: "libbrotlienc", use: "compress: brotli", package: "libbrotli1"),
    ]
  }
}
