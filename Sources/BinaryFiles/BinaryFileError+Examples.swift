extension BinaryFileError {
  /// One of each, for the handbook.
  public static var examples: [BinaryFileError] {
    [
      .unreadable(path: "als.bin"),
      .notWritable(path: "als.bin"),
      .foreign(path: "als.bin"),
      .otherKind(path: "als.bin", found: "ease", wanted: "als"),
      .otherVersion(path: "als.bin", found: 2, wanted: 3),
      .otherDataset(path: "als.bin"),
      .damagedFile(path: "als.bin"),
      .damaged,
    ]
  }
}
