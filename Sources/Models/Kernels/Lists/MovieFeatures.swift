import Ratings

/// The content features of each movie: genres, decade, tags.
struct MovieFeatures: Sendable {
  /// Movies x features; the values of a movie are equal and their squares sum to 1.
  let byMovie: SparseRows

  /// Features that two movies or more share, in alphabetical order of their kinds and names.
  ///
  /// - Complexity: O(features log features).
  init(_ training: TrainingSet, includesTags: Bool = true) {
    var names = training.movies.map { movie in
      Set(movie.genres.map { "genre \($0)" } + (movie.decade.map { ["decade \($0)"] } ?? []))
    }
    for tag in training.tags where includesTags && Int(tag.movie) < names.count && tag.movie >= 0 {
      names[Int(tag.movie)].insert("tag \(tag.text.lowercased())")
    }
    var counts: [String: Int] = [:]
    for name in names.joined() { counts[name, default: 0] += 1 }
    let kept = counts.filter { $0.value >= 2 }.keys.sorted()
    let places = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, Int32($0)) })
    var offsets = [0]
    var columns: [Int32] = []
    var values: [Float] = []
    for names in names {
      let own = names.compactMap { places[$0] }.sorted()
      columns += own
      values += [Float](repeating: 1 / Float(max(1, own.count)).squareRoot(), count: own.count)
      offsets.append(columns.count)
    }
    byMovie = SparseRows(offsets: offsets, columns: columns, values: values, columnCount: kept.count)
  }
}
