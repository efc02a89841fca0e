extension WorkbenchError {
  /// One of each, for the handbook.
  package static var examples: [WorkbenchError] {
    [
      .folderNotEmpty(path: "films"),
      .badLine(path: "pairs.csv", line: 2, problem: "2 fields are needed; write user,movie"),
      .unknownUser(id: "9999", range: "1 to 610"),
      .unknownMovie(id: "Alein", nearest: "Alien (1979)"),
      .budgetTooSmall(model: "als", seconds: 2),
    ]
  }
}
