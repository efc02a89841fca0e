import Evaluation
import LinearAlgebra
import Models
import Ratings
import TestSupport
import Testing

@Suite struct `Evaluation protocols` {
  static let all: [EvaluationProtocol] = [
    .holdout(fraction: 0.2, seed: 3), .folds(count: 4, seed: 3), .holdoutPerUser(fraction: 0.25, seed: 3),
    .leaveOneOut(seed: 3), .strongGeneralisation(fraction: 0.2, seed: 3), .chronological(fraction: 0.2, seed: 3),
  ]

  /// Dated ratings with tags, some users with a single rating.
  static func dataset(seed: UInt64 = 7) -> Dataset {
    var dataset = Dataset.twoTastes(users: 50, movies: 30, density: 0.4, seed: seed)
    var random = CounterRandom(seed: seed, stream: 1)
    let table = dataset.ratings
    let times = (0..<table.count).map { _ in UInt32(1_000_000 + random.index(below: 400)) }
    dataset.ratings = RatingTable(users: table.users, movies: table.movies, values: table.values, times: times)
    dataset.tags = stride(from: 0, to: table.count, by: 3).map { row in
      Tag(user: table.users[row], movie: table.movies[row], text: "tag \(row % 5)", time: times[row])
    }.sorted { $0.precedes($1) }
    return dataset
  }

  @Test(arguments: all)
  func `no training part holds a pair of its test part`(evaluationProtocol: EvaluationProtocol) {
    let dataset = Self.dataset()
    for testCase in evaluationProtocol.testCases(of: dataset) {
      let newcomers = testCase.newcomers.reduce(0) { $0 + $1.count }
      #expect(testCase.training.ratingCount + newcomers + testCase.test.count == dataset.ratings.count)
      #expect(!testCase.test.isEmpty)
      for row in 0..<testCase.test.count {
        let known = testCase.knownRatings(ofUser: testCase.test.users[row])
        #expect(!known.contains { $0.movie == testCase.test.movies[row] })
      }
    }
  }

  @Test(arguments: all)
  func `no tag of a pair in a test part is in its training part`(protocol: EvaluationProtocol) {
    let dataset = Self.dataset()
    for testCase in `protocol`.testCases(of: dataset) {
      let pairs = Set(testCase.test.pairs)
      for tag in testCase.training.tags {
        #expect(tag.user < Int32(testCase.training.userCount))
        #expect(!pairs.contains(RatingTable.pair(tag.user, tag.movie)))
      }
      let kept = dataset.tags.filter { !pairs.contains(RatingTable.pair($0.user, $0.movie)) }
      switch `protocol` {
      case .chronological, .strongGeneralisation: break
      default: #expect(kept.count < dataset.tags.count && testCase.training.tags == kept, "all others stay")
      }
      for (left, right) in zip(testCase.training.tags, testCase.training.tags.dropFirst()) {
        #expect(!right.precedes(left))
      }
    }
  }

  @Test(arguments: all)
  func `the input of a model does not change with the test ratings`(protocol: EvaluationProtocol) {
    let dataset = Self.dataset()
    for (number, testCase) in `protocol`.testCases(of: dataset).enumerated() {
      // The same ratings with the values of this test part turned round.
      let training = testCase.training
      var tested = Set<UInt64>()
      for row in 0..<testCase.test.count {
        let user = Int(testCase.test.users[row])
        let id = user < training.userCount ? training.users[user].id : nil
        // Newcomers keep their order among all users.
        guard let id, let index = dataset.userIndex(of: id) else { continue }
        tested.insert(RatingTable.pair(Int32(index), testCase.test.movies[row]))
      }
      if !testCase.newcomers.isEmpty {
        let kept = Set(training.users.map(\.id))
        let outside = dataset.users.indices.filter { !kept.contains(dataset.users[$0].id) }
        for row in 0..<testCase.test.count {
          let user = outside[Int(testCase.test.users[row]) - training.userCount]
          tested.insert(RatingTable.pair(Int32(user), testCase.test.movies[row]))
        }
      }
      #expect(tested.count == testCase.test.count)
      var turned = dataset
      let pairs = dataset.ratings.pairs
      turned.ratings = RatingTable(
        users: dataset.ratings.users, movies: dataset.ratings.movies,
        values: pairs.indices.map {
          tested.contains(pairs[$0]) ? 5.5 - dataset.ratings.values[$0] : dataset.ratings.values[$0]
        }, times: dataset.ratings.times)
      let other = `protocol`.testCases(of: turned)[number]
      #expect(other.test != testCase.test)
      #expect(other.training.table == training.table)
      #expect(other.training.byMovie == training.byMovie)
      #expect(other.training.tags == training.tags)
      #expect(other.training.users == training.users && other.training.movies == training.movies)
      #expect(other.newcomers == testCase.newcomers)
    }
  }

  @Test(arguments: ["als", "ials", "bayesian"])
  func `members can be evaluated as new users with their ratings`(name: String) throws {
    let type = try ModelCatalogue.model(named: name)
    let testCase = EvaluationProtocol.holdout(fraction: 0.2, seed: 4).testCases(of: Self.dataset())[0]
    let model = try type.fit(
      testCase.training, settings: ModelSettings(type.descriptor), context: FitContext(seed: 2, threads: ThreadCount(1))
    )
    let folded = testCase.foldingIn()
    #expect(folded.test == testCase.test && !testCase.foldsIn)
    for user in 0..<Int32(testCase.training.userCount) {
      let expected = model.foldIn(testCase.knownRatings(ofUser: user)).vector
      #expect(folded.profile(ofUser: user, by: model).vector == expected)
    }
  }

  /// The metamorphic test: whatever a model makes of implicit blocks and side statistics, test values cannot reach it.
  @Test(arguments: ModelCatalogue.all.map { $0.descriptor.name })
  func `no model's predictions change when the test ratings do`(name: String) throws {
    let type = try ModelCatalogue.model(named: name)
    let dataset = Self.dataset()
    let split = dataset.holdout(fraction: 0.2, seed: 4)
    let tested = Set(split.test.pairs)
    var turned = dataset
    let pairs = dataset.ratings.pairs
    turned.ratings = RatingTable(
      users: dataset.ratings.users, movies: dataset.ratings.movies,
      values: pairs.indices.map {
        tested.contains(pairs[$0]) ? 5.5 - dataset.ratings.values[$0] : dataset.ratings.values[$0]
      }, times: dataset.ratings.times)
    let settings = try ModelSettings(type.descriptor)
    let context = FitContext(seed: 2, threads: ThreadCount(1))
    var predictions: [[Float]] = []
    var lists: [[[Int32]]] = []
    for data in [dataset, turned] {
      let testCase = EvaluationProtocol.holdout(fraction: 0.2, seed: 4).testCases(of: data)[0]
      let model = try type.fit(testCase.training, settings: settings, context: context)
      predictions.append(Prediction.values(by: model, on: testCase, threads: ThreadCount(1)))
      lists.append(TestLists(of: model, on: testCase, k: 5, context: context).lists)
    }
    #expect(predictions[0] == predictions[1])
    #expect(lists[0] == lists[1])
  }

  @Test(arguments: all)
  func `the model is fitted with the training part and nothing else`(protocol: EvaluationProtocol) throws {
    for testCase in `protocol`.testCases(of: Self.dataset()) {
      let model = try RecordingModel.fit(
        testCase.training, settings: ModelSettings(RecordingModel.descriptor), context: FitContext())
      #expect(model.training.table == testCase.training.table)
      #expect(!Set(model.training.table.pairs).contains { Set(testCase.test.pairs).contains($0) })
    }
  }

  @Test func `folds test every rating once`() {
    let dataset = Dataset.twoTastes()
    let sizes = EvaluationProtocol.folds(count: 7, seed: 1).testCases(of: dataset).map(\.test.count)
    #expect(sizes.reduce(0, +) == dataset.ratings.count)
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
  }

  @Test func `ratings that the data set itself set aside are divided too`() {
    var dataset = Self.dataset()
    let split = dataset.holdout(fraction: 0.3, seed: 1)
    let whole = dataset
    dataset.ratings = split.training
    dataset.validation = split.test
    let folds = EvaluationProtocol.folds(count: 3, seed: 1)
    #expect(folds.testCases(of: dataset).map(\.test) == folds.testCases(of: whole).map(\.test))
    #expect(EvaluationProtocol.validation.testCases(of: dataset)[0].test == split.test)
  }

  @Test func `leaving one out takes the latest rating of each user who has two`() {
    var dataset = Dataset.made(
      users: 3, movies: 3, ratings: [(0, 0, 4), (0, 1, 3), (0, 2, 2), (1, 0, 5), (2, 1, 3), (2, 2, 1)])
    let table = dataset.ratings
    dataset.ratings = RatingTable(
      users: table.users, movies: table.movies, values: table.values, times: [5, 9, 7, 3, 8, 2])
    let testCase = EvaluationProtocol.leaveOneOut(seed: 1).testCases(of: dataset)[0]
    #expect(testCase.test.users == [0, 2])
    #expect(testCase.test.movies == [1, 1])
  }

  @Test func `without dates the one left out is drawn by the seed`() {
    let dataset = Dataset.twoTastes()
    let cases = [1, 1, 2].map { EvaluationProtocol.leaveOneOut(seed: $0).testCases(of: dataset)[0] }
    #expect(cases[0].test == cases[1].test)
    #expect(cases[0].test != cases[2].test)
    #expect(cases.allSatisfy { $0.test.count == dataset.users.count })
  }

  @Test func `holding out per user takes the share of each`() {
    let dataset = Self.dataset()
    let testCase = EvaluationProtocol.holdoutPerUser(fraction: 0.25, seed: 1).testCases(of: dataset)[0]
    for user in dataset.users.indices {
      let tested = testCase.test.users.count { Int($0) == user }
      #expect(tested == (tested + testCase.training.byUser.count(ofRow: user)) / 4)
    }
  }

  @Test func `a chronological split tests the latest ratings and has no later tags`() {
    let dataset = Self.dataset()
    let testCase = EvaluationProtocol.chronological(fraction: 0.3, seed: 1).testCases(of: dataset)[0]
    let first = testCase.test.times.min() ?? 0
    #expect(testCase.training.times.allSatisfy { $0 <= first })
    #expect(testCase.test.count == Int((Double(dataset.ratings.count) * 0.3).rounded()))
    #expect(testCase.training.tags.allSatisfy { $0.time <= first })
    #expect(testCase.training.tags.count < dataset.tags.count)
  }

  @Test func `a chronological split of undated ratings is refused in words`() {
    let chronological = EvaluationProtocol.chronological(fraction: 0.1, seed: 1)
    #expect(throws: EvaluationError.noDates) { try chronological.checkedTestCases(of: .twoTastes()) }
    #expect("\(EvaluationError.noDates)".contains("no dates"))
  }

  @Test func `a split that leaves nothing to test is refused in words`() {
    let one = Dataset.made(users: 2, movies: 2, ratings: [(0, 0, 4), (1, 1, 3)])
    for nothing in [
      EvaluationProtocol.leaveOneOut(seed: 1), .strongGeneralisation(fraction: 0.5, seed: 1),
      .holdoutPerUser(fraction: 0.25, seed: 1), .holdout(fraction: 0.01, seed: 1), .validation,
    ] {
      #expect(throws: EvaluationError.nothingToTest(protocol: nothing.description)) {
        try nothing.checkedTestCases(of: one)
      }
    }
  }

  @Test func `strong generalisation keeps users out entirely and folds in four fifths of their ratings`() {
    let dataset = Self.dataset()
    let testCase = EvaluationProtocol.strongGeneralisation(fraction: 0.3, seed: 9).testCases(of: dataset)[0]
    let kept = Set(testCase.training.users.map(\.id))
    let outside = dataset.users.indices.filter { !kept.contains(dataset.users[$0].id) }
    #expect(outside.count == testCase.newcomers.count)
    let eligible = Dictionary(grouping: dataset.ratings.users, by: { $0 }).count { $0.value.count >= 5 }
    #expect(testCase.newcomers.count == Int((Double(eligible) * 0.3).rounded()))
    for (place, user) in outside.enumerated() {
      let known = testCase.newcomers[place].map(\.movie)
      let tested = (0..<testCase.test.count).filter {
        Int(testCase.test.users[$0]) == testCase.training.userCount + place
      }.map { testCase.test.movies[$0] }
      let all = dataset.ratings.users.indices.filter { Int(dataset.ratings.users[$0]) == user }
        .map { dataset.ratings.movies[$0] }
      #expect((known + tested).sorted() == all)
      #expect(tested.count == all.count / 5)
      #expect(known == known.sorted())
    }
    // Nothing of them is left in the tags.
    let tagsOfKept = dataset.tags.count { kept.contains(dataset.users[Int($0.user)].id) }
    #expect(testCase.training.tags.count == tagsOfKept)
  }

  @Test func `a given test set is matched by source ids, and unknown users become -1`() {
    let training = Dataset.made(users: 2, movies: 2, ratings: [(0, 0, 4), (1, 1, 2)])
    var other = Dataset.made(users: 2, movies: 2, ratings: [(0, 0, 5), (1, 1, 1)])
    other.users[1].id = .number(99)
    other.movies[0].id = .number(0)
    let test = TestCase(training: training, test: other).test
    #expect(test.users == [0, -1])
    #expect(test.movies == [-1, 1])
  }

  @Test func `pairs of a given test set are removed from the training set`() {
    let training = Dataset.made(users: 2, movies: 2, ratings: [(0, 0, 4), (0, 1, 3), (1, 1, 2)])
    let other = Dataset.made(users: 2, movies: 2, ratings: [(0, 1, 5)])
    let testCase = TestCase(training: training, test: other)
    #expect(testCase.training.ratingCount == 2)
    #expect(testCase.training.byUser.position(row: 0, column: 1) == nil)
    #expect(testCase.test.values == [5])
  }

  @Test func `unknown users get the fallback, and every prediction is on the scale`() throws {
    let dataset = Dataset.twoTastes()
    let training = TrainingSet(dataset.ratings, of: dataset)
    for type in ModelCatalogue.all where type.descriptor.job == .stars {
      let model = try type.fit(training, settings: ModelSettings(type.descriptor), context: FitContext())
      let predictions = Prediction.values(
        by: model, users: [-1, 0, -1], movies: [0, -1, -1], training: training, threads: ThreadCount(1))
      #expect(predictions.allSatisfy { $0 >= dataset.scale.minimum && $0 <= dataset.scale.maximum })
    }
  }
}
