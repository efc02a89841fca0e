import Evaluation
import LinearAlgebra
import Models
import Ratings
import TestSupport
import Testing

@Suite struct `Ranking against a brute-force evaluator` {
  private let context = FitContext(threads: ThreadCount(2))

  private func fitted(_ testCase: TestCase) throws -> RecordingModel {
    RecordingModel.fit(testCase.training, settings: try ModelSettings(RecordingModel.descriptor), context: context)
  }

  /// nDCG, precision, recall, hit rate, MAP and MRR straight from their definitions, by sorting everything.
  private func bruteForce(_ model: RecordingModel, _ testCase: TestCase, k: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: 6)
    var count = 0
    let questions: [(user: Int32, movies: [Int32], relevant: Set<Int32>)] =
      if let candidates = testCase.candidates {
        candidates.map { ($0.user, [$0.movie] + $0.others, [$0.movie]) }
      } else {
        Set(testCase.test.users).sorted().map { user in
          let known = Set(testCase.knownRatings(ofUser: user).map(\.movie))
          let rows = (0..<testCase.test.count).filter { testCase.test.users[$0] == user }
          return (
            user, (0..<Int32(testCase.training.movieCount)).filter { !known.contains($0) },
            Set(rows.map { testCase.test.movies[$0] })
          )
        }
      }
    for (user, movies, relevant) in questions {
      count += 1
      let profile = testCase.profile(ofUser: user, by: model)
      let ranking = movies.sorted {
        let (a, b) = (model.predict(profile, movie: Int($0)), model.predict(profile, movie: Int($1)))
        return a != b ? a > b : $0 < $1
      }
      let ranks = relevant.compactMap { movie in ranking.firstIndex(of: movie).map { $0 + 1 } }.filter { $0 <= k }
        .sorted()
      let ideal = (1...k).prefix(relevant.count).reduce(0.0) { $0 + 1 / binaryLogarithm($1 + 1) }
      sums[0] += ranks.reduce(0.0) { $0 + 1 / binaryLogarithm($1 + 1) } / ideal
      sums[1] += Double(ranks.count) / Double(k)
      sums[2] += Double(ranks.count) / Double(relevant.count)
      sums[3] += ranks.isEmpty ? 0 : 1
      sums[4] +=
        ranks.enumerated().reduce(0.0) { $0 + Double($1.offset + 1) / Double($1.element) }
        / Double(min(k, relevant.count))
      sums[5] += ranks.first.map { 1 / Double($0) } ?? 0
    }
    return sums.map { $0 / Double(count) }
  }

  /// Base 2, by halving and squaring.
  private func binaryLogarithm(_ number: Int) -> Double {
    var x = Double(number)
    var result = 0.0
    while x >= 2 {
      x /= 2
      result += 1
    }
    var bit = 0.5
    for _ in 0..<52 {
      x *= x
      if x >= 2 {
        x /= 2
        result += bit
      }
      bit /= 2
    }
    return result
  }

  private func compare(_ testCase: TestCase, k: Int) throws {
    let model = try fitted(testCase)
    let metrics = RankingMetrics(of: model, on: testCase, k: k, context: context)
    let expected = bruteForce(model, testCase, k: k)
    let found = [metrics.ndcg, metrics.precision, metrics.recall, metrics.hitRate, metrics.map, metrics.mrr]
    for (found, expected) in zip(found, expected) { #expect(abs(found - expected) < 1e-9, "\(found) \(expected)") }
    #expect(k < 5 || metrics.hitRate > 0)
  }

  @Test(arguments: `Evaluation protocols`.all, [1, 5, 10, 100])
  func `the full catalogue`(protocol: EvaluationProtocol, k: Int) throws {
    for testCase in `protocol`.testCases(of: `Evaluation protocols`.dataset()) { try compare(testCase, k: k) }
  }

  @Test(arguments: `Evaluation protocols`.all)
  func `sampled candidates`(protocol: EvaluationProtocol) throws {
    for testCase in `protocol`.testCases(of: `Evaluation protocols`.dataset()) {
      try compare(testCase.sampling(negatives: 9, seed: 4), k: 5)
    }
  }

  @Test func `sampled movies are unrated ones, each once, as many as were asked for`() {
    let dataset = Dataset.twoTastes(users: 40, movies: 300, density: 0.1, seed: 3)
    let testCase = EvaluationProtocol.leaveOneOut(seed: 1).testCases(of: dataset)[0]
    let sampled = testCase.sampling(negatives: 99, seed: 1)
    let lists = sampled.candidates ?? []
    #expect(lists.count == testCase.test.count)
    let rated = Set(dataset.ratings.pairs)
    for list in lists {
      #expect(list.others.count == 99)
      #expect(Set(list.others).count == 99)
      #expect(list.others.allSatisfy { !rated.contains(RatingTable.pair(list.user, $0)) })
      #expect(rated.contains(RatingTable.pair(list.user, list.movie)))
    }
    #expect(sampled.candidates == testCase.sampling(negatives: 99, seed: 1).candidates)
    #expect(sampled.candidates != testCase.sampling(negatives: 99, seed: 2).candidates)
  }

  @Test func `where fewer movies are unrated all of them are candidates`() {
    let testCase = EvaluationProtocol.leaveOneOut(seed: 1).testCases(of: .twoTastes(users: 20, movies: 12))[0]
    for list in testCase.sampling(negatives: 99, seed: 1).candidates ?? [] {
      #expect(list.others.count <= 11)
      #expect(!list.others.contains(list.movie))
    }
  }

  @Test func `given candidates remove their pair from the training set and only rank among themselves`() throws {
    let dataset = Dataset.twoTastes()
    let (user, movie) = (dataset.ratings.users[5], dataset.ratings.movies[5])
    let lists = [
      CandidateList(user: user, movie: movie, others: [movie, 3, 4, 3, -1]),
      CandidateList(user: -1, movie: 2, others: [1]),
    ]
    #expect(lists[0].others == [3, 4, -1].filter { $0 != movie })
    let testCase = TestCase(candidates: lists, of: dataset)
    #expect(testCase.training.ratingCount == dataset.ratings.count - 1)
    #expect(testCase.test.movies == [movie])
    let model = try fitted(testCase)
    let ranked = TestLists(of: model, on: testCase, k: 10, context: context)
    #expect(ranked.lists.map(Set.init) == [Set([movie] + lists[0].others), [1, 2]])
    #expect(ranked.relevant == [[movie], [2]])
  }

  @Test func `users from outside are ranked by what they fold in`() throws {
    let testCase = EvaluationProtocol.strongGeneralisation(fraction: 0.3, seed: 2).testCases(
      of: `Evaluation protocols`.dataset())[0]
    let evaluation = try ModelEvaluation.measure(
      PopularityModel.self, settings: ModelSettings(PopularityModel.descriptor), on: [testCase], context: context)
    for name in ["ndcg@100", "recall@20", "capped-recall@20", "recall@50", "capped-recall@50"] {
      #expect(evaluation.mean(name) != nil, "\(name)")
    }
    #expect((evaluation.mean("capped-recall@50") ?? 0) >= (evaluation.mean("recall@50") ?? 1))
  }
}
