import Precompute

/// What a shelf of movies is put together by.
package enum ShelfKind: String, CaseIterable, Sendable, BitwiseCopyable {
  case genre, decade, mood, tag

  /// The folder of all shelves of the kind.
  package var folder: String { rawValue + "s/" }

  /// The orders in which its shelves can be read; each is a list of pages of its own.
  package var orders: [ShelfOrder] { self == .mood ? [.first] : self == .tag ? [.first, .best] : ShelfOrder.allCases }
}

/// The order of a shelf.
package enum ShelfOrder: Int, CaseIterable, Sendable, BitwiseCopyable {
  /// Best known first; for a mood what shows it most.
  case first
  /// Highest rated first, few voices counting less.
  case best
  /// Latest first.
  case newest

  /// The folder under the shelf's own.
  var folder: String { self == .first ? "" : self == .best ? "best/" : "newest/" }
}

/// The movies of a genre, decade, mood or tag.
package struct Shelf: Sendable {
  package let kind: ShelfKind
  /// As the data spells it.
  package let name: String
  /// As the site's language calls it.
  package let title: String
  /// One sentence about it; empty where the title says it all.
  package let note: String
  package let folder: String
  package let motif: String
  /// By `ShelfOrder`.
  private let orders: [[Int32]]

  init(
    _ kind: ShelfKind, name: String, title: String, note: String = "", folder: String, motif: String, movies: [Int32],
    best: [Double] = [], years: [Int] = []
  ) {
    self.kind = kind
    self.name = name
    self.title = title
    self.note = note
    self.folder = folder
    self.motif = motif
    orders = kind.orders.map { order in
      switch order {
      case .first: movies
      case .best: Self.sorted(movies) { best[Int($0)] }
      case .newest: Self.sorted(movies) { Double(years[Int($0)]) }
      }
    }
  }

  /// All movies, best known first.
  package var movies: [Int32] { orders[0] }

  package func movies(in order: ShelfOrder) -> [Int32] { orders[kind.orders.firstIndex(of: order) ?? 0] }

  /// By falling key; of equals the one that stood first.
  private static func sorted(_ movies: [Int32], by key: (Int32) -> Double) -> [Int32] {
    let keyed = movies.enumerated().map { (key: key($1), place: $0, movie: $1) }
    return keyed.sorted { $0.key != $1.key ? $0.key > $1.key : $0.place < $1.place }.map(\.movie)
  }
}

/// What ratings say about a movie apart from their mean.
enum Mood: String, CaseIterable {
  /// Loved and hated at once.
  case divisive
  /// Hardly anybody dislikes it.
  case beloved
  /// Good, and few know it.
  case overlooked

  /// How many movies a mood shows at most: a tenth of the catalogue, from 12 to 240.
  static func length(of movies: Int) -> Int { min(240, max(12, movies / 10)) }

  var name: TextName {
    switch self {
    case .divisive: .moodDivisive
    case .beloved: .moodBeloved
    case .overlooked: .moodOverlooked
    }
  }

  var note: TextName {
    switch self {
    case .divisive: .moodDivisiveNote
    case .beloved: .moodBelovedNote
    case .overlooked: .moodOverlookedNote
    }
  }

  var motif: String {
    switch self {
    case .divisive: "action2"
    case .beloved: "romance"
    case .overlooked: "fantasy"
    }
  }

  /// How much a movie shows the mood; nil where it does not.
  ///
  /// - Parameters:
  ///   - best: the damped mean.
  ///   - usual: how many ratings the median movie has, at least 3.
  func strength(of statistics: RatingStatistics, best: Double, mean: Double, usual: Int) -> Double? {
    guard statistics.count >= max(3, usual / 2) else { return nil }
    switch self {
    case .divisive:
      guard statistics.count >= usual else { return nil }
      let spread = Self.deviation(of: statistics.histogram)
      return spread > 0 ? spread : nil
    case .beloved:
      guard statistics.count >= usual, best > mean else { return nil }
      let levels = statistics.histogram.count
      let unhappy = statistics.histogram.prefix(levels / 2).reduce(0) { $0 + Int($1) }
      return best - 4 * Double(unhappy) / Double(statistics.count)
    case .overlooked: return statistics.count <= 2 * usual && best > mean ? best : nil
    }
  }

  /// The standard deviation of the ratings, in levels of the scale.
  private static func deviation(of histogram: [Int32]) -> Double {
    var (count, sum, squares) = (0.0, 0.0, 0.0)
    for (level, ratings) in histogram.enumerated() {
      count += Double(ratings)
      sum += Double(ratings) * Double(level)
      squares += Double(ratings) * Double(level) * Double(level)
    }
    return count > 0 ? max(0, squares / count - sum * sum / count / count).squareRoot() : 0
  }
}
