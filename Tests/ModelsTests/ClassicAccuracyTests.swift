import Models
import TestSupport
import Testing

/// Every classic model at its defaults on the first official split of MovieLens 100k, the hardest of the five.
@Suite(.slow, .enabled(if: SharedData.has(SharedData.movieLens100k), Comment(rawValue: SharedData.absence)))
struct ClassicAccuracyTests {
  @Test(arguments: [
    ("slope-one", 0.945), ("co-clustering", 0.950), ("user-neighbours", 0.940), ("item-neighbours", 0.930),
    ("nmf", 0.945), ("sgd", 0.930), ("svdpp", 0.925), ("asymmetric", 0.930), ("timesvdpp", 0.928), ("neural", 0.950),
  ])
  func `the error is within the bound`(name: String, bound: Double) throws {
    let split = try MovieLensSplit("u1")
    let error = split.rmse(of: try fitted(name, to: split.training))
    #expect(error <= bound, "RMSE \(error)")
  }

  @Test func `dates make timesvdpp more accurate`() throws {
    let split = try MovieLensSplit("u1")
    let model = try fitted("timesvdpp", to: split.training)
    #expect(split.rmse(of: model, dated: true) < split.rmse(of: model))
  }

  @Test(arguments: ["user-neighbours", "item-neighbours"], [1, 2, 3])
  func `every similarity but the plain cosine beats the biases`(name: String, similarity: Int) throws {
    let split = try MovieLensSplit("u1")
    let biases = split.rmse(of: try fitted("biases", to: split.training))
    let model = try fitted(name, to: split.training, overrides: ["similarity": Double(similarity)])
    #expect(split.rmse(of: model) < biases)
  }
}
