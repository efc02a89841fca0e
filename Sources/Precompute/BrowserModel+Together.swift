import Models
import Ratings

/// How a group's list is made.
package enum SharedListRule: String, CaseIterable, Sendable {
  /// The highest mean score (average strategy).
  case joy
  /// The highest minimum score (least misery).
  case leastMisery = "nobody-unhappy"
  /// Each in turn chooses the best remaining film.
  case turns
}

/// A film for a group.
package struct SharedRecommendation: Sendable {
  package var movie: Int32
  /// The ranking score: for `joy` and `leastMisery` in standard deviations from each person's mean, for `turns` that of the person who chose.
  package var score: Float
  /// The predicted stars of each person and their interval.
  package var people: [(stars: Float, low: Float, high: Float)]
}

extension BrowserModel {
  /// One list for a group. A film's value for a person is its score on their own list, in standard deviations from the mean
  /// of all films; so people with more ratings do not count more.
  ///
  /// - Parameter isOffered: whether movies that somebody rated may be listed; others always may.
  /// - Complexity: O(people x (films x factors + links)).
  package func list(
    forAll people: [Newcomer], rule: SharedListRule, options: ListOptions, includesSeen: Bool
  ) -> [SharedRecommendation] {
    let known = lists.filmCount
    let scores = people.map { Self.standardized(lists.scores($0.taste)) }
    var raters: [Int32: Int] = [:]
    for person in people {
      for film in Set(person.ratings.map { options.twins.film(movies[$0.film]) }) { raters[film, default: 0] += 1 }
    }
    let candidates = offered(Array(0..<known), options) { movie in
      let count = raters[options.twins.film(movie)] ?? 0
      return includesSeen ? count < people.count : count == 0
    }
    let chosen: [(film: Int, score: Double)] =
      switch rule {
      case .joy:
        Self.best(options.count, of: candidates) { film in
          scores.reduce(0) { $0 + $1[film] } / Double(max(1, people.count))
        }
      case .leastMisery:
        Self.best(options.count, of: candidates) { film in scores.reduce(Double.infinity) { min($0, $1[film]) } }
      case .turns: Self.inTurns(options.count, of: candidates, scores: scores)
      }
    return chosen.map { film, score in
      SharedRecommendation(
        movie: movies[film], score: Float(score), people: people.map { model.predict($0.stars, film: film) })
    }
  }

  private static func best(
    _ count: Int, of films: [Int], score: (Int) -> Double
  ) -> [(film: Int, score: Double)] {
    Array(
      films.map { (film: $0, score: score($0)) }.sorted { ($1.score, $0.film) < ($0.score, $1.film) }
        .prefix(max(0, count)))
  }

  private static func inTurns(_ count: Int, of films: [Int], scores: [[Double]]) -> [(film: Int, score: Double)] {
    guard !scores.isEmpty else { return [] }
    var orders = scores.map { scores in
      films.sorted { (scores[$1], $0) < (scores[$0], $1) }[...]
    }
    var isTaken = Set<Int>()
    var list: [(film: Int, score: Double)] = []
    while list.count < min(count, films.count) {
      let person = list.count % scores.count
      while let film = orders[person].popFirst() {
        guard isTaken.insert(film).inserted else { continue }
        list.append((film, scores[person][film]))
        break
      }
    }
    return list
  }

  /// Standardized to mean 0 and deviation 1, in the order in which `scripts/taste.js` sums.
  static func standardized(_ values: [Double]) -> [Double] {
    var (sum, squares) = (0.0, 0.0)
    for value in values {
      sum += value
      squares += value * value
    }
    let count = Double(max(1, values.count))
    let mean = sum / count
    let deviation = max(1e-9, squares / count - mean * mean).squareRoot()
    return values.map { ($0 - mean) / deviation }
  }
}
