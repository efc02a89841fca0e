import Settings

extension PipelineError {
  /// One of each, for the handbook.
  package static var examples: [PipelineError] {
    [
      .mixedData(paths: ["club.sqlite", "ratings.csv"]),
      .noRatings(source: "ratings.csv"),
      .scaleOfDatabase(path: "club.sqlite"),
      .gatesFailed([GateResult(gate: .brokenLinks, accepted: 0, value: 2, margin: 0)]),
      .tooLittleMemory(model: "ease", needed: 3_000_000_000, there: 1_000_000_000),
      .apartUnusable(path: "members.json", problem: "it names no count"),
      .notFactors(path: "factors.bin"),
      .sparkMissing,
    ]
  }
}
