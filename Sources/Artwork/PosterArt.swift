package import Ratings

/// The drawn poster of a movie: classes of the style sheet that choose inks, motif, layout and size of the title.
///
/// The same movie always gets the same poster.
package enum PosterArt {
  /// How many sets of inks the style sheet has.
  package static let palettes = 36
  /// How many there were before.
  private static let older = 24
  private static let layouts = 4

  /// Genre and motif, the most telling genre first: a film that is both a western and a drama looks like a western.
  package static let motifs: [(genre: String, motif: String)] = [
    ("film noir", "noir"), ("western", "western"), ("sci fi", "scifi"), ("science fiction", "scifi"),
    ("horror", "horror"), ("musical", "musical"), ("music", "musical"), ("documentary", "documentary"), ("war", "war"),
    ("animation", "animation"), ("fantasy", "fantasy"), ("mystery", "mystery"), ("crime", "crime"),
    ("children", "children"), ("childrens", "children"), ("family", "children"), ("thriller", "thriller"),
    ("adventure", "adventure"), ("romance", "romance"), ("action", "action"), ("comedy", "comedy"), ("drama", "drama"),
  ]

  /// Motifs that come in two drawings, since many films share them.
  private static let doubled: Set<String> = ["action", "comedy", "crime", "drama"]

  /// The class attribute of the movie's poster, and the same poster lying across.
  ///
  /// - Parameter motifs: those of the movie's genres, the most telling first.
  package static func poster(of movie: Movie, motifs: [String]) -> (classes: String, picture: SharePicture) {
    var fingerprint = Fingerprint()
    fingerprint.add(movie.title)
    fingerprint.add(UInt64(bitPattern: Int64(movie.year ?? 0)))
    let hash = fingerprint.value
    // One of the two most telling genres, so that neighbours on a shelf differ.
    let telling = motifs.prefix(2)
    var motif = telling.isEmpty ? "film" : telling[Int((hash >> 40) % UInt64(telling.count))]
    if doubled.contains(motif), hash >> 50 & 1 == 1 { motif += "2" }
    let palette = palette(of: hash)
    return (
      "poster p\(palette) m-\(motif) v\(hash >> 32 & 3) \(titleSize(movie.title))",
      SharePicture(palette: palette, motif: motif)
    )
  }

  /// The class attribute of the movie's poster.
  package static func classes(of movie: Movie) -> String {
    poster(of: movie, motifs: motifs(of: movie.genres)).classes
  }

  private static func palette(of hash: UInt64) -> Int {
    // Half of the films have the inks that they had when there were fewer.
    hash >> 55 & 1 == 1 ? older + Int(hash % UInt64(palettes - older)) : Int(hash % UInt64(older))
  }

  /// The class attribute of the poster of a genre or decade.
  package static func classes(ofTile name: String, motif: String) -> String {
    var fingerprint = Fingerprint()
    fingerprint.add(name)
    return "poster p\(palette(of: fingerprint.value)) m-\(motif) v0 \(titleSize(name))"
  }

  /// The motif of the most telling genre.
  package static func motif(of genres: [String]) -> String { motifs(of: genres).first ?? "film" }

  /// What a decade's cinema is remembered for.
  package static func motif(ofDecade decade: Int) -> String {
    switch decade {
    case 1930: "musical"
    case 1940: "noir"
    case 1950: "western"
    case 1960: "mystery"
    case 1970: "thriller"
    case 1980: "scifi"
    case 1990: "animation"
    case 2000: "fantasy"
    case 2010: "action"
    case 2020: "drama2"
    default: "film"
    }
  }

  /// The motifs of `genres`, the most telling first, each once.
  package static func motifs(of genres: [String]) -> [String] {
    let names = Set(genres.map { Slug.words(of: $0).joined(separator: " ") })
    var result: [String] = []
    for (genre, motif) in motifs where names.contains(genre) && !result.contains(motif) { result.append(motif) }
    return result
  }

  /// `genres` with the most telling first; those without a motif come last, in their own order.
  package static func tellingFirst(_ genres: [String]) -> [String] {
    let ranks = genres.map { genre in
      let name = Slug.words(of: genre).joined(separator: " ")
      return motifs.firstIndex { $0.genre == name } ?? motifs.count
    }
    return genres.indices.sorted { (ranks[$0], $0) < (ranks[$1], $1) }.map { genres[$0] }
  }

  /// "t1" (shortest) to "t4": how large the title can be set without breaking a word.
  package static func titleSize(_ title: String) -> String {
    var length = 0
    var word = 0
    var longestWord = 0
    for scalar in title.unicodeScalars {
      // From Hangul on, most scripts have letters as wide as high.
      let width = scalar.value >= 0x1100 ? 2 : 1
      length += width
      word = scalar == " " || width == 2 ? 0 : word + 1
      longestWord = max(longestWord, word)
    }
    switch (length, longestWord) {
    case (...14, ...9): return "t1"
    case (...24, ...11): return "t2"
    case (...45, ...14): return "t3"
    default: return "t4"
    }
  }
}
