import Ratings

extension TrainingSet {
  /// Ratings as a table of users x movies, nil where there is none.
  init(rows: [[Float?]], movieCount: Int? = nil, scale: RatingScale = .wholeStars) {
    var table = RatingTable()
    for (user, row) in rows.enumerated() {
      for (movie, value) in row.enumerated() {
        guard let value else { continue }
        table.append(user: Int32(user), movie: Int32(movie), value: value, time: 0)
      }
    }
    let movieCount = movieCount ?? rows.map(\.count).max() ?? 0
    self.init(
      table, users: (0..<rows.count).map { User(id: .number(Int64($0))) },
      movies: (0..<movieCount).map { Movie(id: .number(Int64($0)), title: "") }, scale: scale)
  }

  /// Random whole stars at a random `density` of the places.
  static func noise(users: Int, movies: Int, density: Double, seed: UInt64) -> TrainingSet {
    var random = CounterRandom(seed: seed)
    return TrainingSet(
      rows: (0..<users).map { _ in
        (0..<movies).map { _ in random.uniform() < density ? Float(1 + random.index(below: 5)) : nil }
      }, movieCount: movies)
  }

  /// Users and movies of two tastes, by their parity: 5 stars for the own, 1 for the other. User *n* has not rated
  /// movie *n*; a third of the other places is empty too, at random.
  static func twoTastes(count: Int) -> TrainingSet {
    TrainingSet(
      rows: (0..<count).map { user in
        (0..<count).map { movie in
          guard user != movie, CounterRandom.mix(UInt64(user * count + movie)) % 3 != 0 else { return nil }
          return user % 2 == movie % 2 ? 5 : 1
        }
      })
  }

  /// The checkerboard: each user rated the movies of the own parity, with 5 stars, all but the one of the same index.
  static func checkerboard(count: Int) -> TrainingSet {
    TrainingSet(
      rows: (0..<count).map { user in
        (0..<count).map { movie in user % 2 == movie % 2 && user != movie ? 5 : nil }
      })
  }
}
