import Content
import Members
import Platform
import Ratings
import Settings
import Site
import Store
package import Templates

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Renders the pages of members: the frame of the built site around forms from the theme's `account/` templates.
package struct AccountPages: Sendable {
  private let library: TemplateLibrary
  private let site: SiteFolder
  private let settings: SiteSettings
  private let scale: RatingScale
  /// The texts of the pages, in the site's language.
  let texts: Texts
  /// The path of the site on its host: "/" or "/films/".
  let base: String

  /// The names available to each of the theme's templates for members.
  package static let schemas = [
    LoginForm.template: LoginForm.model.schema, RegistrationForm.template: RegistrationForm.model.schema,
    AccountHome.template: AccountHome.model.schema, RatingForm.template: RatingForm.model.schema,
    AccountNotice.template: AccountNotice.model.schema,
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
      texts(.accountLogIn), LoginForm.template, LoginForm.model,
      LoginForm(
        base: base, token: token, next: next, name: name, error: error,
        canRegister: settings.serve.registration != .closed))
  }

  func register(token: String, name: String = "", invitation: String = "", error: String = "") -> [UInt8] {
    page(
      texts(.accountBecome), RegistrationForm.template, RegistrationForm.model,
      RegistrationForm(
        base: base, token: token, name: name, error: error, isListed: settings.site.members == .shown,
        needsInvitation: settings.serve.registration == .invitation, invitation: invitation))
  }

  /// The number of ratings on the account's page.
  private static let listed = 100

  func home(
    _ account: Account, ratings: [MemberRating], token: String, notice: String = "", error: String = ""
  ) -> [UInt8] {
    let latest = ratings.sorted { ($1.time, $0.title) < ($0.time, $1.title) }.prefix(Self.listed)
    let page = settings.memberPage(of: account.userID).map { "users/\($0)/" }
    let hasPage =
      if let page, let built = try? site.builtSite() {
        // A private page is rendered when its member requests it.
        settings.site.members == .shown && !account.isListed
          || FileManager.default.fileExists(atPath: "\(built)/\(page)")
      } else {
        false
      }
    let count = ratings.count
    return self.page(
      texts(.accountTitle), AccountHome.template, AccountHome.model,
      AccountHome(
        base: base, token: token, name: account.name, notice: notice, error: error,
        count: count == 0 ? texts(.accountRatedNone) : texts.count(.accountRated, count), page: page ?? "",
        hasPage: hasPage,
        ratings: latest.map { rating in
          AccountHome.Rated(
            title: Self.title(rating.title, rating.year),
            path: base + "account/rate/?movie=" + PercentEncoding.encoded(rating.movie.description),
            stars: texts.speaksOfLikes ? texts.given(Double(rating.stars)) : texts.short(Double(rating.stars)))
        }, hasMore: ratings.count > latest.count, canHide: settings.site.members == .shown, isListed: account.isListed))
  }

  /// - Parameters:
  ///   - movies: the search results, with the member's stars.
  ///   - waiting: stars that could not be saved.
  func rate(
    _ movies: [(movie: FoundMovie, stars: Float?)], query: String, token: String, notice: String, waiting: Float? = nil
  ) -> [UInt8] {
    let waiting = movies.count == 1 ? waiting : nil
    let notice = waiting.map { texts(.accountChosen, ["stars": label($0)]) } ?? notice
    return page(
      texts(.accountRate), RatingForm.template, RatingForm.model,
      RatingForm(
        base: base, token: token, query: query, notice: notice,
        movies: movies.map {
          RatingForm.Movie(
            id: $0.movie.id.description,
            title: Self.title($0.movie.title, $0.movie.year), levels: levels($0.stars, waiting: waiting),
            isRated: $0.stars != nil)
        }))
  }

  private func levels(_ given: Float?, waiting: Float?) -> [RatingForm.Level] {
    (0..<min(scale.levelCount, 21)).map { level in
      let value = scale.value(ofLevel: level)
      return RatingForm.Level(
        value: Self.text(value), stars: texts.speaksOfLikes ? label(value) : texts.short(Double(value)),
        label: label(value), isChosen: given == value, isWaiting: waiting == value)
    }
  }

  func notice(_ heading: String, _ text: String) -> [UInt8] {
    page(
      heading, AccountNotice.template, AccountNotice.model, AccountNotice(base: base, heading: heading, text: text))
  }

  private static func title(_ title: String, _ year: Int?) -> String { year.map { "\(title) (\($0))" } ?? title }

  /// "3 stars", "4.5 stars".
  private func label(_ stars: Float) -> String {
    if texts.speaksOfLikes { return texts.given(Double(stars)) }
    guard let whole = Int(exactly: stars) else { return texts(.stars, ["count": texts.short(Double(stars))]) }
    return texts.count(.stars, whole)
  }

  /// As in form fields, independent of the language.
  static func text(_ stars: Float) -> String { stars == stars.rounded() ? "\(Int(stars))" : "\(stars)" }

  private func page<Input>(
    _ title: String, _ template: String, _ model: PageModel<Input>, _ input: Input
  ) -> [UInt8] {
    var content: [UInt8] = []
    library.render(template, model(input), into: &content)
    return PageShell.page(title: title, content: content, in: frame)
  }

  /// The frame from the last build; a plain one before the first build.
  private var frame: [UInt8] {
    let data = (try? site.builtSite()).flatMap { FileManager.default.contents(atPath: $0 + "/account/index.html") }
    let bare = PageShell.bare(language: texts.language, direction: texts.direction)
    return data.map(Array.init) ?? Array(bare.utf8)
  }
}
