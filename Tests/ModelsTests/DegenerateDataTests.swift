import Models
import Ratings
import TestSupport
import Testing

/// Data that is too little, too uniform or too lopsided: still a model, still finite numbers.
@Suite struct DegenerateDataTests {
  static let sets: [(name: String, training: TrainingSet)] = [
    ("nobody and nothing", TrainingSet(rows: [])),
    ("users without movies", TrainingSet(rows: [[], []])),
    ("movies without users", TrainingSet(rows: [], movieCount: 3)),
    ("no ratings", TrainingSet(rows: [[nil, nil], [nil, nil]])),
    ("one rating", TrainingSet(rows: [[nil, nil], [nil, 4]])),
    ("one user", TrainingSet(rows: [[5, 1, 3, nil, 2]])),
    ("one movie", TrainingSet(rows: [[5], [1], [nil], [4]])),
    ("all ratings equal", TrainingSet(rows: [[3, 3, nil], [3, nil, 3], [nil, 3, 3]])),
    ("everything rated lowest", TrainingSet(rows: [[1, 1], [1, 1]])),
    ("a user who rated everything", TrainingSet(rows: [[1, 2, 3, 4, 5], [nil, 5, nil, nil, nil]])),
    ("identical users", TrainingSet(rows: Array(repeating: [1, 5, 3, nil], count: 20))),
    ("movies without ratings", TrainingSet(rows: [[5, nil, 2], [4, nil, 1]], movieCount: 50)),
    (
      "a scale of one level",
      TrainingSet(rows: [[2, 2], [2, nil]], scale: RatingScale(minimum: 2, maximum: 2, step: 0))
    ),
    (
      "a scale to a hundred",
      TrainingSet(rows: [[0, 100, 50], [100, nil, 1]], scale: RatingScale(minimum: 0, maximum: 100, step: 1))
    ),
  ]

  @Test(arguments: allModels, sets.indices)
  func `every model copes`(name: String, set: Int) throws {
    try check(name, Self.sets[set].training, overrides: [:], "\(Self.sets[set].name)")
  }

  @Test(.slow, arguments: allModels)
  func `settings at the ends of their ranges are safe`(name: String) throws {
    let descriptor = try ModelCatalogue.model(named: name).descriptor
    for setting in descriptor.settings {
      for value in [setting.range.lowerBound, setting.range.upperBound] {
        for set in [4, 7, 9] {
          try check(
            name, Self.sets[set].training, overrides: [setting.name: value],
            "\(setting.name) = \(value), \(Self.sets[set].name)")
        }
        try check(
          name, TrainingSet.twoTastes(count: 12), overrides: [setting.name: value], "\(setting.name) = \(value)")
      }
    }
    let lowest = Dictionary(uniqueKeysWithValues: descriptor.settings.map { ($0.name, $0.range.lowerBound) })
    try check(name, TrainingSet.noise(users: 20, movies: 30, density: 0.3, seed: 1), overrides: lowest, "all lowest")
  }

  private func check(_ name: String, _ training: TrainingSet, overrides: [String: Double], _ comment: Comment) throws {
    let model = try fitted(name, to: training, overrides: overrides)
    #expect(model.movieCount == training.movieCount, comment)
    let everything = (0..<training.movieCount).map { MovieRating(movie: Int32($0), value: training.scale.maximum) }
    var profiles = (0..<training.userCount).map { model.profile(ofUser: $0, ratings: training.ratings(ofUser: $0)) }
    profiles += [[], Array(everything.suffix(1)), everything].map { model.foldIn($0) }
    for scores in model.scores(profiles) { #expect(scores.allSatisfy { $0.isFinite }, comment) }
    for profile in profiles {
      for movie in (0..<training.movieCount).map(Optional.some) + [nil] {
        let prediction = model.predict(profile, movie: movie)
        #expect(prediction.isFinite, comment)
        if starModels.contains(name) {
          #expect(prediction >= training.scale.minimum && prediction <= training.scale.maximum, comment)
        }
        guard let movie else { continue }
        #expect(model.reasons(for: movie, profile: profile, count: 9).allSatisfy { $0.score.isFinite }, comment)
      }
    }
    for movie in 0..<training.movieCount {
      #expect(
        model.similarMovies(to: movie, count: 9).allSatisfy { $0.score.isFinite && Int($0.movie) != movie }, comment)
    }
    let bytes = model.savedBytes
    let loaded = try #require(try? type(of: model).loaded(from: bytes), comment)
    #expect(loaded.savedBytes == model.savedBytes, comment)
  }
}
