import Precompute
import Ratings
import Templates

/// The page of one member: what each list model would show them, and their taste.
enum MemberPage: SitePage {
  static let template = "member"

  static let model = PageModel<MemberSource>(template) {
    Text("heading", "What the member is called.") { $0.heading }
    Text("count", "How many films the member rated; empty for none.") {
      $0.isRater ? $0.shared.texts.number($0.statistics.count) : ""
    }
    Text("mean", "The member's mean rating; empty without ratings.") {
      $0.isRater ? $0.shared.texts.rating(Double($0.statistics.mean)) : ""
    }
    Text("highest", "The highest rating of the scale.") { $0.shared.highest }
    Text("habit", "Whether the member rates higher or lower than others, in words; empty without ratings.") { $0.habit }
    Object("histogram", "The member's ratings by level; absent without ratings.", of: Histogram.model) {
      Histogram($0.statistics, in: $0.shared)
    }
    TextList("likes", "The three genres most frequent among the favourites.", announcedBy: "hasLikes") { member in
      member.likes.map { member.shared.texts.genre($0) }
    }
    List(
      "lists", "A list for each list model, and one off the beaten track.", announcedBy: "hasLists",
      of: MemberList.model
    ) { $0.shownLists }
    List(
      "favourites", "The films the member rated highest, each with the rating as its note.",
      announcedBy: "hasFavourites", of: NotedMovie.model
    ) { member in
      member.favourites.lazy.map {
        NotedMovie(card: $0.film.card, note: member.shared.texts.given(Double($0.row.value)))
      }
    }
    List("people", "The members with the most similar taste.", announcedBy: "hasPeople", of: NamedMember.model) {
      $0.named
    }
    List(
      "slides", "Films one at a time for the undecided: the best of each list in turn.", announcedBy: "hasSlides",
      of: Slide.model
    ) { $0.slides }
    Object(
      "taste", "The member's genres, decades and liking for what is popular; absent without ratings.",
      of: MemberTaste.model
    ) { MemberTaste($0) }
    List(
      "history", "The member's twelve latest ratings, the last first.",
      announcedBy: "hasHistory", of: RatedFilm.model
    ) { member in
      member.latest.lazy.map { RatedFilm(rated: $0.row, card: $0.film.card, shared: member.shared) }
    }
    List(
      "heat", "How alike the member and the similar ones are, each to each; empty without two of them.",
      announcedBy: "hasHeat", of: HeatRow.model
    ) { $0.heat }
  }

  static func title(_ member: MemberSource) -> String { member.shared.documentTitle(member.heading) }

  static func head(_ member: MemberSource) -> PageFrame.Page {
    let texts = member.shared.texts
    return PageFrame.Page(
      folder: folder(member.name), title: title(member),
      description: texts(
        .memberDescription,
        ["member": member.heading, "ratings": texts.count(.ratings, member.statistics.count)]),
      section: .members, kind: "profile", data: UserJSON.path(member.name),
      isIndexed: member.shared.configuration.members.arePublic)
  }

  static func folder(_ name: String) -> String { "users/\(name)/" }
  static func path(_ name: String) -> String { folder(name) + "index.html" }

  static func files(of site: SiteParts) -> [SiteFile] {
    let context = site.context
    let names = context.catalogue.userNames
    let isListed = context.configuration.members == .shown
    switch context.configuration.members {
    case .packed, .absent: return []
    case .shown, .unlisted:
      return [
        file(
          of: site, count: names.count, isIndexed: { _ in isListed }, path: { path(names[$0]) },
          reading: { MemberSource($0, in: context, &$1) })
      ]
    }
  }
}

extension MemberSource {
  fileprivate var isRater: Bool { statistics.count > 0 }
  fileprivate var heading: String { shared.texts(.memberName, ["id": id.description]) }

  /// The three genres most frequent among the favourites.
  fileprivate var likes: [String] {
    var counts: [String: Int] = [:]
    for favourite in favourites { for genre in favourite.film.facts.genres { counts[genre, default: 0] += 1 } }
    return counts.sorted {
      $0.value != $1.value ? $0.value > $1.value : $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
    }
    .prefix(3).map(\.key)
  }

  fileprivate var shownLists: [MemberList] {
    var anchors = UniqueNames()
    var shown = lists.enumerated().map { position, list in
      MemberList(
        list: list, anchor: "list-" + anchors.claim(Slug.of(list.model), key: list.model),
        label: ModelsPage.label(list.model), purpose: list.purpose, isFirst: position == 0, shared: shared)
    }
    if let unusual, !unusual.entries.isEmpty {
      let list = MemberList(
        list: unusual, anchor: "list-" + anchors.claim("unusual", key: unusual.model),
        label: shared.texts(.memberUnusual), purpose: shared.texts(.memberUnusualNote), isFirst: false, shared: shared)
      // Behind the list that a reader sees first.
      shown.insert(list, at: min(1, shown.count))
    }
    return shown
  }

  fileprivate var named: [NamedMember] {
    people.map { person in
      NamedMember(
        name: shared.texts(.memberName, ["id": person.id.description]), path: person.link,
        share: shared.texts.percent(Double(person.closeness) / 100))
    }
  }

  /// How many films are offered one at a time.
  private static let slideCount = 6

  /// One film at a time for the undecided: the best of each list in turn, none twice.
  fileprivate var slides: [Slide] {
    var chosen: [(model: String, entry: FilmRows<Recommendation>.Element, reasons: FilmRows<Reason>)] = []
    for rank in 0..<Self.slideCount {
      for list in lists where rank < list.entries.count && chosen.count < Self.slideCount {
        let entry = list.entries[list.entries.startIndex + rank]
        guard !chosen.contains(where: { $0.entry.row.movie == entry.row.movie }) else { continue }
        chosen.append((list.model, entry, list.reasons[rank].films))
      }
    }
    return chosen.enumerated().map { position, film in
      Slide(
        place: position + 1, next: (position + 1) % chosen.count + 1, model: film.model,
        entry: ListEntry(rank: position + 1, entry: film.entry, reasons: film.reasons, shared: shared))
    }
  }
}
