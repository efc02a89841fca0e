import Precompute
import Ratings

extension Catalogue {
  /// The file name and the folder of each movie.
  static func addresses(of movies: [Movie]) -> (names: [String], folders: [String]) {
    var taken = UniqueNames()
    let names = movies.map { taken.claim($0.id) }
    var takenFolders = UniqueNames()
    let folders = zip(movies, names).map { movie, name in
      let slug = Slug.of(movie.title)
      let folder = takenFolders.claim(name + "-" + (slug.isEmpty ? "film" : slug), key: movie.id.description)
      return "movies/" + folder + "/"
    }
    return (names, folders)
  }

  static func ranking(of precomputed: Precomputed) -> [Int32] {
    precomputed.movies.indices.map { Int32($0) }.sorted { left, right in
      let a = precomputed.statistics(ofMovie: Int(left))
      let b = precomputed.statistics(ofMovie: Int(right))
      return a.count != b.count ? a.count > b.count : a.mean != b.mean ? a.mean > b.mean : left < right
    }
  }

  /// Sorted as libraries do: accents and a leading article do not count, titles that begin in other scripts come last.
  static func alphabet(of movies: [Movie]) -> [(letter: String, movie: Int32)] {
    let keyed = movies.enumerated().map { index, movie in
      var words = TitleWords.words(of: movie.title)
      if words.count > 1, let first = words.first, ["the", "a", "an"].contains(first) { words.removeFirst() }
      let first = words.first?.utf8.first ?? 0
      let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first)
      let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
      let letter = isLetter ? String(UnicodeScalar(first - 32)) : isDigit ? "0–9" : "…"
      let key = (isLetter || isDigit ? "" : "~") + (words.isEmpty ? movie.title : words.joined(separator: " "))
      return (key: key, letter: letter, year: movie.year ?? 0, index: Int32(index))
    }
    return keyed.sorted { left, right in
      if left.key != right.key { return left.key.utf8.lexicographicallyPrecedes(right.key.utf8) }
      return (left.year, left.index) < (right.year, right.index)
    }.map { ($0.letter, $0.index) }
  }
}
