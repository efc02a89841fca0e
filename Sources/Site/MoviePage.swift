import Platform
import Precompute
import Ratings
import Templates

/// The page of one movie.
enum MoviePage: SitePage {
  static let template = "movie"

  static let model = PageModel<MovieSource>(template) {
    Text("heading", "The film's title.") { $0.film.facts.title }
    Text("poster", "The classes that draw its poster.") { $0.film.poster }
    Text("image", "An image of its poster, behind `root`; absent where there is none.") { $0.film.image }
    Number("year", "The film's year; absent where it is not known.") { $0.film.facts.year }
    Text("decadePath", "The page of its decade, behind `root`; empty without a year.") { movie in
      movie.film.facts.decade.map { movie.shared.address.link("decades/\($0)s/") } ?? ""
    }
    Text("directors", "Who directed it, separated by commas; may be empty.") {
      $0.film.facts.directors.joined(separator: ", ")
    }
    Flag("hasByline", "Whether the year or a director is known.") {
      $0.film.facts.year != nil || !$0.film.facts.directors.isEmpty
    }
    Text("runtime", "How long it runs, in words; may be empty.") { $0.runtime }
    Text("language", "The language spoken in it, by its English name; empty where it is not known.") {
      $0.film.facts.language.map(FilmLanguage.name) ?? ""
    }
    Text("languageCode", "The language's code, such as `fr`; empty where it is not known.") {
      $0.film.facts.language ?? ""
    }
    Flag("hasFacts", "Whether runtime or language is known.") {
      $0.film.facts.runtime != nil || $0.film.facts.language != nil
    }
    List("genres", "The film's genres.", announcedBy: "hasGenres", of: Link.model) { $0.genres }
    List("tags", "The tags given most often, at most 12.", announcedBy: "hasTags", of: Link.model) {
      $0.tags.prefix(mostTags)
    }
    Text("mean", "The mean rating; empty without ratings.") { $0.mean }
    Text("highest", "The highest rating of the scale.") { $0.shared.highest }
    Text("count", "How many ratings it has, in words; empty for none.") { $0.mean.isEmpty ? "" : $0.count }
    Object("histogram", "Its ratings by level; absent without ratings.", of: Histogram.model) {
      Histogram($0.film.statistics, in: $0.shared)
    }
    List(
      "links", "The film at other services, as `film-links` in site.yaml has them.", announcedBy: "hasLinks",
      of: ExternalLink.model
    ) { $0.links }
    List(
      "groups", "Similar films: by audience, by taste, of the same kind.", announcedBy: "hasSimilar", of: Group.model
    ) { $0.groups }
    List("lists", "The editors' lists that it is on.", announcedBy: "hasLists", of: Link.model) { $0.lists }
    Text("id", "The film's id in the data.") { $0.film.facts.id.description }
    Text("query", "The id as the query of an address has it.") {
      PercentEncoding.encoded($0.film.facts.id.description, keeping: "-")
    }
    Text("path", "The film's page, behind `root`.") { $0.shared.address.link($0.film.folder) }
    Object("scale", "The ratings that can be given, for scripts.", of: ScaleOfRatings.model) {
      ScaleOfRatings($0.shared.scale)
    }
  }

  private static let mostTags = 12

  /// The movie at a service.
  fileprivate struct ExternalLink {
    let name: String
    let url: String

    static let model = PageModel<ExternalLink>("external link") {
      Text("name", "The service's name.") { $0.name }
      Text("url", "The film's address there.") { $0.url }
    }
  }

  /// What is similar by one measure.
  fileprivate struct Group {
    let anchor: String
    /// Nil for the same kind.
    let measure: SimilarityMeasure?
    let movies: [NotedMovie]

    static let model = PageModel<Group>("similar movies") {
      Text("anchor", "An id for the group.") { $0.anchor }
      Flag("isAudience", "Whether they are similar by who rated them.") { $0.measure == .audience }
      Flag("isTaste", "Whether they are similar by how they were rated.") { $0.measure == .taste }
      Flag("isKind", "Whether they are similar by genres, year and directors.") { $0.measure == nil }
      List(
        "movies", "The similar films, the most similar first, each with the reason as its note.", of: NotedMovie.model
      ) { $0.movies }
    }
  }

  static func head(_ movie: MovieSource) -> PageFrame.Page {
    let facts = movie.film.facts
    return PageFrame.Page(
      folder: movie.film.folder,
      title: movie.shared.documentTitle(facts.year.map { "\(facts.title) (\($0))" } ?? facts.title),
      description: movie.description, section: .movies, kind: "video.movie",
      data: movie.shared.configuration.writesFilmJSON ? MovieJSON.path(movie.film.name) : "",
      structuredData: StructuredData.movie(movie.film, in: movie.shared), picture: movie.film.picture)
  }

  static func files(of site: SiteParts) -> [SiteFile] {
    let context = site.context
    return [
      file(
        of: site, count: context.precomputed.movies.count, path: { context.catalogue.movieFolders[$0] + "index.html" },
        reading: { MovieSource($0, in: context, &$1) })
    ]
  }
}

extension MovieSource {
  /// Empty where nobody rated it.
  fileprivate var mean: String {
    film.statistics.count > 0 ? shared.texts.rating(Double(film.statistics.mean)) : ""
  }

  fileprivate var count: String { shared.texts.count(.ratings, film.statistics.count) }

  /// Empty where nobody knows how long the film is.
  fileprivate var runtime: String {
    film.facts.runtime.map { shared.texts(.movieRuntime, ["minutes": shared.texts.short(Double($0))]) } ?? ""
  }

  /// One sentence for search engines and shared links.
  fileprivate var description: String {
    let texts = shared.texts
    var words = film.facts.title
    if let year = film.facts.year { words += ", \(year)" }
    for genre in genres {
      words += ", "
      words += genre.title
    }
    let like = similar.isEmpty ? "" : texts.count(.movieSimilar, similar.count)
    return mean.isEmpty
      ? texts(.movieUnrated, ["film": words, "similar": like])
      : texts(
        .movieRated, ["film": words, "mean": mean, "highest": shared.highest, "ratings": count, "similar": like])
  }

  fileprivate var links: [MoviePage.ExternalLink] {
    shared.configuration.filmLinks.compactMap { link in
      link.address(of: film.facts, language: shared.configuration.language).map {
        MoviePage.ExternalLink(name: link.name, url: $0)
      }
    }
  }

  /// How many movies each measure shows.
  private static let groupLength = 8

  /// What is similar by each measure, with the reason; a movie is listed under the first measure that names it.
  fileprivate var groups: [MoviePage.Group] {
    let other: SimilarityMeasure = measure == .taste ? .audience : .taste
    var seen = [film.twin]
    func group(
      _ anchor: String, _ similar: FilmRows<SimilarMovie>, _ measure: SimilarityMeasure?
    ) -> MoviePage.Group? {
      var movies: [NotedMovie] = []
      for entry in similar {
        guard movies.count < Self.groupLength else { break }
        guard !seen.contains(entry.film.twin) else { continue }
        seen.append(entry.film.twin)
        movies.append(NotedMovie(card: entry.film.card, note: film.reason(for: entry.row, measure: measure)))
      }
      return movies.isEmpty ? nil : MoviePage.Group(anchor: anchor, measure: measure, movies: movies)
    }
    return [
      group("similar", similar, measure), group("also-similar", alsoSimilar, other), group("same-kind", kin, nil),
    ].compactMap { $0 }
  }
}
