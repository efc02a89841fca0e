import Platform
import Precompute
import Ratings
import Templates

/// A member's taste in figures: genres, decades, fame of their films, the last ratings, and who agrees with whom.
package enum MemberTaste {
  private static let shareSchema = TemplateSchema(
    "share", [.text("name"), .text("path"), .text("count"), .text("mean"), .number("width")])
  static let schema = TemplateSchema(
    "taste",
    [
      .list("genres", shareSchema), .flag("hasGenres"), .list("decades", shareSchema), .flag("hasDecades"),
      .text("mainstream"), .text("mainstreamShare"),
    ])
  static let ratedSchema = TemplateSchema(
    "rated film", [.object("movie", MovieCards.schema), .text("stars"), .text("date"), .text("day")])
  static let rowSchema = TemplateSchema(
    "similarities", [.text("name"), .text("short"), .text("path"), .list("cells", MemberWords.cellSchema)])

  /// Null where the build knows nothing of it.
  static func value(of user: Int, in context: PageContext) -> TemplateValue {
    let tastes = context.precomputed.tastes
    guard user < tastes.genres.rowCount, user < tastes.decades.rowCount, user < tastes.mainstream.count else {
      return .null
    }
    let genres = shares(tastes.genres[user], in: context) { key in
      let name = Int(key) < tastes.genreNames.count ? tastes.genreNames[Int(key)] : ""
      return context.memberWords.genre(name, in: context.texts)
    }
    let decades = shares(tastes.decades[user], in: context) { key in
      context.memberWords.decade(key, in: context.texts)
    }
    let share = tastes.mainstream[user]
    let words: TextName = share > 0.85 ? .mainstreamHigh : share > 0.6 ? .mainstreamMiddle : .mainstreamLow
    return .object(
      TemplateObject(
        schema,
        [
          .list(genres), .flag(!genres.isEmpty), .list(decades), .flag(!decades.isEmpty),
          .text(context.texts(words)), .text(context.texts.percent(Double(share))),
        ]))
  }

  /// Bars in hundredths of the longest.
  private static func shares(
    _ shares: ArraySlice<UserTastes.Share>, in context: PageContext, _ name: (Int32) -> MemberWords.Shelved
  ) -> [TemplateValue] {
    let most = max(1, shares.map(\.count).max() ?? 1)
    return shares.map { share in
      let shelved = name(share.key)
      return .object(
        TemplateObject(
          shareSchema,
          [
            shelved.title, shelved.link, .text(context.texts.number(Int(share.count))),
            .text(context.texts.rating(Double(share.mean))),
            .integer(max(1, Int(share.count) * 100 / Int(most))),
          ]))
    }
  }

  /// How many of the last ratings a page shows.
  private static let historyLength = 12

  /// The last ratings that everybody may see.
  static func latest(of user: Int, in precomputed: Precomputed) -> ArraySlice<UserTastes.Rated> {
    let history = precomputed.tastes.history
    return user < history.rowCount ? history[user].prefix(historyLength) : []
  }

  static func history(of user: Int, in context: PageContext) -> [TemplateValue] {
    latest(of: user, in: context.precomputed).map { rated in
      let date = rated.time > 0 ? day(rated.time) : ""
      return .object(
        TemplateObject(
          ratedSchema,
          [
            context.cards[rated.movie], .text(context.texts.given(Double(rated.value))), .text(date),
            .text(context.texts.date(date)),
          ]))
    }
  }

  /// The day of a moment in UTC: "1997-09-22".
  package static func day(_ time: UInt32) -> String { CivilDate(daysSince1970: Int(time) / 86_400).description }

  /// The member and the people with the same taste against each other; empty where there are fewer than two of them.
  ///
  /// - Parameter names: the member's and those of the people with the same taste.
  static func heat(of user: Int, names: [MemberPage.Named], in context: PageContext) -> [TemplateValue] {
    let precomputed = context.precomputed
    let people = precomputed.similarUsers(ofUser: user)
    let pairs = user < precomputed.peopleSimilarities.rowCount ? precomputed.peopleSimilarities[user] : []
    guard people.count > 1, pairs.count == people.count * (people.count - 1) / 2 else { return [] }
    let count = people.count + 1
    var square = [Double](repeating: 1, count: count * count)
    for (index, person) in people.enumerated() {
      square[index + 1] = Double(person.similarity)
      square[(index + 1) * count] = Double(person.similarity)
    }
    var pair = pairs.startIndex
    for one in 1..<count {
      for other in (one + 1)..<max(count, one + 1) {
        square[one * count + other] = Double(pairs[pair]) / 255
        square[other * count + one] = Double(pairs[pair]) / 255
        pair += 1
      }
    }
    return names.enumerated().map { row, member in
      let cells = (0..<count).map { column in
        row == column
          ? context.memberWords.selfCell
          : context.memberWords.cell(
            Double(context.catalogue.closeness.percentage(of: square[row * count + column])) / 100)
      }
      return .object(TemplateObject(rowSchema, [member.name, member.id, member.link, .list(cells)]))
    }
  }
}
