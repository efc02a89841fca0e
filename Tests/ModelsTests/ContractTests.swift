import BinaryFiles
import LinearAlgebra
import Models
import Ratings
import TestSupport
import Testing

/// What every model of the catalogue owes its users, whatever its method.
@Suite struct ContractTests {
  static let noise = TrainingSet.noise(users: 210, movies: 180, density: 0.15, seed: 4)

  @Test(.slow, arguments: allModels)
  func `one thread and two give the same bytes, and so does a second run`(name: String) throws {
    let bytes = try fitted(name, to: Self.noise, threads: 1).savedBytes
    #expect(try fitted(name, to: Self.noise, threads: 2).savedBytes == bytes)
    #expect(try fitted(name, to: Self.noise, threads: 1).savedBytes == bytes)
  }

  @Test(arguments: allModels)
  func `a saved model is the model that was fitted`(name: String) throws {
    let model = try fitted(name, to: Self.noise)
    let loaded = try #require(try type(of: model).loaded(from: model.savedBytes))
    #expect(loaded.savedBytes == model.savedBytes)
    #expect(loaded.movieCount == Self.noise.movieCount)
    for user in 0..<10 {
      let ratings = Self.noise.ratings(ofUser: user)
      for (a, b) in [
        (model.profile(ofUser: user, ratings: ratings), loaded.profile(ofUser: user, ratings: ratings)),
        (model.foldIn(ratings), loaded.foldIn(ratings)),
      ] {
        #expect(model.scores(a) == loaded.scores(b))
        for movie in 0..<20 {
          #expect(model.predict(a, movie: movie) == loaded.predict(b, movie: movie))
          #expect(
            model.reasons(for: movie, profile: a, count: 5) == loaded.reasons(for: movie, profile: b, count: 5))
        }
      }
      #expect(model.similarMovies(to: user, count: 9) == loaded.similarMovies(to: user, count: 9))
    }
  }

  @Test(arguments: allModels)
  func `a model file belongs to its model and its data`(name: String) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("model")
    let model = try fitted(name, to: Self.noise)
    try model.write(dataset: 5, to: path)
    #expect(try type(of: model).read(dataset: 5, from: path).savedBytes == model.savedBytes)
    #expect(throws: BinaryFileError.otherDataset(path: path)) { try type(of: model).read(dataset: 6, from: path) }
    for other in ModelCatalogue.all where other.descriptor.name != name {
      #expect(throws: BinaryFileError.self) { try other.read(dataset: 5, from: path) }
    }
  }

  /// Settings that make for small files.
  private static let small: [String: [String: Double]] = [
    "als": ["factors": 2], "bayesian": ["factors": 1, "samples": 32, "kept": 16],
  ]

  @Test(.slow, arguments: allModels)
  func `damaged bytes are refused or make a model that works`(name: String) throws {
    let training = TrainingSet.noise(users: 4, movies: 5, density: 0.7, seed: 2)
    let model = try fitted(name, to: training, overrides: Self.small[name] ?? [:])
    let bytes = model.savedBytes
    for count in 0..<bytes.count {
      #expect(throws: BinaryFileError.self, "cut to \(count) bytes") {
        try type(of: model).loaded(from: Array(bytes[..<count]))
      }
    }
    for index in bytes.indices {
      for flip: UInt8 in [1, 0x80, 0xff] {
        var damaged = bytes
        damaged[index] ^= flip
        guard let loaded = try? type(of: model).loaded(from: damaged), loaded.movieCount == model.movieCount else {
          continue
        }
        let profile = loaded.foldIn(training.ratings(ofUser: 0))
        _ = loaded.scores(profile)
        _ = loaded.predict(profile, movie: 1)
        _ = loaded.reasons(for: 1, profile: profile, count: 3)
        _ = loaded.similarMovies(to: 1, count: 3)
      }
    }
  }

  @Test(arguments: allModels)
  func `folding in a user's own ratings gives the user`(name: String) throws {
    let model = try fitted(name, to: Self.noise)
    for user in 0..<40 {
      let ratings = Self.noise.ratings(ofUser: user)
      let known = model.scores(model.profile(ofUser: user, ratings: ratings))
      let folded = model.scores(model.foldIn(ratings))
      // A posterior that is sampled is met up to the error of its samples: here some 0.07 stars, the
      // worst of thousands of pairs 0.34.
      let tolerance: Float = ["bayesian", "blend"].contains(name) ? 0.5 : 1e-4
      #expect(zip(known, folded).allSatisfy { abs($0 - $1) < tolerance })
    }
  }

  @Test(arguments: allModels)
  func `prediction, score and batch agree`(name: String) throws {
    let model = try fitted(name, to: Self.noise)
    let scale = Self.noise.scale
    let isStars = starModels.contains(name)
    let profiles = (0..<7).map { model.profile(ofUser: $0, ratings: Self.noise.ratings(ofUser: $0)) }
    let batch = model.scores(profiles)
    for (profile, scores) in zip(profiles, batch) {
      #expect(zip(scores, model.scores(profile)).allSatisfy { abs($0 - $1) < 1e-5 })
      for movie in 0..<model.movieCount {
        let expected = isStars ? scale.clamp(scores[movie]) : scores[movie]
        #expect(abs(model.predict(profile, movie: movie) - expected) < 1e-5 * max(1, abs(expected)))
      }
    }
  }

  @Test(arguments: allModels)
  func `a stranger gets the average, and an unknown movie something finite`(name: String) throws {
    let model = try fitted(name, to: Self.noise)
    let stranger = model.foldIn([])
    #expect(model.scores(stranger).allSatisfy { $0.isFinite })
    #expect(model.predict(stranger, movie: nil).isFinite)
    // Better rated or more popular movies come first: the averages are not all one.
    #expect(Set(model.scores(stranger)).count > 10)
    #expect(model.reasons(for: 0, profile: stranger, count: 3).isEmpty)
    if starModels.contains(name) {
      let values = Self.noise.byUser.values
      let mean = values.reduce(0, +) / Float(values.count)
      #expect(abs(model.predict(stranger, movie: nil) - mean) < 0.05)
    }
  }

  @Test(arguments: tasteModels)
  func `the checkerboard's missing movie comes first`(name: String) throws {
    guard !starModels.contains(name) else { return }
    let training = TrainingSet.checkerboard(count: 30)
    let model = try fitted(name, to: training, overrides: name == "ease" ? ["lambda": 10] : [:])
    for user in 0..<30 {
      let ratings = training.ratings(ofUser: user)
      let scores = model.scores(model.profile(ofUser: user, ratings: ratings))
      let seen = Set(ratings.map { Int($0.movie) })
      #expect((0..<30).filter { !seen.contains($0) }.max { scores[$0] < scores[$1] } == user)
    }
  }

  @Test(arguments: tasteModels)
  func `two tastes are distinguished`(name: String) throws {
    let training = TrainingSet.twoTastes(count: 60)
    let model = try fitted(name, to: training)
    for user in 0..<60 {
      let profile = model.profile(ofUser: user, ratings: training.ratings(ofUser: user))
      let scores = model.scores(profile)
      let unseen = (0..<60).filter { training.byUser.position(row: user, column: Int32($0)) == nil }
      let own = unseen.filter { $0 % 2 == user % 2 }.map { scores[$0] }
      let other = unseen.filter { $0 % 2 != user % 2 }.map { scores[$0] }
      #expect(try #require(own.min()) > #require(other.max()))
      if starModels.contains(name) {
        #expect(own.allSatisfy { $0 > 4 } && other.allSatisfy { $0 < 2 }, "\(own) \(other)")
      }
    }
    for movie in 0..<60 {
      let similar = model.similarMovies(to: movie, count: 10)
      #expect(similar.count == 10)
      #expect(similar.allSatisfy { Int($0.movie) % 2 == movie % 2 }, "\(movie): \(similar)")
    }
  }

  @Test(arguments: tasteModels)
  func `two movies with the same ratings are most similar to each other`(name: String) throws {
    var random = CounterRandom(seed: 12)
    var rows: [[Float?]] = (0..<200).map { _ in
      (0..<40).map { _ in random.uniform() < 0.3 ? Float(1 + random.index(below: 5)) : nil }
    }
    for user in rows.indices { rows[user][39] = rows[user][0] }
    let model = try fitted(name, to: TrainingSet(rows: rows))
    #expect(model.similarMovies(to: 0, count: 1).first?.movie == 39)
    #expect(model.similarMovies(to: 39, count: 1).first?.movie == 0)
  }

  @Test(arguments: allModels)
  func `similar movies and reasons are sorted, bounded and never the movie itself`(name: String) throws {
    let model = try fitted(name, to: Self.noise)
    let profile = model.profile(ofUser: 0, ratings: Self.noise.ratings(ofUser: 0))
    let rated = Set(profile.ratings.map(\.movie))
    for movie in 0..<model.movieCount {
      for count in [0, 1, 15, 1000] {
        let similar = model.similarMovies(to: movie, count: count)
        #expect(similar.count <= count && Set(similar.map(\.movie)).count == similar.count)
        #expect(!similar.contains { Int($0.movie) == movie || $0.score > 1 || !$0.score.isFinite })
        #expect(zip(similar, similar.dropFirst()).allSatisfy { $0.score >= $1.score })
        let reasons = model.reasons(for: movie, profile: profile, count: count)
        #expect(reasons.count <= count && reasons.allSatisfy { rated.contains($0.movie) && $0.score.isFinite })
        #expect(zip(reasons, reasons.dropFirst()).allSatisfy { $0.score >= $1.score })
      }
    }
  }

  @Test(.slow, arguments: allModels)
  func `movies asked for together have the neighbours that each has by itself`(name: String) throws {
    let model = try fitted(name, to: Self.noise)
    for range in [0..<model.movieCount, 3..<min(21, model.movieCount), 5..<6, 0..<0] {
      for count in [0, 4, 1000] {
        let together = model.similarMovies(toEach: range, count: count)
        #expect(together == range.map { model.similarMovies(to: $0, count: count) }, "\(range) \(count)")
      }
    }
  }

  @Test(arguments: ["ease", "als"])
  func `two movies are as similar the one way as the other`(name: String) throws {
    let model = try fitted(name, to: Self.noise)
    let lists = model.similarMovies(toEach: 0..<model.movieCount, count: 1000)
    var scores: [Int: Float] = [:]
    for (movie, list) in lists.enumerated() {
      for similar in list { scores[movie * model.movieCount + Int(similar.movie)] = similar.score }
    }
    #expect(scores.count > model.movieCount)
    for (pair, score) in scores where score > 1e-5 {
      let (movie, other) = pair.quotientAndRemainder(dividingBy: model.movieCount)
      #expect(abs((scores[other * model.movieCount + movie] ?? 0) - score) < 1e-5)
    }
  }

  @Test(arguments: [(30, 90), (90, 40)])
  func `EASE finds the movies with the highest partial correlations`(users: Int, movies: Int) throws {
    // More movies than people and more people than movies: there is a form for each.
    var random = CounterRandom(seed: 5)
    let rows: [[Float?]] = (0..<users).map { _ in
      (0..<movies).map { _ in random.uniform() < 0.3 ? Float(3 + random.index(below: 3)) : nil }
    }
    let model = try fitted("ease", to: TrainingSet(rows: rows))
    // Somebody who likes movie j alone has the score w b_ji of movie i, and b_ij b_ji is the square of the correlation.
    let scores = (0..<movies).map { model.scores(model.foldIn([MovieRating(movie: Int32($0), value: 5)])) }
    var ratios: [Float] = []
    for movie in 0..<movies {
      let list = model.similarMovies(to: movie, count: 5)
      #expect(list.count == 5)
      let product = { (other: Int) in scores[movie][other] * scores[other][movie] }
      for similar in list { ratios.append(product(Int(similar.movie)) / (similar.score * similar.score)) }
      let listed = Set(list.map { Int($0.movie) })
      let weakest = list.map { product(Int($0.movie)) }.min() ?? 0
      for other in 0..<movies where other != movie && !listed.contains(other) && scores[movie][other] > 0 {
        #expect(product(other) <= weakest * 1.001)
      }
    }
    let (low, high) = (try #require(ratios.min()), try #require(ratios.max()))
    #expect(low > 0 && high / low < 1.01)
  }

  @Test(arguments: allModels)
  func `contributions are all reasons, and those of several movies those of each`(name: String) throws {
    // The others have none.
    guard let model = try fitted(name, to: Self.noise) as? any ExplainingRecommender else { return }
    for user in 0..<5 {
      let profile = model.profile(ofUser: user, ratings: Self.noise.ratings(ofUser: user))
      let movies = [3, 170, 40]
      let contributions = model.contributions(toEach: movies, profile: profile)
      #expect(contributions.count == movies.count)
      for (movie, found) in zip(movies, contributions) {
        let reasons = model.reasons(for: movie, profile: profile, count: profile.ratings.count)
        #expect(zip(reasons, reasons.dropFirst()).allSatisfy { $0.score >= $1.score })
        let (some, all) = (reasons.sorted { $0.movie < $1.movie }, found.sorted { $0.movie < $1.movie })
        #expect(some.map(\.movie) == all.map(\.movie))
        // One product of matrices or many of vectors: the last digits depend on the processor.
        let largest = all.map { abs($0.score) }.max() ?? 0
        #expect(zip(some, all).allSatisfy { abs($0.score - $1.score) <= 1e-5 * largest })
      }
    }
  }

  @Test(.slow, arguments: allModels, [false, true])
  func `the lists of many hold the best scores, without what was seen`(name: String, includesSeen: Bool) throws {
    let model = try fitted(name, to: Self.noise)
    let profiles = (0..<70).map { model.profile(ofUser: $0, ratings: Self.noise.ratings(ofUser: $0)) }
    let lists = TopMovies(count: 12, includesSeen: includesSeen).lists(
      by: model, userCount: profiles.count, threads: ThreadCount(2)
    ) { profiles[$0] }
    let scores = model.scores(profiles)
    for (user, list) in lists.enumerated() {
      let seen = Set(profiles[user].ratings.map(\.movie))
      let open = (0..<Int32(model.movieCount)).filter { includesSeen || !seen.contains($0) }
      let best = open.map { scores[user][Int($0)] }.sorted(by: >).prefix(12)
      #expect(list.count == best.count && Set(list.map(\.movie)).count == list.count)
      #expect(zip(list, best).allSatisfy { abs($0.score - $1) < 1e-5 * max(1, abs($1)) })
      #expect(includesSeen || !list.contains { seen.contains($0.movie) })
    }
  }
}
