import Ratings

extension Synthesizer {
  /// Writes movie_titles.csv, combined_data_1.txt … 4 and probe.txt, movie by movie.
  func writeNetflix(
    _ world: TasteWorld, to folder: String, progress: (Int) -> Void
  ) throws -> SynthesisSummary {
    var files = [try writeTitles(world, to: folder)]
    var probe = try OutputFile("probe.txt", in: folder)
    let counts = LongTail.counts(world.popularity, sum: ratings, minimum: min(3, ratings / movies), maximum: users)
    var sampler = RowSampler(weights: world.activity, ratings: ratings, order: random(.order))
    let customers = Customers(synthesizer: self)
    var tally = Tally(movies: movies)
    // The four files have about the same number of movies.
    for part in 0..<4 {
      let range = movies * part / 4..<movies * (part + 1) / 4
      guard range.contains(where: { counts[$0] > 0 }) else { continue }
      var file = try OutputFile("combined_data_\(part + 1).txt", in: folder)
      for movie in range where counts[movie] > 0 {
        var random = random(.choice, movie)
        sampler.drawRow(movie, count: counts[movie], random: &random) { user in
          world.liking(user: user, movie: movie)
        }
        try file.beginMovie(movie + 1)
        var isInProbe = false
        for user in sampler.columns {
          let user = Int(user)
          let noise = random.normalPair().0
          let stars = Int(min(5, max(1, world.stars(user: user, movie: movie, noise: noise).rounded())))
          let day = customers.day(user, movieYear: Int(world.catalogue.years[movie]), random: &random)
          file.append(Int(customers.ids[user]))
          file.append(UInt8(ascii: ","))
          file.append(UInt8(48 + stars))
          file.append(UInt8(ascii: ","))
          file.append(customers.dates[day])
          try file.endLine()
          if isProbe(tally.ratings) {
            if !isInProbe { try probe.beginMovie(movie + 1) }
            isInProbe = true
            probe.append(Int(customers.ids[user]))
            try probe.endLine()
          }
          tally.add(movie: movie, stars: Double(stars))
        }
        if movie % 64 == 0 { progress(tally.ratings) }
      }
      files.append(try file.finish())
    }
    progress(tally.ratings)
    files.append(try probe.finish())
    return tally.summary(of: self, files: files)
  }

  /// One in 71 ratings is in the probe: 1.4 %, as in the real one.
  private func isProbe(_ rating: Int) -> Bool {
    var random = random(.probe, rating / 71)
    return rating % 71 == random.index(below: min(71, ratings - rating / 71 * 71))
  }

  private func writeTitles(_ world: TasteWorld, to folder: String) throws -> SynthesisSummary.File {
    var file = try OutputFile("movie_titles.csv", in: folder)
    for movie in 0..<movies {
      // The real list lacks the year of one movie in 2,500, and does not quote titles with commas.
      let year = random(.movieFacts, movie + 1).isOne(in: 2_500) ? "NULL" : "\(world.catalogue.years[movie])"
      file.append("\(movie + 1),\(year),")
      file.append(world.catalogue.title(movie).unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })
      try file.endLine()
    }
    return try file.finish()
  }
}

extension CounterRandom {
  fileprivate func isOne(in chances: Int) -> Bool {
    var copy = self
    return copy.index(below: chances) == 0
  }
}

extension OutputFile {
  fileprivate mutating func beginMovie(_ id: Int) throws {
    append(id)
    append(UInt8(ascii: ":"))
    try endLine()
  }
}
