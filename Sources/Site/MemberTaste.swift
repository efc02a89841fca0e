import Platform
import Precompute
import Ratings
import Templates

/// A member's taste in figures: genres, decades, and how well known their films are.
struct MemberTaste {
  private let member: MemberSource
  private let mainstream: Float

  /// Nil where the build knows nothing of it.
  init?(_ member: MemberSource) {
    guard member.statistics.count > 0, let mainstream = member.mainstream else { return nil }
    self.member = member
    self.mainstream = mainstream
  }

  static let model = PageModel<MemberTaste>("taste") {
    List("genres", "The genres of the films rated, the most frequent first.", announcedBy: "hasGenres", of: Bar.model) {
      $0.bars($0.member.genres)
    }
    List("decades", "The decades of the films rated, the latest first.", announcedBy: "hasDecades", of: Bar.model) {
      $0.bars($0.member.decades)
    }
    Text("mainstream", "How close the member's films are to the popular ones, in words.") {
      $0.member.shared.texts(
        $0.mainstream > 0.85 ? .mainstreamHigh : $0.mainstream > 0.6 ? .mainstreamMiddle : .mainstreamLow)
    }
    Text("mainstreamShare", "The percentage of all films that the member's films are better known than, on average.") {
      $0.member.shared.texts.percent(Double($0.mainstream))
    }
  }

  /// How much of a genre or decade was rated, in hundredths of the longest.
  private struct Bar {
    let share: MemberSource.Share
    let most: Int32
    let shared: SharedContext

    static let model = PageModel<Bar>("share") {
      Text("name", "The genre or decade.") { $0.share.link.title }
      Text("path", "Its page, behind `root`; absent where there is none.") { $0.share.link.path }
      Text("count", "How many films of it the member rated.") { $0.shared.texts.number(Int($0.share.share.count)) }
      Text("mean", "The member's mean rating of them.") { $0.shared.texts.rating(Double($0.share.share.mean)) }
      Number("width", "The bar's width, in percent of the longest.") {
        max(1, Int($0.share.share.count) * 100 / Int($0.most))
      }
    }
  }

  private func bars(_ shares: [MemberSource.Share]) -> [Bar] {
    let most = max(1, shares.map(\.share.count).max() ?? 1)
    return shares.map { Bar(share: $0, most: most, shared: member.shared) }
  }
}

/// A film that a member rated.
package struct RatedFilm {
  let rated: UserTastes.Rated
  let card: ModelObject<MovieCard>
  let shared: SharedContext

  static let model = PageModel<RatedFilm>("rated film") {
    Object("movie", "The film.", sharing: MovieCard.model) { $0.card }
    Text("stars", "The member's rating.") { $0.shared.texts.given(Double($0.rated.value)) }
    Text("date", "When it was given, as `2026-11-30`; empty where that is not known.") { $0.day }
    Text("day", "When it was given, in the site's language.") { $0.shared.texts.date($0.day) }
  }

  /// Empty where it is not known.
  private var day: String { rated.time > 0 ? Self.day(rated.time) : "" }

  /// The day of a moment in UTC: "1997-09-22".
  package static func day(_ time: UInt32) -> String { CivilDate(daysSince1970: Int(time) / 86_400).description }
}

/// One of some people, and how alike each of them is.
struct HeatRow {
  let name: String
  let id: String
  let path: String?
  let cells: [ModelObject<HeatCell>]

  static let model = PageModel<HeatRow>("similarities") {
    Text("name", "What the member is called.") { $0.name }
    Text("short", "The member's id, for a narrow heading.") { $0.id }
    Text("path", "The member's page, behind `root`; absent where there is none.") { $0.path }
    List("cells", "How alike this member is to each of them, in the same order.", sharing: HeatCell.model) { $0.cells }
  }
}

extension MemberSource {
  /// The member and the people with the same taste against each other; empty where there are fewer than two of them.
  var heat: [HeatRow] {
    guard people.count > 1, pairs.count == people.count * (people.count - 1) / 2 else { return [] }
    let count = people.count + 1
    var square = [Int](repeating: 0, count: count * count)
    for (index, person) in people.enumerated() {
      square[index + 1] = person.closeness
      square[(index + 1) * count] = person.closeness
    }
    var pair = pairs.startIndex
    for one in 1..<count {
      for other in (one + 1)..<max(count, one + 1) {
        square[one * count + other] = pairs[pair]
        square[other * count + one] = pairs[pair]
        pair += 1
      }
    }
    let names = [(id: id.description, link: link)] + people.map { (id: $0.id.description, link: $0.link) }
    return names.enumerated().map { row, member in
      let cells = (0..<count).map { column in
        row == column ? shared.heat.ofSelf : shared.heat[Double(square[row * count + column]) / 100]
      }
      return HeatRow(
        name: shared.texts(.memberName, ["id": member.id]), id: member.id, path: member.link, cells: cells)
    }
  }
}
