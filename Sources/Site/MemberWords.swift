import Precompute
import Templates

/// What the pages of members say again and again, worked out once.
struct MemberWords: Sendable {
  static let cellSchema = TemplateSchema("similarity", [.text("share"), .number("level"), .flag("isSelf")])

  /// A genre or decade and where its movies are.
  struct Shelved: Sendable {
    let title: TemplateValue
    let link: TemplateValue
  }

  private let genres: [String: Shelved]
  private let decades: [Int32: Shelved]
  /// Of the heat map, by `Texts.percentPlace`, and the one of a member with themselves.
  private let cells: [TemplateValue]
  let selfCell: TemplateValue

  init(_ catalogue: Catalogue, address: Address) {
    let texts = catalogue.texts
    func shelved(_ title: String, _ folder: String) -> Shelved {
      Shelved(title: .text(title), link: folder.isEmpty ? .null : .text(address.link(folder)))
    }
    genres = Dictionary(uniqueKeysWithValues: catalogue.genres.map { ($0.name, shelved($0.title, $0.folder)) })
    decades = Dictionary(
      catalogue.decades.compactMap { decade in Int32(decade.name).map { ($0, shelved(decade.title, decade.folder)) } },
      uniquingKeysWith: { first, _ in first })
    func cell(_ text: String, level: Int, isSelf: Bool) -> TemplateValue {
      .object(TemplateObject(Self.cellSchema, [.text(text), .integer(level), .flag(isSelf)]))
    }
    cells = (0..<Texts.percentPlaces).map { place in
      cell(texts.percent(atPlace: place), level: place > 100 ? 0 : min(9, place / 10), isSelf: false)
    }
    selfCell = cell(texts.percent(1), level: 9, isSelf: true)
  }

  /// A genre without a page has its name alone.
  func genre(_ name: String, in texts: Texts) -> Shelved {
    genres[name] ?? Shelved(title: .text(texts.genre(name)), link: .null)
  }

  func decade(_ year: Int32, in texts: Texts) -> Shelved {
    decades[year] ?? Shelved(title: .text(texts(.decade, ["decade": String(year)])), link: .null)
  }

  func cell(_ similarity: Double) -> TemplateValue {
    Texts.percentPlace(similarity).map { cells[$0] } ?? cells[0]
  }
}
