import Ratings

extension Dataset {
  /// A small data set full of odd but lawful content.
  static func random(seed: UInt64, users: Int = 12, movies: Int = 15, ratings: Int = 60) -> Dataset {
    var random = CounterRandom(seed: seed)
    let texts = [
      "", "plain", "O'Hara; DROP TABLE users", "\"quoted\", \\ and \n new lines\t\r", "日本語 🎬👩‍👩‍👧", "a\0b", "é", "e\u{301}",
      "\u{feff}bom", "<script>alert(1)</script> & \"co\"", "%s ? ?1 :name", String(repeating: "long ", count: 200),
    ]
    func text() -> String { texts[random.index(below: texts.count)] }
    func maybe<Value>(_ value: Value) -> Value? { random.index(below: 3) == 0 ? nil : value }
    func ids(_ count: Int) -> [SourceID] {
      var ids: Set<SourceID> = [.number(1), .text("1"), .text("01"), .number(-5), .number(.max)]
      while ids.count < count {
        let number = Int64(random.index(below: 1000))
        ids.insert(random.index(below: 2) == 0 ? .number(number) : .text("\(text())\(number)"))
      }
      return Array(ids.sorted().prefix(count))
    }
    let userList = ids(users).map { id in
      User(id: id, age: maybe(random.index(below: 99)), gender: maybe(text()), occupation: maybe(text()))
    }
    let movieList = ids(movies).map { id in
      Movie(
        id: id, title: text(), year: maybe(1900 + random.index(below: 130)),
        genres: (0..<random.index(below: 4)).map { _ in text() },
        directors: (0..<random.index(below: 3)).map { _ in text() }, imdbID: maybe(text()),
        tmdbID: maybe(random.index(below: 1_000_000)), runtime: maybe(1 + random.index(below: 300)),
        language: maybe(text()))
    }
    let values: [Float] = [3.7, 0.1, 5, 0.5, 1e-30, -2.5, 4.999_999_5, 0]
    var parts = [RatingTable(), RatingTable()]
    for pair in 0..<(users * movies) where random.index(below: users * movies) < ratings {
      let time = [0, 1, UInt32.max, 978_300_760][random.index(below: 4)]
      parts[random.index(below: 5) / 4].append(
        user: Int32(pair / movies), movie: Int32(pair % movies), value: values[random.index(below: values.count)],
        time: time)
    }
    let tags = (0..<10).map { _ in
      Tag(
        user: Int32(random.index(below: users + 1)) - 1, movie: Int32(random.index(below: movies)), text: text(),
        time: UInt32(random.index(below: 5)))
    }
    return Dataset(
      users: userList, movies: movieList, ratings: parts[0], validation: parts[1], tags: tags.inOrder,
      scale: RatingScale(minimum: 0.1 * Float(seed), maximum: 10, step: 0.1))
  }

  /// `ratings` ratings of `users` users, each with about as many as the others, by arithmetic alone.
  static func regular(users: Int, movies: Int, ratings: Int, shift: Int = 0) -> Dataset {
    var table = RatingTable()
    table.reserveCapacity(ratings)
    let each = ratings / users
    for user in 0..<users {
      for place in 0..<each {
        table.append(
          user: Int32(user), movie: Int32(place * movies / each), value: Float((user + place + shift) % 10 + 1) / 2,
          time: UInt32(1_000_000_000 + user * 1000 + place))
      }
    }
    return Dataset(
      users: (0..<users).map { User(id: .number(Int64($0 + 1))) },
      movies: (0..<movies).map { Movie(id: .number(Int64($0 + 1)), title: "Movie \($0)", genres: ["Drama", "War"]) },
      ratings: table, scale: .halfStars)
  }
}

extension [Tag] {
  /// By movie, user, text and time, as a data set keeps them.
  var inOrder: [Tag] { sorted { ($0.movie, $0.user, $0.text, $0.time) < ($1.movie, $1.user, $1.text, $1.time) } }
}
