import Artwork
import Precompute
import Ratings
import Templates

/// What pages show of a film that they name.
struct MovieCard: Sendable {
  let movie: Movie
  let statistics: RatingStatistics
  let path: String
  let poster: String
  let image: String?
  let genre: String
  let texts: Texts

  static let model = PageModel<MovieCard>("movie card") {
    Text("title", "The film's title.") { $0.movie.title }
    Text("path", "The film's page, behind `root`.") { $0.path }
    Text("poster", "The classes that draw its poster.") { $0.poster }
    Text("image", "An image of its poster, behind `root`; absent where there is none.") { $0.image }
    Number("year", "The film's year; absent where it is not known.") { $0.movie.year }
    Text("genre", "The genre that says most about it; may be empty.") { $0.genre }
    Text("rating", "The mean rating; empty without ratings.") {
      $0.statistics.count > 0 ? $0.texts.rating(Double($0.statistics.mean)) : ""
    }
    Text("count", "How many ratings it has, in words; empty for none.") {
      $0.statistics.count > 0 ? $0.texts.count(.ratings, $0.statistics.count) : ""
    }
    Text("id", "The film's id in the data.") { $0.movie.id.description }
  }
}

/// A card with a few words about why it is shown.
struct NotedMovie: Sendable {
  let card: ModelObject<MovieCard>
  let note: String

  static let model = PageModel<NotedMovie>("noted movie") {
    Object("movie", "The film.", sharing: MovieCard.model) { $0.card }
    Text("note", "Why it is shown, in a few words; may be empty.") { $0.note }
  }
}

/// One card for each movie, worked out once and reused by every page that shows the movie.
struct MovieCards: Sendable {
  private let cards: [ModelObject<MovieCard>]
  /// Per movie: the class attribute of its poster.
  let posters: [String]
  /// Per movie: the drawn poster lying across.
  let pictures: [SharePicture]
  private let images: PosterImages

  /// What links to the movie show: the image of its poster, or the drawn one lying across.
  func picture(_ movie: Int) -> String { images.paths[movie] ?? pictures[movie].path }

  /// The image of the movie's poster, if it has one.
  func image(_ movie: Int) -> String? { images.paths[movie] }

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
      MovieCard.model.shared(
        MovieCard(
          movie: movie, statistics: precomputed.statistics(ofMovie: index),
          path: address.link(catalogue.movieFolders[index]), poster: posters[index], image: images.paths[index],
          genre: catalogue.mainGenreLabel(of: index), texts: texts))
    }
  }

  subscript(_ movie: Int32) -> ModelObject<MovieCard> { cards[Int(movie)] }

  func list(_ movies: some Sequence<Int32>) -> [ModelObject<MovieCard>] { movies.map { cards[Int($0)] } }
}
