import Precompute
import Ratings
import Templates

/// The page of one movie.
enum MoviePage {
  private static let externalSchema = TemplateSchema("external link", [.text("name"), .text("url")])

  private static let groupSchema = TemplateSchema(
    "similar movies",
    [
      .text("anchor"), .flag("isAudience"), .flag("isTaste"), .flag("isKind"),
      .list("movies", MovieCards.notedSchema),
    ])

  static let fields: [TemplateField] = [
    .text("heading"), .text("poster"), .text("image"), .number("year"), .text("decadePath"), .text("directors"),
    .flag("hasByline"),
    .list("genres", PageFrame.linkSchema), .flag("hasGenres"), .list("tags", PageFrame.linkSchema), .flag("hasTags"),
    .text("mean"),
    .text("highest"),
    .text("count"), .object("histogram", Histogram.schema), .list("links", externalSchema), .flag("hasLinks"),
    .list("groups", groupSchema), .flag("hasSimilar"),
    .list("lists", PageFrame.linkSchema), .flag("hasLists"), .text("id"), .text("query"), .text("path"),
    .object("scale", RatePage.scaleSchema),
  ]

  static func object(_ movie: Int, in context: PageContext) -> TemplateObject {
    let catalogue = context.catalogue
    let texts = context.texts
    let precomputed = context.precomputed
    let facts = precomputed.movies[movie]
    let statistics = precomputed.statistics(ofMovie: movie)
    let isRated = statistics.count > 0
    let mean = isRated ? texts.rating(Double(statistics.mean)) : ""
    let count = texts.count(.ratings, statistics.count)
    let highest = texts.short(Double(precomputed.scale.maximum))
    let tags = precomputed.tags(ofMovie: movie).prefix(12)
    let links = links(of: facts, in: context)
    let groups = groups(like: movie, in: context)
    let similar = precomputed.similarMovies(to: movie)
    let lists = context.listsOfMovie[Int32(movie)] ?? []
    let titleWithYear = facts.year.map { "\(facts.title) (\($0))" } ?? facts.title
    let page = PageFrame.Page(
      folder: catalogue.movieFolders[movie], title: context.documentTitle(titleWithYear),
      description: description(
        facts, genres: catalogue.reasons.genres(of: movie), mean: mean, count: count, highest: highest,
        similar: similar.count, texts: texts),
      section: .movies, kind: "video.movie",
      data: context.configuration.writesFilmJSON ? "api/movies/\(catalogue.movieNames[movie]).json" : "",
      structuredData: StructuredData.movie(movie, in: context), picture: context.cards.picture(movie))
    return context.object(
      .movie, page,
      [
        .text(facts.title), .text(context.cards.posters[movie]), context.cards.image(movie),
        facts.year.map { .integer($0) } ?? .null,
        .text(facts.decade.map { context.address.link("decades/\($0)s/") } ?? ""),
        .text(facts.directors.joined(separator: ", ")),
        .flag(facts.year != nil || !facts.directors.isEmpty),
        .list(
          zip(facts.genres, catalogue.reasons.genres(of: movie)).map { genre, label in
            let folder = catalogue.genreFolders[genre] ?? "genres/"
            return .object(
              TemplateObject(PageFrame.linkSchema, [.text(label), .text(context.address.link(folder))]))
          }),
        .flag(!facts.genres.isEmpty),
        .list(
          tags.map { tag in
            let folder = catalogue.tagFolders[tag.lowercased()]
            return .object(
              TemplateObject(
                PageFrame.linkSchema, [.text(tag), folder.map { .text(context.address.link($0)) } ?? .null]))
          }), .flag(!tags.isEmpty), .text(mean), .text(highest),
        .text(isRated ? count : ""), Histogram.value(of: statistics, scale: precomputed.scale, texts: texts),
        .list(links), .flag(!links.isEmpty),
        .list(groups), .flag(!groups.isEmpty),
        .list(
          lists.map {
            let list = context.lists[$0]
            return .object(
              TemplateObject(
                PageFrame.linkSchema, [.text(list.page.title), .text(context.address.link(list.folder))]))
          }),
        .flag(!lists.isEmpty),
        .text(facts.id.description), .text(Slug.query(facts.id.description)),
        .text(context.address.link(catalogue.movieFolders[movie])), RatePage.scale(in: context),
      ])
  }

  /// How many movies each measure shows.
  private static let groupLength = 8

  /// What is similar by each measure, with the reason; a movie stands under the first measure that names it.
  private static func groups(like movie: Int, in context: PageContext) -> [TemplateValue] {
    let precomputed = context.precomputed
    let main = (precomputed.similarMeasure, precomputed.similarMovies(to: movie))
    let other: SimilarityMeasure = main.0 == .taste ? .audience : .taste
    let also = movie < precomputed.alsoSimilar.rowCount ? precomputed.alsoSimilar[movie] : []
    let kin = movie < precomputed.kin.rowCount ? precomputed.kin[movie] : []
    let twins = context.catalogue.twins
    var seen: Set<Int32> = [twins.film(Int32(movie))]
    func group(
      _ anchor: String, _ similar: ArraySlice<SimilarMovie>, _ measure: SimilarityMeasure?
    ) -> TemplateValue? {
      let chosen = similar.filter { !seen.contains(twins.film($0.movie)) }.prefix(groupLength)
      guard !chosen.isEmpty else { return nil }
      seen.formUnion(chosen.map { twins.film($0.movie) })
      let movies = chosen.map {
        context.cards.noted($0.movie, context.catalogue.reason(for: $0, to: movie, measure: measure))
      }
      return .object(
        TemplateObject(
          groupSchema,
          [
            .text(anchor), .flag(measure == .audience), .flag(measure == .taste), .flag(measure == nil), .list(movies),
          ]))
    }
    return [
      group("similar", main.1, main.0), group("also-similar", also, other), group("same-kind", kin, nil),
    ].compactMap { $0 }
  }

  /// One sentence for search engines and shared links.
  private static func description(
    _ movie: Movie, genres: some Sequence<String>, mean: String, count: String, highest: String, similar: Int,
    texts: Texts
  ) -> String {
    var film = movie.title
    if let year = movie.year { film += ", \(year)" }
    for genre in genres {
      film += ", "
      film += genre
    }
    let like = similar > 0 ? texts.count(.movieSimilar, similar) : ""
    return mean.isEmpty
      ? texts(.movieUnrated, ["film": film, "similar": like])
      : texts(.movieRated, ["film": film, "mean": mean, "highest": highest, "ratings": count, "similar": like])
  }

  private static func links(of movie: Movie, in context: PageContext) -> [TemplateValue] {
    context.configuration.filmLinks.compactMap { link in
      link.address(of: movie, language: context.configuration.language).map { address in
        .object(TemplateObject(externalSchema, [.text(link.name), .text(address)]))
      }
    }
  }
}
