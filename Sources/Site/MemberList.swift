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
    Text("anchor") { $0.anchor }
    Text("label") { $0.label }
    Text("purpose") { $0.purpose }
    Text("starsModel") { ModelsPage.label($0.list.starsModel) }
    Flag("isFirst") { $0.isFirst }
    List("entries", of: ListEntry.model) { shown in
      let entries = zip(shown.list.entries, shown.list.reasons).prefix(shown.shared.configuration.listLength)
      return entries.enumerated().lazy.map { position, entry in
        ListEntry(rank: position + 1, entry: entry.0, reasons: entry.1.films, shared: shown.shared)
      }
    }
    Flag("isEmpty") { $0.list.entries.isEmpty }
  }
}

/// A film that is recommended to a member.
struct ListEntry {
  let rank: Int
  let entry: FilmRows<Recommendation>.Element
  let reasons: FilmRows<Reason>
  let shared: SharedContext

  static let model = PageModel<ListEntry>("list entry") {
    Number("rank") { $0.rank }
    Object("movie", sharing: MovieCard.model) { $0.entry.film.card }
    Text("stars") { $0.text($0.entry.row.stars) }
    Text("low") { $0.text($0.entry.row.low) }
    Text("high") { $0.text($0.entry.row.high) }
    // The interval is drawn in hundredths of the scale.
    Number("lowAt") { $0.place($0.entry.row.low) }
    Number("starsAt") { $0.place($0.entry.row.stars) }
    Number("width") { max($0.place($0.entry.row.high) - $0.place($0.entry.row.low), 1) }
    List("because", announcedBy: "hasReasons", of: ListReason.model) { entry in
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
    Object("movie", sharing: MovieCard.model) { $0.card }
    Text("share") { $0.share }
  }
}

/// One film of several, shown by itself.
struct Slide {
  let place: Int
  let next: Int
  let model: String
  let entry: ListEntry

  static let model = PageModel<Slide>("next film") {
    Text("anchor") { "next-\($0.place)" }
    Text("next") { "next-\($0.next)" }
    Text("model") { ModelsPage.label($0.model) }
    Object("entry", of: ListEntry.model) { $0.entry }
  }
}

/// Somebody with the same taste.
struct NamedMember {
  let name: String
  let path: String?
  let share: String

  static let model = PageModel<NamedMember>("person") {
    Text("name") { $0.name }
    Text("path") { $0.path }
    Text("share") { $0.share }
  }
}
