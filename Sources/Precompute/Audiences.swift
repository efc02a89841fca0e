package import Ratings

/// The raters of each movie, for counting common raters of two movies.
///
/// The audiences of the most popular movies are also stored as bits: then only the smaller audience of two is scanned, and the
/// most popular movies have most of the pairs.
package struct Audiences: Sendable {
  private let byMovie: SparseRows
  /// For each movie the position of its bits in `bits`; -1 for those without.
  private let places: [Int32]
  private let bits: [UInt64]
  private let words: Int

  /// The memory for all bits, in bytes.
  private static let memory = 32 << 20

  /// - Complexity: O(ratings + movies log movies), at most `memory`.
  package init(_ byMovie: SparseRows) {
    self.byMovie = byMovie
    let words = (byMovie.columnCount + 63) / 64
    let known = (0..<byMovie.rowCount).sorted {
      (byMovie.count(ofRow: $1), $0) < (byMovie.count(ofRow: $0), $1)
    }.prefix(Self.memory / max(8, 8 * words)).filter { byMovie.count(ofRow: $0) > words }
    var places = [Int32](repeating: -1, count: byMovie.rowCount)
    var bits = [UInt64](repeating: 0, count: known.count * words)
    for (place, movie) in known.enumerated() {
      places[movie] = Int32(place)
      for position in byMovie.range(ofRow: movie) {
        let user = Int(byMovie.columns[position])
        bits[place * words + user >> 6] |= 1 << UInt64(user & 63)
      }
    }
    self.words = words
    self.places = places
    self.bits = bits
  }

  /// How many people rated both movies.
  ///
  /// - Complexity: O(ratings of the less popular one) if the other is among the most popular, otherwise O(ratings of both).
  package func shared(_ a: Int, _ b: Int) -> Int {
    let (few, many) = byMovie.count(ofRow: a) < byMovie.count(ofRow: b) ? (a, b) : (b, a)
    let place = Int(places[many])
    guard place >= 0 else { return merged(few, many) }
    if byMovie.count(ofRow: few) > words, places[few] >= 0 {
      let own = Int(places[few]) * words
      return (0..<words).reduce(0) { $0 + (bits[place * words + $1] & bits[own + $1]).nonzeroBitCount }
    }
    return byMovie.range(ofRow: few).reduce(0) { sum, position in
      let user = Int(byMovie.columns[position])
      return sum + Int(bits[place * words + user >> 6] >> UInt64(user & 63) & 1)
    }
  }

  private func merged(_ a: Int, _ b: Int) -> Int {
    let users = byMovie.columns
    var i = byMovie.offsets[a]
    var j = byMovie.offsets[b]
    var shared = 0
    while i < byMovie.offsets[a + 1], j < byMovie.offsets[b + 1] {
      if users[i] == users[j] { shared += 1 }
      let step = users[i] <= users[j]
      if users[j] <= users[i] { j += 1 }
      if step { i += 1 }
    }
    return shared
  }
}
