import Pipeline
import Ratings
import Site
import Store
package import Templates

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Makes the pages of members: the frame of the built site around forms from the theme's `account/` templates.
package struct AccountPages: Sendable {
  private let library: TemplateLibrary
  private let site: SiteFolder
  private let settings: SiteSettings
  private let scale: RatingScale
  /// What the pages say, in the site's language.
  let texts: Texts
  /// The path of the site on its host: "/" or "/films/".
  let base: String

  private static let levelSchema = TemplateSchema(
    "level", [.text("value"), .text("stars"), .text("label"), .flag("isChosen"), .flag("isWaiting")])
  private static let movieSchema = TemplateSchema(
    "movie", [.text("id"), .text("title"), .list("levels", levelSchema), .flag("isRated")])
  private static let ratingSchema = TemplateSchema("rating", [.text("title"), .text("path"), .text("stars")])

  private static let login = TemplateSchema(
    "login page", [.text("base"), .text("token"), .text("next"), .text("name"), .text("error"), .flag("canRegister")])
  private static let register = TemplateSchema(
    "registration page",
    [
      .text("base"), .text("token"), .text("name"), .text("error"), .flag("isListed"), .flag("needsInvitation"),
      .text("invitation"),
    ])
  private static let home = TemplateSchema(
    "account page",
    [
      .text("base"), .text("token"), .text("name"), .text("notice"), .text("error"), .text("count"), .text("page"),
      .flag("hasPage"), .list("ratings", ratingSchema), .flag("hasRatings"), .flag("hasMore"), .flag("canHide"),
      .flag("isListed"),
    ])
  private static let rate = TemplateSchema(
    "rating page",
    [
      .text("base"), .text("token"), .text("query"), .text("notice"), .list("movies", movieSchema),
      .flag("hasMovies"), .flag("isEmpty"),
    ])
  private static let notice = TemplateSchema("notice", [.text("base"), .text("heading"), .text("text")])

  /// What each of the theme's templates for members may use.
  package static let schemas = [
    "account/login": login, "account/register": register, "account/home": home, "account/rate": rate,
    "account/notice": notice,
  ]

  /// - Throws: the templates' error with file, line and column.
  init(site: SiteFolder, settings: SiteSettings, scale: RatingScale) throws {
    self.site = site
    self.settings = settings
    self.scale = scale
    let theme = try site.theme(language: settings.site.language, scale: scale)
    texts = theme.texts
    library = try TemplateLibrary(theme.templates)
    for (name, schema) in Self.schemas { try library.check(name, against: schema) }
    base = settings.basePath
  }

  func login(token: String, next: String, name: String = "", error: String = "") -> [UInt8] {
    page(
      texts(.accountLogIn), "account/login", Self.login,
      [
        .text(base), .text(token), .text(next), .text(name), .text(error),
        .flag(settings.serve.registration != .closed),
      ])
  }

  func register(token: String, name: String = "", invitation: String = "", error: String = "") -> [UInt8] {
    page(
      texts(.accountBecome), "account/register", Self.register,
      [
        .text(base), .text(token), .text(name), .text(error), .flag(settings.site.members == .shown),
        .flag(settings.serve.registration == .invitation), .text(invitation),
      ])
  }

  /// How many ratings the account's page lists.
  private static let listed = 100

  func home(
    _ account: Account, ratings: [MemberRating], token: String, notice: String = "", error: String = ""
  ) -> [UInt8] {
    let latest = ratings.sorted { ($1.time, $0.title) < ($0.time, $1.title) }.prefix(Self.listed)
    let page = settings.memberPage(of: account.userID).map { "users/\($0)/" }
    let hasPage =
      if let page, let built = try? site.builtSite() {
        // A page that is not for others is made when its member asks.
        settings.site.members == .shown && !account.isListed
          || FileManager.default.fileExists(atPath: "\(built)/\(page)")
      } else {
        false
      }
    let count = ratings.count
    let rated = count == 0 ? texts(.accountRatedNone) : texts.count(.accountRated, count)
    return self.page(
      texts(.accountTitle), "account/home", Self.home,
      [
        .text(base), .text(token), .text(account.name), .text(notice), .text(error), .text(rated),
        .text(page ?? ""), .flag(hasPage),
        .list(
          latest.map { rating in
            .object(
              TemplateObject(
                Self.ratingSchema,
                [
                  .text(Self.title(rating.title, rating.year)),
                  .text(base + "account/rate/?movie=" + FormFields.encoded(rating.movie.description)),
                  .text(texts.speaksOfLikes ? texts.given(Double(rating.stars)) : texts.short(Double(rating.stars))),
                ]))
          }),
        .flag(!latest.isEmpty), .flag(ratings.count > latest.count), .flag(settings.site.members == .shown),
        .flag(account.isListed),
      ])
  }

  /// - Parameters:
  ///   - movies: what was found, with the member's stars.
  ///   - waiting: stars that were chosen and could not be saved.
  func rate(
    _ movies: [(movie: FoundMovie, stars: Float?)], query: String, token: String, notice: String, waiting: Float? = nil
  ) -> [UInt8] {
    let waiting = movies.count == 1 ? waiting : nil
    let notice = waiting.map { texts(.accountChosen, ["stars": label($0)]) } ?? notice
    return page(
      texts(.accountRate), "account/rate", Self.rate,
      [
        .text(base), .text(token), .text(query), .text(notice), .list(movies.map { value($0, waiting: waiting) }),
        .flag(!movies.isEmpty),
        .flag(movies.isEmpty && !query.isEmpty),
      ])
  }

  private func value(_ item: (movie: FoundMovie, stars: Float?), waiting: Float?) -> TemplateValue {
    let levels = (0..<min(scale.levelCount, 21)).map { level in
      let value = scale.value(ofLevel: level)
      return TemplateValue.object(
        TemplateObject(
          Self.levelSchema,
          [
            .text(Self.text(value)), .text(texts.speaksOfLikes ? label(value) : texts.short(Double(value))),
            .text(label(value)),
            .flag(item.stars == value), .flag(waiting == value),
          ]))
    }
    return .object(
      TemplateObject(
        Self.movieSchema,
        [
          .text(item.movie.id.description), .text(Self.title(item.movie.title, item.movie.year)), .list(levels),
          .flag(item.stars != nil),
        ]))
  }

  func notice(_ heading: String, _ text: String) -> [UInt8] {
    page(heading, "account/notice", Self.notice, [.text(base), .text(heading), .text(text)])
  }

  private static func title(_ title: String, _ year: Int?) -> String { year.map { "\(title) (\($0))" } ?? title }

  /// "3 stars", "4.5 stars".
  private func label(_ stars: Float) -> String {
    if texts.speaksOfLikes { return texts.given(Double(stars)) }
    guard let whole = Int(exactly: stars) else { return texts(.stars, ["count": texts.short(Double(stars))]) }
    return texts.count(.stars, whole)
  }

  /// As programs and the fields of forms write them, in every language.
  static func text(_ stars: Float) -> String { stars == stars.rounded() ? "\(Int(stars))" : "\(stars)" }

  private func page(_ title: String, _ template: String, _ schema: TemplateSchema, _ values: [TemplateValue]) -> [UInt8]
  {
    var content: [UInt8] = []
    library.render(template, TemplateObject(schema, values), into: &content)
    return PageShell.page(title: title, content: content, in: frame)
  }

  /// The frame that the last build made; a bare one before there is any.
  private var frame: [UInt8] {
    let data = (try? site.builtSite()).flatMap { FileManager.default.contents(atPath: $0 + "/account/index.html") }
    let bare = PageShell.bare(language: texts.language, direction: texts.direction)
    return data.map(Array.init) ?? Array(bare.utf8)
  }
}
