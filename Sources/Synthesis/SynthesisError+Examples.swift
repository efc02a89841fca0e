extension SynthesisError {
  /// One of each, for the handbook.
  package static var examples: [SynthesisError] {
    [
      .notPositive(what: "users", value: 0),
      .tooMany(what: "movies", value: 100_000_000, limit: 10_000_000),
      .moreRatingsThanPairs(ratings: 90, users: 8, movies: 10),
      .fewerRatingsThanUsers(ratings: 5, users: 8),
      .folderNotEmpty("data"),
      .notAFolder("data.csv"),
      .system(path: "data", action: "written", reason: "No space left on device"),
      .malformedFilm(path: "films.csv", line: 3, reason: "no year"),
      .tooFewFilms(films: 3, ratings: 900),
    ]
  }
}
