/// Films with more than one id in a catalogue, recognized by title and year.
///
/// Each id keeps its ratings and page. A list shows such a film once, and having seen one of them counts as having seen both.
public struct Twins: Sendable {
  /// Each film with several ids, as ascending indices of movies; in the order of their first.
  public let groups: [[Int32]]
  private let groupOfMovie: [Int32: Int]

  /// - Complexity: O(movies).
  public init(_ movies: [Movie]) {
    // By hash first: nearly every film is the only one with its own, and no text has to be kept for it.
    var firsts: [UInt64: Int32] = [:]
    firsts.reserveCapacity(movies.count)
    var alike: [UInt64: [Int32]] = [:]
    var name: [UInt8] = []
    for (index, movie) in movies.enumerated() {
      guard let year = movie.year else { continue }
      name.removeAll(keepingCapacity: true)
      Self.append(nameOf: movie.title, to: &name)
      var hash = Fingerprint()
      hash.add(year)
      hash.add(name)
      if let first = firsts[hash.value] {
        alike[hash.value, default: [first]].append(Int32(index))
      } else {
        firsts[hash.value] = Int32(index)
      }
    }
    groups = alike.values.flatMap { Self.divided($0, among: movies) }.sorted { $0[0] < $1[0] }
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

  /// The first `count` films of `list`, each only at its first position.
  ///
  /// - Complexity: O(elements before the last of them).
  package func first<Element>(_ count: Int, of list: [Element], movie: (Element) -> Int32) -> [Element] {
    guard !isEmpty else { return Array(list.prefix(count)) }
    var shown: Set<Int32> = []
    var found: [Element] = []
    for element in list {
      guard found.count < count else { break }
      if shown.insert(film(movie(element))).inserted { found.append(element) }
    }
    return found
  }

  /// The films of one hash by what they are really called; only where several have one name.
  private static func divided(_ candidates: [Int32], among movies: [Movie]) -> [[Int32]] {
    Dictionary(grouping: candidates) { index -> [Int] in
      var name: [UInt8] = []
      append(nameOf: movies[Int(index)].title, to: &name)
      return [movies[Int(index)].year ?? 0] + name.map(Int.init)
    }.values.filter { $0.count > 1 }
  }

  /// Marks that distinguish titles with the same words: C# and C++.
  private static let telling = Array("#+*!?$".utf8)

  /// Appends a title as it is compared: case, accents, the position of articles and most punctuation are ignored.
  private static func append(nameOf title: String, to bytes: inout [UInt8]) {
    let start = bytes.count
    TitleWords.append(wordsOf: title, to: &bytes)
    guard bytes.count > start else {
      bytes.append(contentsOf: title.utf8)
      return
    }
    bytes.append(UInt8(ascii: "\n"))
    for byte in title.utf8 where telling.contains(byte) { bytes.append(byte) }
  }
}
