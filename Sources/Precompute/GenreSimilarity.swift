package import Ratings

/// The similarity of two genres: the correlation, over users who rated both, of their mean residuals
/// in the two genres.
package struct GenreSimilarity: Sendable {
  /// Similar genres are near each other.
  package var genres: [String]
  /// −1 to 1, row-major, 1 on the diagonal; NaN if too few people rated both.
  package var values: [Float]

  package init(genres: [String] = [], values: [Float] = []) {
    self.genres = genres
    self.values = values
  }

  package subscript(row: Int, column: Int) -> Float { values[row * genres.count + column] }
}

extension GenreSimilarity {
  static let mostGenres = 16
  /// The fewest ratings of a user in a genre, and the fewest users for a correlation.
  private static let fewestRatings = 3
  private static let fewestPeople = 10

  /// - Complexity: O(ratings x genres of a movie + users x genres²).
  package init(_ training: TrainingSet) {
    var counts: [String: Int] = [:]
    for movie in training.movies.indices {
      for genre in training.movies[movie].genres { counts[genre, default: 0] += training.byMovie.count(ofRow: movie) }
    }
    let genres = counts.filter { $0.value > 0 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .prefix(Self.mostGenres).map(\.key)
    let columns = Dictionary(uniqueKeysWithValues: genres.enumerated().map { ($1, $0) })
    let movieGenres = training.movies.map { $0.genres.compactMap { columns[$0] } }
    let residuals = RatingResiduals(training)
    var sums = [Sums](repeating: Sums(), count: genres.count * genres.count)
    for user in 0..<training.userCount {
      var taste = [(sum: Float, count: Int)](repeating: (0, 0), count: genres.count)
      for entry in training.byUser.range(ofRow: user) {
        let value = residuals.value(ofEntry: entry, user: user)
        for genre in movieGenres[Int(training.byUser.columns[entry])] {
          taste[genre].sum += value
          taste[genre].count += 1
        }
      }
      let known = taste.indices.filter { taste[$0].count >= Self.fewestRatings }
      for one in known {
        for other in known {
          sums[one * genres.count + other].add(
            Double(taste[one].sum) / Double(taste[one].count), Double(taste[other].sum) / Double(taste[other].count))
        }
      }
    }
    let all = GenreSimilarity(
      genres: genres, values: sums.map { $0.count < Self.fewestPeople ? .nan : Float($0.correlation) })
    self = all.ordered()
  }

  /// From the first genre always to the most similar remaining one.
  private func ordered() -> GenreSimilarity {
    guard !genres.isEmpty else { return self }
    var order = [0]
    while order.count < genres.count {
      let last = order[order.count - 1]
      let left = genres.indices.filter { !order.contains($0) }
      let similarity = { (genre: Int) in self[last, genre].isNaN ? -2 : self[last, genre] }
      order.append(left.max { (similarity($0), $1) < (similarity($1), $0) } ?? left[0])
    }
    return GenreSimilarity(
      genres: order.map { genres[$0] },
      values: order.flatMap { row in order.map { row == $0 ? 1 : self[row, $0] } })
  }

  private struct Sums {
    var count = 0
    var (x, y, xx, yy, xy) = (0.0, 0.0, 0.0, 0.0, 0.0)

    mutating func add(_ one: Double, _ other: Double) {
      count += 1
      x += one
      y += other
      xx += one * one
      yy += other * other
      xy += one * other
    }

    /// Pearson's; 0 if one of the two is constant.
    var correlation: Double {
      let size = Double(max(1, count))
      let spread = (xx - x * x / size) * (yy - y * y / size)
      return spread > 1e-12 ? (xy - x * y / size) / spread.squareRoot() : 0
    }
  }
}
