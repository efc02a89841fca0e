import Precompute
import Ratings
package import Search

extension SearchIndex {
  /// The index of a site's films.
  package init(_ catalogue: Catalogue, texts: Texts, linkStyle: SiteConfiguration.LinkStyle) {
    let precomputed = catalogue.precomputed
    let films = precomputed.movies.enumerated().map { index, movie in
      let name = catalogue.movieNames[index]
      var number: Int?
      if case .number(let id) = movie.id, name == "\(id)" { number = Int(id) }
      return Film(
        title: movie.title, year: movie.year, genres: movie.genres, name: name, number: number,
        folder: catalogue.movieFolders[index].dropFirst("movies/".count).dropLast(),
        ratings: precomputed.statistics(ofMovie: index).count)
    }
    let genres = catalogue.genres.map { Genre(name: $0.name, label: texts.genre($0.name)) }
    self.init(films, genres: genres, page: linkStyle == .files ? "index.html" : "")
  }
}
