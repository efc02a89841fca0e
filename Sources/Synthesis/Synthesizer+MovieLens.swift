import Ratings

extension Synthesizer {
  /// Writes movies.csv, ratings.csv and tags.csv, user by user.
  func writeMovieLens(
    _ world: TasteWorld, to folder: String, progress: (Int) -> Void
  ) throws -> SynthesisSummary {
    let movieFile = try writeMoviesCSV(world, to: folder)
    var file = try OutputFile("ratings.csv", in: folder)
    file.append("userId,movieId,rating,timestamp")
    try file.endLine()
    var tags = try TagFile(world, synthesizer: self, in: folder)
    // MovieLens leaves out users with fewer than twenty ratings.
    let counts = LongTail.counts(
      world.activity, sum: ratings, minimum: ratings / users >= 20 ? 20 : 1, maximum: movies)
    var sampler = RowSampler(weights: world.popularity, ratings: ratings, order: random(.order))
    var tally = Tally(movies: movies)
    for user in 0..<users {
      var random = random(.choice, user)
      let visits = Visits(count: counts[user], random: &random)
      sampler.drawRow(user, count: counts[user], random: &random) { movie in
        // Users can hardly have rated films that came out after their last visit.
        world.liking(user: user, movie: movie) * (visits.lastYear < world.catalogue.years[movie] ? 0.01 : 1)
      }
      let givesHalves = random.index(below: 100) < 85
      for movie in sampler.columns.sorted() {
        let movie = Int(movie)
        let time = visits.time(movieYear: Int(world.catalogue.years[movie]), random: &random)
        let noise = random.normalPair().0
        let stars = world.stars(user: user, movie: movie, noise: noise)
        let halves = stars.inHalves(givesHalves && time >= Visits.halfStarsSince)
        file.append(user + 1)
        file.append(UInt8(ascii: ","))
        file.append(Int(world.catalogue.ids[movie]))
        file.append(UInt8(ascii: ","))
        file.append(UInt8(48 + halves / 2))
        file.append(UInt8(ascii: "."))
        file.append(halves % 2 == 0 ? UInt8(ascii: "0") : UInt8(ascii: "5"))
        file.append(UInt8(ascii: ","))
        file.append(time)
        try file.endLine()
        tally.add(movie: movie, stars: Double(halves) / 2)
        if halves >= 7 { try tags.offer(user: user, movie: movie, time: time) }
      }
      if user % 1_024 == 0 { progress(tally.ratings) }
    }
    progress(tally.ratings)
    return tally.summary(of: self, files: [movieFile, try file.finish(), try tags.finish()])
  }

  private func writeMoviesCSV(_ world: TasteWorld, to folder: String) throws -> SynthesisSummary.File {
    var file = try OutputFile("movies.csv", in: folder)
    file.append("movieId,title,genres")
    try file.endLine()
    for movie in 0..<movies {
      file.append(Int(world.catalogue.ids[movie]))
      file.append(UInt8(ascii: ","))
      let title = SyntheticTitles.articleLast(world.catalogue.title(movie))
      file.append(CSV.field("\(title) (\(world.catalogue.years[movie]))"))
      file.append(UInt8(ascii: ","))
      file.append(world.catalogue.genreText(movie))
      try file.endLine()
    }
    return try file.finish()
  }
}

extension Float {
  /// Stars as half stars, 1...10; as whole stars (an even number, 2...10) where `allowed` is false.
  fileprivate func inHalves(_ allowed: Bool) -> Int {
    allowed ? Int(Swift.min(10, Swift.max(1, (self * 2).rounded()))) : 2 * Int(Swift.min(5, Swift.max(1, rounded())))
  }
}
