import Precompute
import Ratings

/// What the page and the JSON of a movie are made from.
struct MovieSource: PageSource {
  let shared: SharedContext
  @Counted var film: ShownFilm
  @Counted var genres: [Link]
  @Counted var tags: [Link]
  /// The owner's lists that have it.
  @Counted var lists: [Link]
  /// Whether taste makes the movies of `similar` similar, and not who saw them.
  @Counted var isByTaste: Bool
  @Counted var similar: FilmRows<SimilarMovie>
  /// The most similar ones by the other measure.
  @Counted var alsoSimilar: FilmRows<SimilarMovie>
  /// Those of the same kind.
  @Counted var kin: FilmRows<SimilarMovie>

  init(_ movie: Int, in context: PageContext, _ reader: inout SourceReader) {
    shared = context.shared
    let facts = context.precomputed.movies[movie]
    _film = reader.film(movie, of: context.films)
    _genres = reader.links(
      zip(facts.genres, context.catalogue.reasons.genres(of: movie)).map { genre, label in
        context.link(label, to: context.catalogue.genreFolders[genre] ?? "genres/")
      })
    _tags = reader.links(
      context.precomputed.tags(ofMovie: movie).map { tag in
        Link(title: tag, path: context.catalogue.tagFolders[tag.lowercased()].map { context.address.link($0) })
      })
    _lists = reader.links(
      (context.listsOfMovie[Int32(movie)] ?? []).map { list in
        context.link(context.lists[list].page.title, to: context.lists[list].folder)
      })
    _isByTaste = reader.value(context.precomputed.similarMeasure == .taste)
    func row(_ rows: Ragged<SimilarMovie>) -> ArraySlice<SimilarMovie> { movie < rows.rowCount ? rows[movie] : [] }
    _similar = reader.films(row(context.precomputed.similar), of: context.films)
    _alsoSimilar = reader.films(row(context.precomputed.alsoSimilar), of: context.films)
    _kin = reader.films(row(context.precomputed.kin), of: context.films)
  }
}

extension MovieSource {
  /// What makes the movies of `similar` similar.
  var measure: SimilarityMeasure { isByTaste ? .taste : .audience }
}
