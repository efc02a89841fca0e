extension StoreError {
  /// One of each, for the handbook.
  package static var examples: [StoreError] {
    [
      .notWritable(path: "club.sqlite"),
      .isFolder(path: "club"),
      .notADatabase(path: "notes.txt"),
      .foreign(path: "places.sqlite"),
      .newerSchema(path: "club.sqlite", found: 9, known: 8),
      .damaged(path: "club.sqlite"),
      .locked(path: "club.sqlite"),
      .sameFile(path: "club.sqlite"),
      .foreignLog(path: "club.sqlite-wal"),
      .diskFull(path: "club.sqlite"),
      .refused(path: "club.sqlite", reason: "attempt to write a readonly database"),
      .failed(path: "club.sqlite", code: 10, reason: "disk I/O error"),
      .inUse(path: "films/.marquee/lock", holder: "4711"),
    ]
  }
}
