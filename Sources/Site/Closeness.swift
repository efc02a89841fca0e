import Precompute
import Ratings

/// What the similarity of two members is worth: similarities are small numbers even among the best matches, so pages say
/// how many pairs are less alike.
struct Closeness: Sendable {
  /// The similarity that each hundredth of the pairs that pages show stays below, rising; empty where there are no pairs.
  private let thresholds: [Double]
  /// How many pairs are looked at.
  private static let mostPairs = 100_000

  init(_ precomputed: Precomputed) {
    let people = precomputed.similarUsers.elements
    let pairs = precomputed.peopleSimilarities.elements
    let step = max(1, (people.count + pairs.count) / Self.mostPairs)
    var all = stride(from: 0, to: people.count, by: step).map { Double(people[$0].similarity) }
    all += stride(from: 0, to: pairs.count, by: step).map { Double(pairs[$0]) / 255 }
    all = all.filter(\.isFinite).sorted()
    thresholds = all.isEmpty ? [] : (1...100).map { all[($0 * all.count - 1) / 100] }
  }

  /// The percentage of pairs that are less alike, 0 to 100.
  func percentage(of similarity: Double) -> Int {
    var (low, high) = (0, thresholds.count)
    while low < high {
      let middle = (low + high) / 2
      if thresholds[middle] < similarity { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
