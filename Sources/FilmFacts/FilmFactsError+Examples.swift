extension FilmFactsError {
  /// One of each, for the handbook.
  package static var examples: [FilmFactsError] {
    [
      .noKey,
      .limitReached(service: "OMDb", done: 1000, of: 9724),
      .refused(service: "TMDB", reason: "401"),
      .oddAnswer(service: "TMDB", url: "https://api.themoviedb.org/3/movie/348"),
      .notWritable(path: "films/content/facts.csv"),
    ]
  }
}
