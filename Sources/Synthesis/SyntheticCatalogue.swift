import Ratings

/// Synthetic movies: years, genres, titles, and source ids with gaps as in the real sets.
struct SyntheticCatalogue {
  /// MovieLens's genres, and roughly the percentage of movies with each.
  static let genres: [(name: String, percent: Int)] = [
    ("Action", 18), ("Adventure", 13), ("Animation", 6), ("Children", 7), ("Comedy", 36), ("Crime", 12),
    ("Documentary", 5), ("Drama", 45), ("Fantasy", 8), ("Film-Noir", 1), ("Horror", 10), ("Musical", 4),
    ("Mystery", 6), ("Romance", 16), ("Sci-Fi", 10), ("Thriller", 19), ("War", 4), ("Western", 2),
  ]

  let years: [Int16]
  /// Bit *g* stands for genre *g*; 0 if none is listed.
  let genreSets: [UInt32]
  let ids: [Int32]
  private let synthesizer: Synthesizer

  init(synthesizer: Synthesizer) {
    self.synthesizer = synthesizer
    let latest = synthesizer.format.period.lastYear
    var random = synthesizer.random(.movieFacts)
    var years: [Int16] = []
    var sets: [UInt32] = []
    var ids: [Int32] = []
    var id = 0
    for _ in 0..<synthesizer.movies {
      let age = -19 * PlainMath.logarithm(1 - random.uniform())
      years.append(Int16(max(1915, Double(latest) - age)))
      sets.append(Self.genreSet(&random))
      // Netflix numbers its movies without gaps, MovieLens with some.
      id += synthesizer.format == .netflixPrize ? 1 : 1 + random.index(below: 4)
      ids.append(Int32(id))
    }
    self.years = years
    genreSets = sets
    self.ids = ids
  }

  private static func genreSet(_ random: inout CounterRandom) -> UInt32 {
    guard random.index(below: 200) > 0 else { return 0 }
    var set: UInt32 = 0
    while set == 0 {
      for (index, genre) in genres.enumerated() where random.index(below: 100) < genre.percent {
        if set.nonzeroBitCount < 4 { set |= 1 << index }
      }
    }
    return set
  }

  /// The genres as MovieLens writes them.
  func genreText(_ movie: Int) -> String {
    let names = Self.genres.indices.filter { genreSets[movie] & 1 << $0 != 0 }.map { Self.genres[$0].name }
    return names.isEmpty ? "(no genres listed)" : names.joined(separator: "|")
  }

  /// A title without its year, article in front.
  func title(_ movie: Int) -> String {
    var random = synthesizer.random(.title, movie)
    return SyntheticTitles.title(&random)
  }
}
