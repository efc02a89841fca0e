/// Films with more than one id in a catalogue, recognized by title and year.
///
/// Each id keeps its ratings and page. A list shows such a film once, and having seen one of them counts as having seen both.
public struct Twins: Sendable {
  /// Each film with several ids, as ascending indices of movies; in the order of their first.
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

  /// Whether each film has one id.
  public var isEmpty: Bool { groups.isEmpty }

  /// How many entries would be left out of a list of all movies.
  public var surplus: Int { groups.reduce(0) { $0 + $1.count - 1 } }

  /// All ids of this movie's film; only the movie itself if it has one.
  public func all(_ movie: Int32) -> [Int32] { groupOfMovie[movie].map { groups[$0] } ?? [movie] }

  /// A number that is the same for all ids of a film, and different for other films.
  public func film(_ movie: Int32) -> Int32 { groupOfMovie[movie].map { groups[$0][0] } ?? movie }

  /// `list` with each film only at its first position.
  public func once<Element>(_ list: [Element], movie: (Element) -> Int32) -> [Element] {
    guard !isEmpty else { return list }
    var shown: Set<Int32> = []
    return list.filter { shown.insert(film(movie($0))).inserted }
  }

  /// Title and year as they are compared: case, accents, the position of articles and most punctuation are ignored.
  private struct Name: Hashable {
    let words: String
    let year: Int

    /// Marks that distinguish titles with the same words: C# and C++.
    private static let telling: Set<Unicode.Scalar> = ["#", "+", "*", "!", "?", "$"]

    init(_ title: String, year: Int) {
      let words = TitleWords.words(of: title)
      let marks = String(String.UnicodeScalarView(title.unicodeScalars.filter(Self.telling.contains)))
      self.words = words.isEmpty ? title : words.joined(separator: " ") + "\n" + marks
      self.year = year
    }
  }
}
