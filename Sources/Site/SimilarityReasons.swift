import Precompute
import Ratings

/// Why two movies are similar, in a few words of the site's language, each piece put together once.
struct SimilarityReasons: Sendable {
  /// Per movie: its genres, in the order of the data.
  private let genres: Ragged<Int32>
  /// As the language calls them.
  private let labels: [String]
  private let texts: Texts
  /// By `Texts.percentPlace`.
  private let tastes: [String]
  /// How many people rated both, for counts below its own.
  private let people: [String]
  private let wellKnown: String
  /// For two genres in the order in which they are named, or one in both places; empty where there are too many.
  private let shared: [String]

  private static let mostGenres = 40
  private static let commonCounts = 256

  init(_ movies: [Movie], texts: Texts) {
    self.texts = texts
    var numbers: [String: Int32] = [:]
    var labels: [String] = []
    var genres = Ragged<Int32>()
    for movie in movies {
      genres.appendRow(
        movie.genres.map { genre in
          if let number = numbers[genre] { return number }
          let number = Int32(labels.count)
          numbers[genre] = number
          labels.append(texts.genre(genre))
          return number
        })
    }
    self.genres = genres
    self.labels = labels
    tastes = (0..<Texts.percentPlaces).map { texts(.alsoTaste, ["share": texts.percent(atPlace: $0)]) }
    people = (0..<Self.commonCounts).map { texts.count(.sharedPeople, $0) }
    wellKnown = texts(.wellKnown)
    shared =
      labels.count > Self.mostGenres
      ? [] : labels.indices.flatMap { first in labels.indices.map { Self.shared(first, $0, labels, texts) } }
  }

  private static func shared(_ first: Int, _ second: Int, _ labels: [String], _ texts: Texts) -> String {
    first == second
      ? texts(.sharedGenre, ["genre": labels[first]])
      : texts(.sharedGenres, ["first": labels[first], "second": labels[second]])
  }

  /// The genres of a movie as the language calls them.
  func genres(of movie: Int) -> some Sequence<String> { genres[movie].lazy.map { labels[Int($0)] } }

  /// The places of the first two of a movie's genres that another has too.
  func sharedGenres(of movie: Int, with other: Int) -> (first: Int?, second: Int?) {
    let (own, others) = (genres[movie], genres[other])
    var (first, second): (Int?, Int?)
    for position in own.indices where others.contains(own[position]) {
      let place = position - own.startIndex
      if first == nil { first = place } else if second == nil { second = place }
    }
    return (first, second)
  }

  /// - Parameters:
  ///   - director: a director of both, to be named.
  ///   - measure: by which they are similar; nil for the same kind.
  func text(
    for similar: SimilarMovie, to movie: Int, director: String?, measure: SimilarityMeasure?
  ) -> String {
    var words = ""
    func add(_ text: String) {
      if !words.isEmpty { words += "\u{a0}· " }
      words += text
    }
    if let director { add(texts(.sameDirector, ["director": director])) }
    if similar.sharedUsers > 0 {
      // Small shares come of few ratings and say less than how many those are.
      let isTelling = similar.score >= 0.05
      if measure == .taste, isTelling { add(Texts.percentPlace(Double(similar.score)).map { tastes[$0] } ?? "") }
      if measure == .audience || (measure == .taste && !isTelling) {
        let count = Int(similar.sharedUsers)
        add(count < people.count ? people[count] : texts.count(.sharedPeople, count))
      }
    }
    let both = sharedGenres(of: movie, with: Int(similar.movie))
    if let place = both.first {
      let own = genres[movie]
      let first = Int(own[own.startIndex + place])
      let second = both.second.map { Int(own[own.startIndex + $0]) } ?? first
      add(shared.isEmpty ? Self.shared(first, second, labels, texts) : shared[first * labels.count + second])
    }
    return words.isEmpty ? wellKnown : words
  }
}
