import Precompute
import Ratings
import Templates

/// One card for each movie, worked out once and reused by every page that shows the movie.
struct MovieCards: Sendable {
  static let schema = TemplateSchema(
    "movie card",
    [
      .text("title"), .text("path"), .text("poster"), .text("image"), .number("year"), .text("genre"), .text("rating"),
      .text("count"), .text("id"),
    ])
  /// A card with a few words about why it stands where it does.
  static let notedSchema = TemplateSchema("noted movie", [.object("movie", schema), .text("note")])

  private let cards: [TemplateValue]
  /// Per movie: the class attribute of its poster.
  let posters: [String]
  /// Per movie: the drawn poster lying across.
  let pictures: [SharePicture]
  private let images: PosterImages

  /// What links to the movie show: the image of its poster, or the drawn one lying across.
  func picture(_ movie: Int) -> String { images.paths[movie] ?? pictures[movie].path }

  /// The image of the movie's poster, if it has one.
  func image(_ movie: Int) -> TemplateValue { images.paths[movie].map { .text($0) } ?? .null }

  init(_ catalogue: Catalogue, address: Address, images: PosterImages) {
    let precomputed = catalogue.precomputed
    let texts = catalogue.texts
    // Few lists of genres there are, and many movies.
    var motifs: [[String]: [String]] = [:]
    for movie in precomputed.movies where motifs[movie.genres] == nil {
      motifs[movie.genres] = PosterArt.motifs(of: movie.genres)
    }
    let drawn = precomputed.movies.map { PosterArt.poster(of: $0, motifs: motifs[$0.genres] ?? []) }
    let posters = drawn.map(\.classes)
    self.posters = posters
    self.images = images
    pictures = drawn.map(\.picture)
    cards = precomputed.movies.enumerated().map { index, movie in
      let statistics = precomputed.statistics(ofMovie: index)
      return .object(
        TemplateObject(
          Self.schema,
          [
            .text(movie.title), .text(address.link(catalogue.movieFolders[index])),
            .text(posters[index]), images.paths[index].map { .text($0) } ?? .null,
            movie.year.map { .integer($0) } ?? .null,
            .text(catalogue.mainGenreLabel(of: index)),
            .text(statistics.count > 0 ? texts.rating(Double(statistics.mean)) : ""),
            .text(statistics.count > 0 ? texts.count(.ratings, statistics.count) : ""),
            .text(movie.id.description),
          ]))
    }
  }

  subscript(_ movie: Int32) -> TemplateValue { cards[Int(movie)] }

  func list(_ movies: some Sequence<Int32>) -> TemplateValue { .list(movies.map { cards[Int($0)] }) }

  func noted(_ movie: Int32, _ note: String) -> TemplateValue {
    .object(TemplateObject(Self.notedSchema, [cards[Int(movie)], .text(note)]))
  }
}
