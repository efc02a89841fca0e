import Ratings

/// The genres of films and how common they are among likes.
struct FilmGenres: Sendable {
  /// γ: chosen on held-out users of MovieLens latest-small, where it does not harm lists for mixed tastes.
  static let weight: Float = 0.02

  /// For each genre, the most common first, its part of all likes.
  let shares: [Float]
  /// A bit for each genre of each film.
  let bits: [UInt32]

  /// - Parameter films: those of `likes`, and what other films are to have genres.
  init(_ training: TrainingSet, films: [Int32], likes: NewcomerLikes) {
    var counts: [String: Int] = [:]
    for film in films { for genre in Set(training.movies[Int(film)].genres) { counts[genre, default: 0] += 1 } }
    let names = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(CompactListModel.mostGenres).map(\.key)
    let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, UInt32($0)) })
    let bits = films.map { film in
      training.movies[Int(film)].genres.reduce(UInt32(0)) { $0 | (places[$1].map { 1 << $0 } ?? 0) }
    }
    var sums = [Int](repeating: 0, count: names.count)
    for film in likes.byUser.columns {
      var rest = bits[Int(film)]
      while rest != 0 {
        sums[rest.trailingZeroBitCount] += 1
        rest &= rest - 1
      }
    }
    shares = sums.map { Float($0) / Float(max(1, likes.byUser.entryCount)) }
    self.bits = bits
  }
}
