import LinearAlgebra
import Models
import Ratings
import TestSupport
import Testing

@Suite struct `The compact list model` {
  private static func model(_ dataset: Dataset, byteLimit: Int = .max, threads: Int = 2) -> CompactListModel {
    let training = TrainingSet(dataset.ratings, of: dataset)
    let films = (0..<Int32(training.movieCount)).sorted {
      (training.byMovie.count(ofRow: Int($1)), $0) < (training.byMovie.count(ofRow: Int($0)), $1)
    }
    return CompactListModel.fit(
      training, films: films, byteLimit: byteLimit, seed: 1, threads: ThreadCount(threads)
    ).model
  }

  /// Films in two tastes; films are numbered by how many rated them, so parity tells nothing: only who liked what does.
  private static let dataset = Dataset.twoTastes(users: 300, movies: 60, density: 0.5)

  /// The place of each movie of `dataset`.
  private static var places: [Int32: Int] {
    let training = TrainingSet(dataset.ratings, of: dataset)
    let films = (0..<Int32(training.movieCount)).sorted {
      (training.byMovie.count(ofRow: Int($1)), $0) < (training.byMovie.count(ofRow: Int($0)), $1)
    }
    return Dictionary(uniqueKeysWithValues: films.enumerated().map { ($1, $0) })
  }

  @Test(arguments: [0, 1]) func `puts films of the newcomer's taste first`(parity: Int) throws {
    let model = Self.model(Self.dataset)
    let places = Self.places
    let liked = (0..<5).map { Int32(2 * $0 + parity) }
    let taste = model.foldIn(liked.map { (film: places[$0] ?? 0, stars: 5.0) })
    let scores = model.scores(taste)
    let ranked = (0..<Int32(60)).filter { !liked.contains($0) }
      .sorted { scores[places[$0] ?? 0] > scores[places[$1] ?? 0] }
    #expect(ranked.prefix(20).allSatisfy { Int($0) % 2 == parity })
  }

  @Test func `what is rated below one's average counts less, and what is disliked not at all`() {
    let model = Self.model(Self.dataset)
    let places = Self.places
    let ratings = { (second: Double) in
      [(film: places[0] ?? 0, stars: 5.0), (film: places[2] ?? 0, stars: 5.0), (film: places[1] ?? 0, stars: second)]
    }
    #expect(model.foldIn(ratings(5)).films.count == 3)
    #expect(model.foldIn(ratings(3.5)).isLiked.filter { $0 }.count == 2)
    #expect(model.foldIn(ratings(0.5)).films.count == 2)
    let other = places[3] ?? 0
    let scores = [5, 3.5, 0.5].map { model.scores(model.foldIn(ratings($0)))[other] }
    #expect(scores[0] > scores[1] && scores[1] > scores[2])
  }

  @Test func `contributions and what all people share add up to the score`() {
    let model = Self.model(Self.dataset)
    let nobody = model.scores(model.foldIn([]))
    for count in [1, 4, 9] {
      let taste = model.foldIn((0..<count).map { (film: 3 * $0, stars: 5.0) })
      let scores = model.scores(taste)
      for film in [1, 20, 59] {
        let shared = nobody[film] / Double(count).squareRoot()
        #expect(abs(model.contributions(to: film, taste).reduce(shared, +) - scores[film]) < 1e-9)
      }
    }
  }

  @Test func `reads its own bytes and no others`() throws {
    let model = Self.model(Self.dataset)
    let again = try #require(CompactListModel(bytes: model.bytes))
    let ratings = [(film: 2, stars: 5.0), (film: 7, stars: 4.0)]
    #expect(again.scores(again.foldIn(ratings)) == model.scores(model.foldIn(ratings)))
    for count in [0, 8, 19, 20, 60, 130, model.bytes.count - 1] {
      #expect(CompactListModel(bytes: Array(model.bytes.prefix(count))) == nil)
    }
    #expect(CompactListModel(bytes: [0] + model.bytes.dropFirst()) == nil)
    var damaged = CounterRandom(seed: 3)
    for _ in 0..<300 {
      var bytes = model.bytes
      bytes[damaged.index(below: bytes.count)] ^= UInt8(1 << damaged.index(below: 8))
      // Whatever it says, it is no trap.
      guard let read = CompactListModel(bytes: bytes) else { continue }
      _ = read.scores(read.foldIn(ratings))
    }
  }

  @Test func `has the same bytes with any number of threads, and fewer where there is no room`() {
    let model = Self.model(Self.dataset, threads: 1)
    #expect(model.bytes == Self.model(Self.dataset, threads: 3).bytes)
    let small = Self.model(Self.dataset, byteLimit: 1000)
    #expect(small.bytes.count < model.bytes.count)
    #expect(small.filmCount == model.filmCount)
  }

  @Test func `films that hardly anybody rated stand by what their genres say`() throws {
    var ratings: [(user: Int, movie: Int, stars: Float)] = []
    for user in 0..<60 { for movie in 0..<40 where (movie + user) % 3 > 0 { ratings.append((user, movie, 4)) } }
    // One rating each.
    for movie in 40..<44 { ratings.append((movie, movie, 5)) }
    var dataset = Dataset.made(users: 60, movies: 44, ratings: ratings)
    for movie in dataset.movies.indices { dataset.movies[movie].genres = [movie % 4 == 0 ? "Western" : "Comedy"] }
    let model = Self.model(dataset)
    let training = TrainingSet(dataset.ratings, of: dataset)
    let films = (0..<44).sorted {
      (training.byMovie.count(ofRow: $1), $0) < (training.byMovie.count(ofRow: $0), $1)
    }
    #expect(model.filmCount == 40)
    let westerns = (0..<40).filter { films[$0] % 4 == 0 }.prefix(7)
    let taste = model.foldIn(westerns.map { (film: $0, stars: 5.0) })
    for place in 40..<44 {
      let score = model.genreScore(of: place, taste)
      #expect((score > 0) == (films[place] % 4 == 0))
      #expect(abs(model.contributions(to: place, taste).reduce(0, +) - score) < 1e-9)
    }
    #expect(model.genreScore(of: 44, taste) == 0)
  }

  @Test func `ratings of films that it does not know, and no ratings at all, give a list`() {
    let model = Self.model(Self.dataset)
    let taste = model.foldIn([(film: 1_000, stars: 5)])
    #expect(taste.films.isEmpty && model.scores(taste).allSatisfy(\.isFinite))
    let empty = Self.model(.made(users: 2, movies: 3, ratings: []))
    #expect(empty.filmCount == 0)
    #expect(empty.scores(empty.foldIn([])).isEmpty)
    let alike = Self.model(.made(users: 6, movies: 4, ratings: (0..<24).map { ($0 / 4, $0 % 4, 3) }))
    let scores = alike.scores(alike.foldIn([(film: 0, stars: 3)]))
    #expect(scores.allSatisfy { $0.isFinite })
  }
}

@Suite struct `Settings that a model chooses` {
  @Test(arguments: ["ease", "ials"]) func `are the same for the same data and seed`(name: String) throws {
    let dataset = Dataset.twoTastes(users: 120, movies: 50, density: 0.4)
    let training = TrainingSet(dataset.ratings, of: dataset)
    let type = try ModelCatalogue.model(named: name)
    let fits = try [1, 3].map { threads in
      try type.fit(
        training, settings: ModelSettings(type.descriptor), context: FitContext(threads: ThreadCount(threads)))
    }
    #expect(fits[0].chosen == fits[1].chosen)
    #expect(!fits[0].chosen.isEmpty)
  }

  @Test(arguments: ["ease", "ials"]) func `give way to those that somebody gave`(name: String) throws {
    let dataset = Dataset.twoTastes(users: 120, movies: 50, density: 0.4)
    let training = TrainingSet(dataset.ratings, of: dataset)
    let type = try ModelCatalogue.model(named: name)
    let setting = name == "ease" ? "lambda" : "regularization"
    let model = try type.fit(
      training, settings: ModelSettings(type.descriptor, overrides: [setting: 77]), context: FitContext())
    #expect(model.chosen[setting] == 77)
  }

  @Test func `stay those of the part when everything is fitted`() throws {
    let dataset = Dataset.twoTastes(users: 120, movies: 50, density: 0.4)
    let training = TrainingSet(dataset.ratings, of: dataset)
    let (part, _) = training.holdout(fraction: 0.3, seed: 1)
    let settings = try ModelSettings(EaseModel.descriptor)
    let fitted = try EaseModel.fittedHoldoutAndFull(
      part: part, whole: training, settings: settings, context: FitContext())
    #expect(fitted.part.chosen == fitted.whole.chosen)
  }
}
