import Precompute
import Ratings

/// A part of what a page shows, counted in the page's fingerprint when it was read.
@propertyWrapper struct Counted<Value: Sendable>: Sendable {
  let wrappedValue: Value

  fileprivate init(_ value: Value) { wrappedValue = value }
}

/// What a source may hold: a part that is `Counted`, another source, or the context that all pages share.
package protocol SourcePart: Sendable {}

/// What pages are made from and nothing else: each stored property is a `SourcePart`. A test looks.
package protocol PageSource: SourcePart {}

extension Counted: SourcePart {}
extension SharedContext: SourcePart {}
extension Array: SourcePart where Element: SourcePart {}
extension Optional: SourcePart where Wrapped: SourcePart {}

/// Reads what a page is made from. A page that is kept from build to build gets its input through this and nothing else of the
/// data, so nothing can be shown that its fingerprint does not count.
struct SourceReader {
  /// Nil where nobody asks for the fingerprint.
  private var sum: Fingerprint?

  /// - Parameter base: what the page is made from apart from what is read.
  init(counting base: Fingerprint) { sum = base }

  private init() {}

  /// For rendering, which needs no fingerprint.
  static let uncounted = SourceReader()

  var fingerprint: UInt64? { sum?.value }

  mutating func text(_ text: String) -> Counted<String> {
    sum?.add(text)
    return Counted(text)
  }

  mutating func text(_ text: String?) -> Counted<String?> {
    sum?.add(text)
    return Counted(text)
  }

  mutating func id(_ id: SourceID) -> Counted<SourceID> {
    sum?.add(id)
    return Counted(id)
  }

  mutating func link(_ link: Link) -> Counted<Link> {
    sum?.add(link.title)
    sum?.add(link.path)
    return Counted(link)
  }

  mutating func links(_ links: [Link]) -> Counted<[Link]> {
    sum?.add(links.count)
    return Counted(links.map { link($0).wrappedValue })
  }

  /// Any value, by its bytes: a field that is added to its type counts by itself.
  mutating func value<Value: BitwiseCopyable & Sendable>(_ value: Value) -> Counted<Value> {
    sum?.add(bits: value)
    return Counted(value)
  }

  mutating func values<Value: BitwiseCopyable & Sendable>(_ values: ArraySlice<Value>) -> Counted<ArraySlice<Value>> {
    sum?.add(bitsOf: values)
    return Counted(values)
  }

  mutating func statistics(_ statistics: RatingStatistics) -> Counted<RatingStatistics> {
    sum?.add(statistics)
    return Counted(statistics)
  }

  /// A film, with its card and how it was rated.
  mutating func film(_ movie: Int, of films: FilmTable) -> Counted<ShownFilm> {
    sum?.add(films.fingerprints[movie])
    return Counted(ShownFilm(index: movie, films))
  }

  /// Rows about films, each with its film.
  mutating func films<Row: FilmRow>(_ rows: ArraySlice<Row>, of films: FilmTable) -> Counted<FilmRows<Row>> {
    if sum != nil {
      sum?.add(bitsOf: rows)
      for row in rows { sum?.add(films.fingerprints[Int(row.movie)]) }
    }
    return Counted(FilmRows(rows: rows, films))
  }
}

extension Fingerprint {
  /// How a movie was rated, or a user rates.
  mutating func add(_ statistics: RatingStatistics) {
    add(bits: statistics.count)
    add(bits: statistics.mean)
    add(bitsOf: statistics.histogram[...])
  }

  /// All that is known of a movie by itself.
  mutating func add(_ movie: Movie) {
    add(movie.id)
    add(movie.title)
    add(movie.year)
    add(movie.genres)
    add(movie.directors)
    add(movie.runtime)
    add(movie.language)
    add(movie.imdbID)
    add(movie.tmdbID)
  }
}
