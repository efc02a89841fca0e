extension IngestError {
  /// One of each, for the handbook.
  package static var examples: [IngestError] {
    [
      .noPaths,
      .unknownFormat("letterbox", nearest: "letterboxd"),
      .missing(path: "ratings.csv"),
      .unreadable(path: "ratings.csv", reason: "Permission denied"),
      .notAFile(path: "/dev/tty"),
      .empty(path: "ratings.csv"),
      .unknownContent(path: "notes.txt", reason: "no line holds a user, a movie and a rating"),
      .noDataSet(path: "folder", format: nil, holds: ["notes.txt"]),
      .severalDataSets(path: "folder", candidates: ["a.csv", "b.csv"]),
      .archives(path: "folder", ["a.zip", "b.zip"]),
      .missingColumns(path: "ratings.csv", line: 1, missing: ["rating"], found: ["user", "movie", "date"]),
      .noHeader(path: "ratings.csv", found: ["1", "31", "2.5"]),
      .foreignContent(path: "ratings.xlsx", .spreadsheet),
      .samePerson(first: "a.csv", second: "b.csv", name: "letterboxd"),
      .samePersonStored(path: "b.csv", name: "letterboxd"),
      .severalPeople(path: "ratings.csv", count: 610),
      .noProfile(path: "netflix.zip", name: "Ann", profiles: ["Anne", "Ben"]),
      .damagedArchive(path: "data.zip", reason: "Truncated ZIP file data"),
      .changed(path: "ratings.csv", expected: 9000, found: 8000),
      .noRatings(path: "ratings.csv", IngestReport()),
      .tooManyBadLines(path: "ratings.csv", bad: 20, of: 90, .example),
      .badLines(.example),
      .tooManyRatings(path: "ratings.csv"),
    ]
  }
}

extension IngestReport {
  fileprivate static var example: IngestReport {
    var report = IngestReport()
    report.addBadLine(.ratingNotANumber("four"), file: "ratings.csv", line: 7)
    return report
  }
}
