/// Films that stand in a catalogue under more than one id, with one title and year.
///
/// Both keep their ids, ratings and pages. On a list such a film stands once, and whoever has seen one of them has seen both.
public struct Twins: Sendable {
  /// Each film under several ids, as indices of movies, rising; in the order of their first.
  public let groups: [[Int32]]
  private let groupOfMovie: [Int32: Int]

  /// - Complexity: O(movies).
  public init(_ movies: [Movie]) {
    var places: [Name: [Int32]] = [:]
    for (index, movie) in movies.enumerated() {
      guard let year = movie.year else { continue }
      places[Name(movie.title, year: year), default: []].append(Int32(index))
    }
    groups = places.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
    var groupOfMovie: [Int32: Int] = [:]
    for (place, group) in groups.enumerated() { for movie in group { groupOfMovie[movie] = place } }
    self.groupOfMovie = groupOfMovie
  }

  /// A catalogue in which each film has one id.
  public static let none = Twins([])

  public var isEmpty: Bool { groups.isEmpty }

  /// How many films would be left out of a list that has them all.
  public var surplus: Int { groups.reduce(0) { $0 + $1.count - 1 } }

  /// All ids of the film under which this movie stands; the movie alone where it has one.
  public func all(_ movie: Int32) -> [Int32] { groupOfMovie[movie].map { groups[$0] } ?? [movie] }

  /// The same number for all ids of a film, another for each film.
  public func film(_ movie: Int32) -> Int32 { groupOfMovie[movie].map { groups[$0][0] } ?? movie }

  /// `list` with each film at its first place only.
  public func once<Element>(_ list: [Element], movie: (Element) -> Int32) -> [Element] {
    guard !isEmpty else { return list }
    var shown: Set<Int32> = []
    return list.filter { shown.insert(film(movie($0))).inserted }
  }

  /// Title and year as they are compared: case, accents, articles' places and most marks do not count.
  private struct Name: Hashable {
    let words: String
    let year: Int

    /// Marks that tell titles apart which have the same words: C# and C++.
    private static let telling: Set<Unicode.Scalar> = ["#", "+", "*", "!", "?", "$"]

    init(_ title: String, year: Int) {
      let words = TitleWords.words(of: title)
      let marks = String(String.UnicodeScalarView(title.unicodeScalars.filter(Self.telling.contains)))
      self.words = words.isEmpty ? title : words.joined(separator: " ") + "\n" + marks
      self.year = year
    }
  }
}
