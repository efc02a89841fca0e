import LinearAlgebra
import Ratings

/// Selects the model with the best lists for held-out users, from a few of their ratings each.
///
/// A fifth of the users, at most `mostPeople`, are held out of the fit. For each, `given` ratings are drawn and folded in; the others
/// are the relevant films. There are no settings per data set: what is right for dense ratings of few films is
/// wrong for sparse ones of many, and vice versa.
struct NewcomerTrial: Sendable {
  static let given = [5, 10, 20]
  private static let share = 0.2
  private static let mostPeople = 200
  private static let listLength = 10
  private static let fewestLeft = 5

  /// A person's given ratings, by film and stars, and the films of the others.
  private struct Person: Sendable {
    let given: [(film: Int, stars: Double)]
    let wanted: Set<Int>
  }

  private let people: [Person]
  private let held: Set<Int>
  let filmCount: Int

  init(_ training: TrainingSet, films: [Int32], seed: UInt64) {
    filmCount = films.count
    var places = [Int](repeating: -1, count: training.movieCount)
    for (place, movie) in films.enumerated() { places[Int(movie)] = place }
    let fewest = Self.given[0] + Self.fewestLeft
    let candidates = (0..<training.userCount).filter { training.byUser.count(ofRow: $0) >= fewest }
    let held = candidates.map { (user: $0, key: CounterRandom.mix(seed ^ UInt64($0) &* 0x9e37_79b9)) }
      .sorted { ($0.key, $0.user) < ($1.key, $1.user) }
      .prefix(min(Self.mostPeople, Int(Self.share * Double(candidates.count)))).map(\.user).sorted()
    self.held = Set(held)
    people = held.flatMap { user in
      var random = CounterRandom(seed: seed, stream: 0x6e65_7763, substream: UInt64(user))
      let ratings = training.ratings(ofUser: user).compactMap { rating -> (film: Int, stars: Double)? in
        let place = places[Int(rating.movie)]
        return place < 0 ? nil : (film: place, stars: Double(rating.value))
      }.shuffled(using: &random)
      return Self.given.filter { ratings.count >= $0 + Self.fewestLeft }.map { count in
        Person(given: Array(ratings.prefix(count)), wanted: Set(ratings.dropFirst(count).map(\.film)))
      }
    }
  }

  var isEmpty: Bool { people.isEmpty }

  /// Whether a user's list is judged.
  func isHeldOut(_ user: Int) -> Bool { held.contains(user) }

  /// The mean nDCG@10 of the lists by each of `mixtures` of the parts of `model`.
  ///
  /// - Complexity: O(people x (films x factors + links + mixtures x films)).
  func gains(
    of model: CompactListModel, mixtures: [CompactListModel.Mixture], threads: ThreadCount
  ) -> [Double] {
    let gains = threads.map(people.count) { index in
      let person = people[index]
      let parts = model.parts(model.foldIn(person.given))
      var scores = [Float](repeating: 0, count: filmCount)
      return mixtures.map { mixture in
        for film in 0..<filmCount { scores[film] = Float(parts.score(of: film, mixture)) }
        for (film, _) in person.given { scores[film] = -.infinity }
        return Self.gain(of: scores, wanted: person.wanted)
      }
    }
    return mixtures.indices.map { mixture in
      gains.reduce(0) { $0 + $1[mixture] } / Double(max(1, gains.count))
    }
  }

  private static let discounts = (0..<listLength).map { 1 / (logarithm(Double($0 + 2)) / logarithm(2)) }

  private static func gain(of scores: [Float], wanted: Set<Int>) -> Double {
    var best = TopK(listLength)
    for film in scores.indices where scores[film] > best.threshold { best.offer(Int32(film), scores[film]) }
    let found = zip(best.take(), discounts).reduce(0.0) { wanted.contains(Int($1.0.index)) ? $0 + $1.1 : $0 }
    return found / discounts.prefix(wanted.count).reduce(0, +)
  }
}
