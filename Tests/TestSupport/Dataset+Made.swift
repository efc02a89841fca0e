public import Ratings

extension Dataset {
  /// A data set of the given ratings: users and movies are numbered 1, 2, … and every index below the counts exists.
  ///
  /// - Parameter ratings: (user index, movie index, stars), in any order.
  public static func made(
    users userCount: Int, movies movieCount: Int, scale: RatingScale = .halfStars,
    ratings: [(user: Int, movie: Int, stars: Float)]
  ) -> Dataset {
    var table = RatingTable()
    for rating in ratings {
      table.append(user: Int32(rating.user), movie: Int32(rating.movie), value: rating.stars, time: 0)
    }
    let same = { (count: Int) in (0..<Int32(count)).map { $0 } }
    return Dataset(
      users: (0..<userCount).map { User(id: .number(Int64($0 + 1))) },
      movies: (0..<movieCount).map {
        Movie(id: .number(Int64($0 + 1)), title: "Movie \($0 + 1)", year: 1950 + $0 % 70)
      },
      ratings: table.canonical(
        users: same(userCount), userCount: userCount, movies: same(movieCount), movieCount: movieCount
      ).table, scale: scale)
  }

  /// Two groups of users with opposite taste: even users love even movies and dislike odd ones, odd users the reverse.
  /// Each pair is rated with probability `density`, drawn by `seed`.
  public static func twoTastes(
    users: Int = 60, movies: Int = 40, density: Double = 0.5, seed: UInt64 = 7
  ) -> Dataset {
    var random = CounterRandom(seed: seed)
    var ratings: [(user: Int, movie: Int, stars: Float)] = []
    for user in 0..<users {
      for movie in 0..<movies where random.uniform() < density {
        let noise: Float = random.uniform() < 0.5 ? 0 : 0.5
        ratings.append((user, movie, user % 2 == movie % 2 ? 4.5 + noise : 1.5 + noise))
      }
    }
    return made(users: users, movies: movies, ratings: ratings)
  }
}
