extension MemberError {
  /// One of each, for the handbook.
  package static var examples: [MemberError] {
    [
      .modelNotTrained(name: "svd", trained: ["als", "ease"]),
      .unknownMovie(id: "tt0078748"),
      .notForgotten(site: "films/output"),
    ]
  }
}
