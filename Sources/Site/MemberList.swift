import Precompute
import Ratings
import Templates

/// What a list model would show a member.
struct MemberList {
  let list: MemberSource.List
  let anchor: String
  let label: String
  let purpose: String
  let isFirst: Bool
  let shared: SharedContext

  static let model = PageModel<MemberList>("list") {
    Text("anchor", "An id for the list that no other has.") { $0.anchor }
    Text("label", "The model's name for people.") { $0.label }
    Text("purpose", "What the list is good for, in a sentence.") { $0.purpose }
    Text("starsModel", "The name of the model that the stars come from.") { ModelsPage.label($0.list.starsModel) }
    Flag("isFirst", "Whether it is the list that is open at first.") { $0.isFirst }
    List("entries", "The recommended films, the best first.", of: ListEntry.model) { shown in
      let entries = zip(shown.list.entries, shown.list.reasons).prefix(shown.shared.configuration.listLength)
      return entries.enumerated().lazy.map { position, entry in
        ListEntry(rank: position + 1, entry: entry.0, reasons: entry.1.films, shared: shown.shared)
      }
    }
    Flag("isEmpty", "Whether there is nothing to recommend.") { $0.list.entries.isEmpty }
  }
}

/// A film that is recommended to a member.
struct ListEntry {
  let rank: Int
  let entry: FilmRows<Recommendation>.Element
  let reasons: FilmRows<Reason>
  let shared: SharedContext

  static let model = PageModel<ListEntry>("list entry") {
    Number("rank", "The place on the list, from 1.") { $0.rank }
    Object("movie", "The film.", sharing: MovieCard.model) { $0.entry.film.card }
    Text("stars", "The predicted rating.") { $0.text($0.entry.row.stars) }
    Text("low", "The lower end of the range in which four of five ratings lie.") { $0.text($0.entry.row.low) }
    Text("high", "The upper end of that range.") { $0.text($0.entry.row.high) }
    // The interval is drawn in hundredths of the scale.
    Number("lowAt", "Where the range begins, in hundredths of the scale.") { $0.place($0.entry.row.low) }
    Number("starsAt", "Where the prediction lies, in hundredths of the scale.") { $0.place($0.entry.row.stars) }
    Number("width", "The range's length, in hundredths of the scale; at least 1.") {
      max($0.place($0.entry.row.high) - $0.place($0.entry.row.low), 1)
    }
    List(
      "because", "The member's own films that speak most for it, at most three.", announcedBy: "hasReasons",
      of: ListReason.model
    ) { entry in
      entry.reasons.prefix(mostReasons).lazy.map {
        ListReason(card: $0.film.card, share: entry.shared.texts.percent(Double($0.row.weight)))
      }
    }
  }

  private static let mostReasons = 3

  private func text(_ stars: Float) -> String { shared.texts.rating(Double(stars)) }

  private func place(_ stars: Float) -> Int {
    let scale = shared.scale
    let share = (stars - scale.minimum) / (scale.maximum - scale.minimum) * 100
    return share.isFinite ? Int(min(max(share, 0), 100).rounded()) : 0
  }
}

/// A film of the member's that speaks for one on a list.
struct ListReason {
  let card: ModelObject<MovieCard>
  let share: String

  static let model = PageModel<ListReason>("reason") {
    Object("movie", "A film that the member rated.", sharing: MovieCard.model) { $0.card }
    Text("share", "Its share of what speaks for the recommendation, in percent.") { $0.share }
  }
}

/// One film of several, shown by itself.
struct Slide {
  let place: Int
  let next: Int
  let model: String
  let entry: ListEntry

  static let model = PageModel<Slide>("next film") {
    Text("anchor", "An id for this film's place.") { "next-\($0.place)" }
    Text("next", "The id of the next one, after the last that of the first.") { "next-\($0.next)" }
    Text("model", "The name of the model that recommends it.") { ModelsPage.label($0.model) }
    Object("entry", "The film as on its list.", of: ListEntry.model) { $0.entry }
  }
}

/// Somebody with the same taste.
struct NamedMember {
  let name: String
  let path: String?
  let share: String

  static let model = PageModel<NamedMember>("person") {
    Text("name", "What the member is called.") { $0.name }
    Text("path", "The member's page, behind `root`; absent where there is none.") { $0.path }
    Text("share", "How alike the tastes are: the percentage of the pairs compared that are less alike.") { $0.share }
  }
}
