import Evaluation
import Models
import Ratings

extension EvaluationAnswer {
  /// What a reader must know of the test parts to read the figures right.
  ///
  /// - Parameters:
  ///   - cases: the test parts.
  ///   - cutoff: the length of the shortest list.
  static func remarks(on cases: [TestCase], cutoff: Int) -> [String] {
    var remarks: [String] = []
    let testCount = cases.reduce(0) { $0 + $1.test.count }
    let removed = cases.reduce(0) { $0 + $1.removedFromTraining }
    if removed > 0 {
      remarks.append("\(removed) ratings of the data are of pairs that the test has too: no model is trained with them")
    }
    let unknown = cases.reduce(0) { count, part in
      count + (0..<part.test.count).count { part.test.users[$0] < 0 || part.test.movies[$0] < 0 }
    }
    if unknown > 0 {
      remarks.append(
        "\(unknown) of \(testCount) test ratings are of users or movies that are not in the training part: "
          + "their stars are the model's fallback, and no list is measured by them")
    }
    let full = cases.reduce((lists: 0, full: 0)) { sum, part in
      guard part.candidates == nil else { return sum }
      var seen: [Int32: Bool] = [:]
      for row in 0..<part.test.count where part.test.users[row] >= 0 && part.test.movies[row] >= 0 {
        let user = part.test.users[row]
        if seen[user] == nil {
          seen[user] = part.training.movieCount - part.knownRatings(ofUser: user).count <= cutoff
        }
      }
      return (sum.lists + seen.count, sum.full + seen.values.count(where: \.self))
    }
    if full.full > 0 {
      remarks.append(
        "\(full.full) of \(full.lists) lists hold every movie that is left, so that nothing can be missing on them: "
          + "this is too little data for figures of lists")
    }
    if cases.contains(where: { $0.candidates == nil }), full.lists == 0 {
      remarks.append("nobody in the test is in the training part, so there is no list to measure")
    }
    return remarks
  }
}
