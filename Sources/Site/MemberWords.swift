import Precompute
import Templates

/// How alike two people are, in a table.
struct HeatCell: Sendable {
  let share: String
  /// The depth of the tint, 0 to 9.
  let level: Int
  let isSelf: Bool

  static let model = PageModel<HeatCell>("similarity") {
    Text("share", "The percentage of the pairs compared that are less alike.") { $0.share }
    Number("level", "The depth of the tint, 0 to 9.") { $0.level }
    Flag("isSelf", "Whether both are the same member.") { $0.isSelf }
  }
}

/// The cells of heat maps, of which there are few, worked out once.
struct HeatCells: Sendable {
  /// By `Texts.percentPlace`.
  private let cells: [ModelObject<HeatCell>]
  /// The one of a member with themselves.
  let ofSelf: ModelObject<HeatCell>

  init(_ texts: Texts) {
    cells = (0..<Texts.percentPlaces).map { place in
      HeatCell.model.shared(
        HeatCell(
          share: texts.percent(atPlace: place), level: place > 100 ? 0 : min(9, place / 10), isSelf: false))
    }
    ofSelf = HeatCell.model.shared(HeatCell(share: texts.percent(1), level: 9, isSelf: true))
  }

  subscript(similarity: Double) -> ModelObject<HeatCell> {
    Texts.percentPlace(similarity).map { cells[$0] } ?? cells[0]
  }
}

/// What the pages of members say again and again, worked out once.
struct MemberWords: Sendable {
  private let genres: [String: Link]
  private let decades: [Int32: Link]

  init(_ catalogue: Catalogue, _ shared: SharedContext) {
    func shelved(_ shelf: Shelf) -> Link { shared.link(shelf.title, to: shelf.folder) }
    genres = Dictionary(uniqueKeysWithValues: catalogue.genres.map { ($0.name, shelved($0)) })
    decades = Dictionary(
      catalogue.decades.compactMap { decade in Int32(decade.name).map { ($0, shelved(decade)) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// A genre without a page has its name alone.
  func genre(_ name: String, in texts: Texts) -> Link {
    genres[name] ?? Link(title: texts.genre(name), path: nil)
  }

  func decade(_ year: Int32, in texts: Texts) -> Link {
    decades[year] ?? Link(title: texts(.decade, ["decade": String(year)]), path: nil)
  }
}
