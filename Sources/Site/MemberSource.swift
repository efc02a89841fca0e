import Precompute
import Ratings

/// What the page and the JSON of a member are made from.
struct MemberSource: PageSource {
  let shared: SharedContext
  @Counted var id: SourceID
  /// The id as a file name.
  @Counted var name: String
  /// The page's public address; nil if it is not public.
  @Counted var link: String?
  @Counted var statistics: RatingStatistics
  /// How the member's mean compares with everybody's: that changes with every rating, and these words hardly ever.
  @Counted var habit: String
  @Counted var favourites: FilmRows<FavouriteMovie>
  let people: [Person]
  /// In hundredths of the pairs that pages show: how alike the people are among each other, the upper triangle of the
  /// square, row by row.
  @Counted var pairs: ArraySlice<Int>
  let genres: [Share]
  let decades: [Share]
  /// How much of what the member watches everybody watches; nil where the build knows nothing of the taste.
  @Counted var mainstream: Float?
  /// The last ratings that everybody may see.
  @Counted var latest: FilmRows<UserTastes.Rated>
  let lists: [List]
  /// A second list, off the beaten track.
  let unusual: List?

  /// Somebody with the same taste.
  struct Person: PageSource {
    @Counted var id: SourceID
    @Counted var link: String?
    @Counted var similarity: Float
    /// The percentage of pairs that are less alike.
    @Counted var closeness: Int
  }

  /// How much of a genre or decade the member rated.
  struct Share: PageSource {
    @Counted var link: Link
    @Counted var share: UserTastes.Share
  }

  /// What a model recommends.
  struct List: PageSource {
    @Counted var model: String
    /// The model that predicts the stars.
    @Counted var starsModel: String
    /// What the model is for.
    @Counted var purpose: String
    @Counted var entries: FilmRows<Recommendation>
    /// Of each entry: the member's movies that explain it, strongest first.
    let reasons: [Reasons]
  }

  /// Why a film is recommended.
  struct Reasons: PageSource {
    @Counted var films: FilmRows<Reason>
  }

  /// How many of the last ratings a page shows.
  private static let historyLength = 12

  init(_ user: Int, in context: PageContext, _ reader: inout SourceReader) {
    let (precomputed, films) = (context.precomputed, context.films)
    let (tastes, closeness) = (precomputed.tastes, context.catalogue.closeness)
    func row<Row>(_ rows: Ragged<Row>) -> ArraySlice<Row> { user < rows.rowCount ? rows[user] : [] }
    let statistics = precomputed.statistics(ofUser: user)
    shared = context.shared
    _id = reader.id(precomputed.users[user].id)
    _name = reader.text(context.catalogue.userNames[user])
    _link = reader.text(Self.link(user, in: context))
    _statistics = reader.statistics(statistics)
    _habit = reader.text(statistics.count > 0 ? Self.habit(statistics, in: context) : "")
    _favourites = reader.films(row(precomputed.favourites), of: films)
    people = row(precomputed.similarUsers).map { Person($0, in: context, &reader) }
    _pairs = reader.values(
      row(precomputed.peopleSimilarities).map { closeness.percentage(of: Double($0) / 255) }[...])
    let isKnown =
      user < tastes.genres.rowCount && user < tastes.decades.rowCount && user < tastes.mainstream.count
    _mainstream = reader.value(isKnown ? tastes.mainstream[user] : nil)
    genres = row(tastes.genres).map { share in
      let name = Int(share.key) < tastes.genreNames.count ? tastes.genreNames[Int(share.key)] : ""
      return Share(share, of: context.memberWords.genre(name, in: context.texts), &reader)
    }
    decades = row(tastes.decades).map {
      Share($0, of: context.memberWords.decade($0.key, in: context.texts), &reader)
    }
    _latest = reader.films(row(tastes.history).prefix(Self.historyLength), of: films)
    lists = precomputed.lists.map { List($0, of: user, in: context, &reader) }
    unusual = precomputed.unusual.map { List($0, of: user, in: context, &reader) }
  }

  /// An unlisted address is not shown to others.
  fileprivate static func link(_ user: Int, in context: PageContext) -> String? {
    context.configuration.members.arePublic ? context.memberLink(user) : nil
  }

  private static func habit(_ statistics: RatingStatistics, in context: PageContext) -> String {
    let difference = Double(statistics.mean) - context.catalogue.meanRating
    let texts = context.texts
    guard abs(difference) >= 0.05 else { return texts(.habitSame) }
    return texts(
      difference > 0 ? .habitGenerous : .habitStrict, ["stars": texts.ratingDifference(abs(difference))])
  }
}

extension MemberSource.Person {
  fileprivate init(_ person: SimilarUser, in context: PageContext, _ reader: inout SourceReader) {
    let user = Int(person.user)
    _id = reader.id(context.precomputed.users[user].id)
    _link = reader.text(MemberSource.link(user, in: context))
    _similarity = reader.value(person.similarity)
    _closeness = reader.value(context.catalogue.closeness.percentage(of: Double(person.similarity)))
  }
}

extension MemberSource.Share {
  fileprivate init(_ share: UserTastes.Share, of link: Link, _ reader: inout SourceReader) {
    _link = reader.link(link)
    _share = reader.value(share)
  }
}

extension MemberSource.List {
  fileprivate init(
    _ list: RecommendationList, of user: Int, in context: PageContext, _ reader: inout SourceReader
  ) {
    _model = reader.text(list.model)
    _starsModel = reader.text(list.starsModel)
    _purpose = reader.text(context.purposes[list.model] ?? "")
    let all = user < list.entries.rowCount ? list.entries[user] : []
    _entries = reader.films(all, of: context.films)
    reasons = all.indices.map { entry in
      MemberSource.Reasons(
        films: reader.films(entry < list.reasons.rowCount ? list.reasons[entry] : [], of: context.films))
    }
  }
}
