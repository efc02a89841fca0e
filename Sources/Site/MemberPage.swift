import Precompute
import Ratings
import Templates

/// The page of one member: what each list model would show them, and their taste.
enum MemberPage {
  private static let reasonSchema = TemplateSchema("reason", [.object("movie", MovieCards.schema), .text("share")])
  private static let entrySchema = TemplateSchema(
    "list entry",
    [
      .number("rank"), .object("movie", MovieCards.schema), .text("stars"), .text("low"), .text("high"),
      .number("lowAt"), .number("starsAt"), .number("width"), .list("because", reasonSchema), .flag("hasReasons"),
    ])
  private static let listSchema = TemplateSchema(
    "list",
    [
      .text("anchor"), .text("label"), .text("purpose"), .text("starsModel"), .flag("isFirst"),
      .list("entries", entrySchema), .flag("isEmpty"),
    ])

  private static let personSchema = TemplateSchema("person", [.text("name"), .text("path"), .text("share")])
  private static let slideSchema = TemplateSchema(
    "next film", [.text("anchor"), .text("next"), .text("model"), .object("entry", entrySchema)])

  static let fields: [TemplateField] = [
    .text("heading"), .text("count"), .text("mean"), .text("highest"), .text("habit"),
    .object("histogram", Histogram.schema), .texts("likes"), .flag("hasLikes"), .list("lists", listSchema),
    .flag("hasLists"), .list("favourites", MovieCards.notedSchema), .flag("hasFavourites"),
    .list("people", personSchema), .flag("hasPeople"), .list("slides", slideSchema), .flag("hasSlides"),
    .object("taste", MemberTaste.schema), .list("history", MemberTaste.ratedSchema), .flag("hasHistory"),
    .list("heat", MemberTaste.rowSchema), .flag("hasHeat"),
  ]

  /// The title of the page and what is on it, where members share one.
  static let packedSchema = TemplateSchema("packed member", [.text("title")] + fields)

  static func object(_ user: Int, in context: PageContext) -> TemplateObject {
    let precomputed = context.precomputed
    let statistics = precomputed.statistics(ofUser: user)
    let texts = context.texts
    let heading = texts(.memberName, ["id": precomputed.users[user].id.description])
    var anchors = UniqueNames()
    var lists = precomputed.lists.enumerated().map { position, list in
      let anchor = "list-" + anchors.claim(Slug.of(list.model), key: list.model)
      let report = precomputed.models.first { $0.name == list.model }
      return value(
        of: list, anchor: anchor, label: ModelsPage.label(list.model),
        purpose: report.map { texts.optional("model." + $0.name) ?? $0.purpose } ?? "", isFirst: position == 0,
        user: user, in: context)
    }
    if let unusual = precomputed.unusual, !precomputed.entries(of: unusual, user: user).isEmpty {
      let list = value(
        of: unusual, anchor: "list-" + anchors.claim("unusual", key: unusual.model), label: texts(.memberUnusual),
        purpose: texts(.memberUnusualNote), isFirst: false, user: user, in: context)
      // Behind the list that a reader sees first.
      lists.insert(list, at: min(1, lists.count))
    }
    let favourites = precomputed.favourites(ofUser: user)
    let likes = genres(of: favourites, in: precomputed)
    let people = precomputed.similarUsers(ofUser: user)
    let names = ([user] + people.map { Int($0.user) }).map { Named($0, in: context) }
    let isRater = statistics.count > 0
    let isPublic = context.configuration.members.arePublic
    let slides = slides(of: user, in: context)
    let history = MemberTaste.history(of: user, in: context)
    let heat = MemberTaste.heat(of: user, names: names, in: context)
    let page = PageFrame.Page(
      folder: "users/\(context.catalogue.userNames[user])/", title: context.documentTitle(heading),
      description: texts(
        .memberDescription, ["member": heading, "ratings": texts.count(.ratings, statistics.count)]),
      section: .members, kind: "profile", data: "api/users/\(context.catalogue.userNames[user]).json",
      isIndexed: isPublic)
    return context.object(
      .member, page,
      [
        .text(heading), .text(isRater ? texts.number(statistics.count) : ""),
        .text(isRater ? texts.rating(Double(statistics.mean)) : ""),
        .text(texts.short(Double(precomputed.scale.maximum))),
        .text(isRater ? habit(statistics, in: context) : ""),
        Histogram.value(of: statistics, scale: precomputed.scale, texts: texts),
        .list(likes.map { .text(texts.genre($0)) }),
        .flag(!likes.isEmpty), .list(lists), .flag(!lists.isEmpty),
        .list(
          favourites.map { context.cards.noted($0.movie, texts.given(Double($0.value))) }),
        .flag(!favourites.isEmpty), .list(zip(people, names.dropFirst()).map { value(of: $0, named: $1, in: context) }),
        .flag(!people.isEmpty),
        .list(slides), .flag(!slides.isEmpty), isRater ? MemberTaste.value(of: user, in: context) : .null,
        .list(history), .flag(!history.isEmpty), .list(heat), .flag(!heat.isEmpty),
      ])
  }

  private static func value(
    of list: RecommendationList, anchor: String, label: String, purpose: String, isFirst: Bool, user: Int,
    in context: PageContext
  ) -> TemplateValue {
    let entries = context.precomputed.entries(of: list, user: user).prefix(context.configuration.listLength)
    return .object(
      TemplateObject(
        listSchema,
        [
          .text(anchor), .text(label), .text(purpose), .text(ModelsPage.label(list.starsModel)), .flag(isFirst),
          .list(
            entries.enumerated().map { position, entry in
              value(of: entry.recommendation, reasons: entry.reasons, rank: position + 1, in: context)
            }),
          .flag(entries.isEmpty),
        ]))
  }

  /// How many films are offered one at a time.
  private static let slideCount = 6

  /// One film at a time for the undecided: the best of each list in turn, none twice.
  private static func slides(of user: Int, in context: PageContext) -> [TemplateValue] {
    let lists = context.precomputed.lists.map { list in
      (model: list.model, entries: context.precomputed.entries(of: list, user: user))
    }
    var chosen: [(model: String, recommendation: Recommendation, reasons: ArraySlice<Reason>)] = []
    for rank in 0..<slideCount {
      for list in lists where rank < list.entries.count && chosen.count < slideCount {
        let entry = list.entries[rank]
        guard !chosen.contains(where: { $0.recommendation.movie == entry.recommendation.movie }) else { continue }
        chosen.append((list.model, entry.recommendation, entry.reasons))
      }
    }
    return chosen.enumerated().map { position, film in
      .object(
        TemplateObject(
          slideSchema,
          [
            .text("next-\(position + 1)"), .text("next-\((position + 1) % chosen.count + 1)"),
            .text(ModelsPage.label(film.model)),
            value(of: film.recommendation, reasons: film.reasons, rank: position + 1, in: context),
          ]))
    }
  }

  /// What a member is called, and where they are shown.
  struct Named {
    let id: TemplateValue
    let name: TemplateValue
    /// Null for an address that is not listed: it is not told to others.
    let link: TemplateValue

    init(_ user: Int, in context: PageContext) {
      let id = context.precomputed.users[user].id.description
      self.id = .text(id)
      name = .text(context.texts(.memberName, ["id": id]))
      link = context.configuration.members.arePublic ? .text(context.memberLink(user)) : .null
    }
  }

  private static func value(of person: SimilarUser, named: Named, in context: PageContext) -> TemplateValue {
    .object(
      TemplateObject(
        personSchema,
        [
          named.name, named.link,
          .text(
            context.texts.percent(Double(context.catalogue.closeness.percentage(of: Double(person.similarity))) / 100)),
        ]))
  }

  /// The interval is drawn in hundredths of the scale.
  private static func value(
    of recommendation: Recommendation, reasons: ArraySlice<Reason>, rank: Int, in context: PageContext
  ) -> TemplateValue {
    let scale = context.precomputed.scale
    func place(_ stars: Float) -> Int {
      let share = (stars - scale.minimum) / (scale.maximum - scale.minimum) * 100
      return share.isFinite ? Int(min(max(share, 0), 100).rounded()) : 0
    }
    func text(_ stars: Float) -> TemplateValue { .text(context.texts.rating(Double(stars))) }
    let low = place(recommendation.low)
    return .object(
      TemplateObject(
        entrySchema,
        [
          .integer(rank), context.cards[recommendation.movie], text(recommendation.stars), text(recommendation.low),
          text(recommendation.high), .integer(low), .integer(place(recommendation.stars)),
          .integer(max(place(recommendation.high) - low, 1)),
          .list(
            reasons.prefix(3).map { reason in
              .object(
                TemplateObject(
                  reasonSchema,
                  [context.cards[reason.movie], .text(context.texts.percent(Double(reason.weight)))]))
            }),
          .flag(!reasons.isEmpty),
        ]))
  }

  /// How the member's mean compares with everybody's.
  static func habit(_ statistics: RatingStatistics, in context: PageContext) -> String {
    let difference = Double(statistics.mean) - context.catalogue.meanRating
    let texts = context.texts
    guard abs(difference) >= 0.05 else { return texts(.habitSame) }
    return texts(
      difference > 0 ? .habitGenerous : .habitStrict, ["stars": texts.ratingDifference(abs(difference))])
  }

  /// The three genres most frequent among the favourites.
  private static func genres(of favourites: ArraySlice<FavouriteMovie>, in precomputed: Precomputed) -> [String] {
    var counts: [String: Int] = [:]
    for favourite in favourites {
      for genre in precomputed.movies[Int(favourite.movie)].genres { counts[genre, default: 0] += 1 }
    }
    return counts.sorted {
      $0.value != $1.value ? $0.value > $1.value : $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
    }
    .prefix(3).map(\.key)
  }
}
