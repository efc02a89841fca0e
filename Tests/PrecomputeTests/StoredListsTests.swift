import BinaryFiles
import LinearAlgebra
import Models
import Precompute
import Ratings
import TestSupport
import Testing

@Suite struct `Lists straight from the file` {
  private static let dataset: Dataset = {
    var dataset = Dataset.twoTastes()
    dataset.users[dataset.users.count - 1].id = .text("zoë")
    return dataset
  }()

  private static func make() throws -> Precomputed {
    let training = TrainingSet(dataset.ratings, of: dataset)
    let named = { (name: String) throws -> NamedModel in
      let type = try ModelCatalogue.model(named: name)
      return NamedModel(
        name: name, model: try type.fit(training, settings: ModelSettings(type.descriptor), context: FitContext()))
    }
    let models = PrecomputeModels(
      lists: [try named("ease"), try named("popularity")], stars: try named("biases"), similar: try named("ease"),
      interval: PredictionInterval([], scale: dataset.scale))
    return Precomputed(
      dataset, training: training, models: models, reports: [], includesSeen: false, threads: .allCores)
  }

  @Test func `are those of the whole artefact`() throws {
    let folder = try TemporaryFolder()
    let pages = try Self.make()
    try pages.write(to: folder.path("pages"), dataset: 1)
    let stored = try StoredLists(contentsOf: folder.path("pages"))
    for (user, known) in pages.users.enumerated() {
      for model in [nil, "ease", "popularity"] {
        for count in [1, 7, Precomputed.listLength] {
          let answer = try #require(try stored.answer(to: known.id, model: model, count: count))
          let list = try #require(model == nil ? pages.lists.first : pages.lists.first { $0.model == model })
          #expect(answer.ratingCount == pages.userStatistics[user].count)
          #expect(answer.list.model == list.model && answer.list.starsModel == list.starsModel)
          let expected = list.list(ofUser: user).prefix(count)
          let found = answer.list.list(ofUser: 0)
          #expect(found.count == expected.count)
          for (one, other) in zip(found, expected) {
            #expect(answer.movies[Int(one.recommendation.movie)] == pages.movies[Int(other.recommendation.movie)])
            var entry = one.recommendation
            entry.movie = other.recommendation.movie
            #expect(entry == other.recommendation)
            #expect(one.reasons.map(\.weight) == other.reasons.map(\.weight))
            let reasons = one.reasons.map { answer.movies[Int($0.movie)].id }
            #expect(reasons == other.reasons.map { pages.movies[Int($0.movie)].id })
          }
        }
      }
    }
    #expect(try stored.answer(to: .text("nobody"), model: nil, count: 5) == nil)
    #expect(try stored.answer(to: pages.users[0].id, model: "als", count: 5) == nil)
  }

  @Test func `of a damaged file are an error or other lists, never a trap`() throws {
    let folder = try TemporaryFolder()
    try Self.make().write(to: folder.path("pages"), dataset: 1)
    let bytes = try folder.read("pages")
    var random = CounterRandom(seed: 3)
    for step in 0..<300 {
      var damaged = bytes
      if step % 3 == 0 {
        damaged.removeLast(1 + random.index(below: bytes.count))
      } else {
        for _ in 0..<step % 5 + 1 { damaged[random.index(below: bytes.count)] = UInt8(random.index(below: 256)) }
      }
      try folder.write(damaged, to: "damaged")
      do throws(BinaryFileError) {
        let stored = try StoredLists(contentsOf: folder.path("damaged"))
        for user in Self.dataset.users.prefix(20) { _ = try stored.answer(to: user.id, model: nil, count: 20) }
      } catch {
        continue
      }
    }
  }
}
