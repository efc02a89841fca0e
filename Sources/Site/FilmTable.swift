import Platform
import Precompute
import Ratings
import Templates

/// Films as other pages show them. Whatever is shown of a film counts: its facts, address, poster and card, and how it was rated.
final class FilmTable: Sendable {
  fileprivate let catalogue: Catalogue
  fileprivate let cards: MovieCards
  /// Per movie: its facts, address and poster.
  let facts: [UInt64]
  /// Per movie: the same and how it was rated, which its card shows.
  let fingerprints: [UInt64]

  /// - Parameter counts: whether anybody will ask for fingerprints.
  /// - Complexity: O(movies).
  init(_ catalogue: Catalogue, cards: MovieCards, counts: Bool) {
    self.catalogue = catalogue
    self.cards = cards
    let movies = counts ? catalogue.precomputed.movies.indices : 0..<0
    facts = movies.map { movie in
      var sum = Fingerprint()
      sum.add(catalogue.precomputed.movies[movie])
      sum.add([
        catalogue.mainGenreLabel(of: movie), catalogue.movieFolders[movie], catalogue.movieNames[movie],
        cards.picture(movie), cards.posters[movie],
      ])
      sum.add(Int(catalogue.twins.film(Int32(movie))))
      return sum.value
    }
    fingerprints = zip(facts, movies).map { facts, movie in
      var sum = Fingerprint()
      sum.add(facts)
      sum.add(catalogue.precomputed.statistics(ofMovie: movie))
      return sum.value
    }
  }
}

/// A film that a page may show, since its fingerprint counts it.
struct ShownFilm: Sendable {
  let index: Int
  private let table: FilmTable

  /// For `SourceReader`, which counts it.
  init(index: Int, _ table: FilmTable) {
    self.index = index
    self.table = table
  }

  var facts: Movie { table.catalogue.precomputed.movies[index] }
  var statistics: RatingStatistics { table.catalogue.precomputed.statistics(ofMovie: index) }
  var folder: String { table.catalogue.movieFolders[index] }
  /// The id as a file name.
  var name: String { table.catalogue.movieNames[index] }
  /// The class attribute of its poster.
  var poster: String { table.cards.posters[index] }
  /// The image of its poster, if it has one.
  var image: String? { table.cards.image(index) }
  /// What links to the film show.
  var picture: String { table.cards.picture(index) }
  var card: ModelObject<MovieCard> { table.cards[Int32(index)] }
  /// The beginning of a JSON object about it.
  var reference: ArraySlice<UInt8> { table.catalogue.references[index] }
  /// The same film under all of its ids.
  var twin: Int32 { table.catalogue.twins.film(Int32(index)) }
  /// Its genres as the language calls them.
  var genres: [String] { Array(table.catalogue.reasons.genres(of: index)) }

  /// Why another film is similar to this one, in a few words of the site's language.
  ///
  /// - Parameter measure: by which they are similar; nil for the same kind.
  func reason(for similar: SimilarMovie, measure: SimilarityMeasure?) -> String {
    table.catalogue.reason(for: similar, to: index, measure: measure)
  }

  /// Films similar to this one, as JSON has them.
  func appendJSON(_ similar: FilmRows<SimilarMovie>, to bytes: inout [UInt8]) {
    let genres = facts.genres
    bytes.append(jsonList: similar.rows) { bytes, row in
      let shared = table.catalogue.reasons.sharedGenres(of: index, with: Int(row.movie))
      bytes.append(
        json: row, because: row.reason(sharing: shared.first.map { genres[$0] }, and: shared.second.map { genres[$0] }),
        reference: table.catalogue.references[Int(row.movie)])
    }
  }
}

/// A row of the artefact that is about a film.
protocol FilmRow: BitwiseCopyable, Sendable {
  var movie: Int32 { get }
}

extension SimilarMovie: FilmRow {}
extension FavouriteMovie: FilmRow {}
extension Recommendation: FilmRow {}
extension Reason: FilmRow {}
extension UserTastes.Rated: FilmRow {}

extension Int32: FilmRow {
  /// A film by itself.
  var movie: Int32 { self }
}

/// Rows about films that a page may show.
struct FilmRows<Row: FilmRow>: Sendable {
  fileprivate let rows: ArraySlice<Row>
  private let table: FilmTable

  /// For `SourceReader`, which counts them.
  init(rows: ArraySlice<Row>, _ table: FilmTable) {
    self.rows = rows
    self.table = table
  }
}

extension FilmRows: RandomAccessCollection {
  /// A row and its film.
  struct Element: Sendable {
    let row: Row
    let film: ShownFilm
  }

  var startIndex: Int { rows.startIndex }
  var endIndex: Int { rows.endIndex }

  subscript(position: Int) -> Element {
    Element(row: rows[position], film: ShownFilm(index: Int(rows[position].movie), table))
  }

  /// The cards of the films.
  var cards: [ModelObject<MovieCard>] { rows.map { table.cards[$0.movie] } }
}
