extension PipelineError {
  /// One of each, for the handbook.
  public static var examples: [PipelineError] {
    [
      .noDistribution,
      .noSite(folder: "films"),
      .noData(settings: "films/content/site.yaml"),
      .dataMissing(path: "ratings.csv"),
      .unreadable(path: "films/content/site.yaml"),
      .mixedData(paths: ["club.sqlite", "ratings.csv"]),
      .noRatings(source: "ratings.csv"),
      .scaleOfDatabase(path: "club.sqlite"),
      .settings(
        path: "films/content/site.yaml", line: 3, problem: "“quality” cannot be “good”", mend: "it takes best or quick"),
      .foreignOutput(path: "photos"),
      .foreignFileInTheWay(path: "films/output/movies"),
      .notFolder(path: "thesis.txt/out", obstacle: "thesis.txt"),
      .outputInsideContent(path: "films/content/out"),
      .outputInUse(path: "films/output"),
      .gatesFailed([GateResult(gate: .brokenLinks, accepted: 0, value: 2, margin: 0)]),
      .notWritable(path: "films/output", reason: "No space left on device"),
      .folderNotEmpty(path: "films"),
      .libraryMissing(name: "OpenBLAS", use: "training", package: "libopenblas0"),
      .badLine(path: "pairs.csv", line: 2, problem: "2 fields are needed; write user,movie"),
      .noProcesses,
      .notBuilt(folder: "films"),
      .unknownUser(id: "9999", range: "1 to 610"),
      .unknownMovie(id: "Alein", nearest: "Alien (1979)"),
      .noTarget(settings: "films/content/site.yaml"),
      .unknownTarget("s4", known: ["s3 club"]),
      .tooLittleMemory(model: "ease", needed: 3_000_000_000, there: 1_000_000_000),
      .budgetTooSmall(model: "als", seconds: 2),
      .apartUnusable(path: "members.json", problem: "it names no count"),
      .sparkMissing,
      .notFactors(path: "factors.bin"),
    ]
  }
}
