import Ratings

/// One spelling for each genre, as tags have: “Sci-Fi”, “sci-fi” and “SCI_FI” are one.
enum GenreSpelling {
  /// The movies with the most frequent spelling of each of their genres; of equally frequent ones the first by its bytes.
  static func unified(_ movies: [Movie]) -> [Movie] {
    var counts: [String: [String: Int]] = [:]
    for movie in movies { for genre in movie.genres { counts[key(genre), default: [:]][genre, default: 0] += 1 } }
    let spellings = counts.filter { $0.value.count > 1 }.compactMapValues { found in
      found.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }
    guard !spellings.isEmpty else { return movies }
    return movies.map { movie in
      var movie = movie
      var seen: Set<String> = []
      movie.genres = movie.genres.map { spellings[key($0)] ?? $0 }.filter { seen.insert($0).inserted }
      return movie
    }
  }

  /// Marks count, since C# is not C++.
  private static func key(_ genre: String) -> String {
    genre.lowercased().split { $0 == " " || $0 == "-" || $0 == "_" }.joined(separator: " ")
  }
}
