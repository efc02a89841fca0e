import Credentials
import HTTPTypes
import Hummingbird
import Pipeline
import Ratings
import Site
import Store

extension Endpoint {
  /// The pages of members, as forms that work without scripts.
  var pageRoutes: [Route] {
    [
      Route(.get, "/account", page(showAccount)), Route(.get, "/account/login", page(showLogin)),
      Route(.post, "/account/login", form(logIn, admitting: { try self.accounts.admitLogin(from: $0.asker) })),
      Route(.get, "/account/register", page(showRegister)),
      Route(.post, "/account/register", form(register)), Route(.post, "/account/logout", form(logOut)),
      Route(.post, "/account/password", form(changePassword)),
      Route(.post, "/account/visibility", form(changeVisibility)), Route(.post, "/account/delete", form(delete)),
      Route(.get, "/account/export", page(export)), Route(.get, "/account/rate", page(showRate)),
      Route(.post, "/account/rate", form(rate)), Route(.post, "/account/refresh", form(refresh)),
    ]
  }

  /// A form that arrived, read and known to come from one of our own pages.
  private struct Form: Sendable {
    let exchange: Exchange
    let fields: FormFields

    subscript(name: String) -> String { fields[name] ?? "" }
  }

  /// What is wrong is told as a page, with the status that it has.
  private func page(
    _ show: @escaping @Sendable (Exchange) async throws -> Response
  ) -> @Sendable (Exchange) async throws -> Response {
    { exchange in
      do {
        return try await show(exchange)
      } catch {
        let problem = EndpointProblem.of(error, log: self.log, id: exchange.id)
        if problem.status == .unauthorized {
          let isPage = exchange.request.method == .get || exchange.request.method == .head
          return self.toLogin(isPage ? self.pages.base + exchange.path.asFolderTarget.dropFirst() : "")
        }
        let heading = self.pages.texts(problem.status.code >= 500 ? .problemFailed : .problemRefused)
        return Self.html(
          self.pages.notice(heading, self.sentence(problem)), status: problem.status, headers: problem.headers)
      }
    }
  }

  /// - Parameter admit: what is asked before the body is read.
  private func form(
    _ act: @escaping @Sendable (Form) async throws -> Response,
    admitting admit: @escaping @Sendable (Exchange) throws -> Void = { _ in }
  ) -> @Sendable (Exchange) async throws -> Response {
    page { exchange in
      guard exchange.contentType == "application/x-www-form-urlencoded" else {
        throw Self.wrongType("application/x-www-form-urlencoded")
      }
      let source = exchange.source
      guard source != .foreign else { throw Problem(.forbidden, self.pages.texts(.problemForm)) }
      try admit(exchange)
      let fields = try FormFields(try await exchange.body())
      let expected = self.formToken(of: exchange).map { self.formSecret($0, exchange) }
      let hasToken = expected.map { SecretToken.isEqual($0, fields["token"] ?? "") } ?? false
      // Old browsers do not tell where a form comes from, and behind some proxies our own pages look like those of a
      // neighbour; then the hidden token must be the one that the form was shown with.
      guard source == .own || hasToken else {
        throw Problem(.forbidden, self.pages.texts(.problemForm))
      }
      var exchange = exchange
      exchange.isOwnForm = true
      return try await act(Form(exchange: exchange, fields: fields))
    }
  }

  /// To the login, and from there on to a page of the site.
  private func toLogin(_ next: String) -> Response {
    .seeOther(
      pages.base + "account/login/"
        + (next.isEmpty || next == pages.base + "account/" ? "" : "?next=" + FormFields.encoded(next)))
  }

  private static func html(
    _ bytes: [UInt8], status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
  ) -> Response { .bytes(bytes, type: "text/html; charset=utf-8", status: status, headers: headers) }

  /// What a page says of a problem: in the site's language where people meet it, otherwise as programs are told.
  private func sentence(_ problem: Problem) -> String {
    let text = problem.text.map { $0(pages.texts) } ?? problem.detail
    return text.prefix(1).uppercased() + text.dropFirst() + (text.hasSuffix(".") ? "" : ".")
  }

  private func formToken(of exchange: Exchange) -> SecretToken? {
    SessionCookie.formToken(of: exchange, isSecure: isSecure(exchange))
  }

  /// What the hidden field of a form holds: it depends on a cookie of the form's own and on the session, so that
  /// nobody who can plant the one can guess it.
  private func formSecret(_ token: SecretToken, _ exchange: Exchange) -> String {
    let session = SessionCookie.token(of: exchange, isSecure: isSecure(exchange))?.text ?? ""
    return SecretToken.digest(of: Array((token.text + ":" + session).utf8)).hexadecimal
  }

  /// A page with a form: `make` gets the hidden token.
  private func answer(
    _ exchange: Exchange, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:], _ make: (String) -> [UInt8]
  ) -> Response {
    let known = formToken(of: exchange)
    let token = known ?? SecretToken()
    var response = Self.html(make(formSecret(token, exchange)), status: status, headers: headers)
    if known == nil {
      response.headers.append(
        HTTPField(name: .setCookie, value: SessionCookie.formHeader(token, isSecure: isSecure(exchange))))
    }
    return response
  }

  /// A path of this site to go on to; what is none leads to the account.
  private func next(_ text: String) -> String {
    let isLocal =
      text.hasPrefix("/") && !text.hasPrefix("//") && text.utf8.count <= 500
      && text.utf8.allSatisfy { 0x21...0x7e ~= $0 && $0 != UInt8(ascii: "\\") }
    return isLocal ? text : pages.base + "account/"
  }

  private func showAccount(_ exchange: Exchange) async throws -> Response {
    if let movie = exchange.query["movie"] {
      return .seeOther(pages.base + "account/rate/?movie=" + FormFields.encoded(movie))
    }
    let done = Self.notices[exchange.query["done"] ?? ""]
    return try await account(exchange, notice: done.map { pages.texts($0) } ?? "")
  }

  /// What was done by the form before.
  private static let notices: [String: TextName] = [
    "password": .accountDonePassword, "visibility": .accountDoneVisibility, "refresh": .accountDoneRefresh,
  ]

  private func account(
    _ exchange: Exchange, notice: String = "", error: Problem? = nil
  ) async throws -> Response {
    let account = try await member(exchange).account
    let all = try await ratings.all(of: account)
    return answer(exchange, status: error?.status ?? .ok, headers: error?.headers ?? [:]) {
      pages.home(
        account, ratings: all, token: $0, notice: notice, error: error.map { sentence($0) } ?? "")
    }
  }

  private func showLogin(_ exchange: Exchange) async throws -> Response {
    let target = next(exchange.query["next"] ?? "")
    if try await session(exchange) != nil { return .seeOther(target) }
    return answer(exchange) { pages.login(token: $0, next: target) }
  }

  private func logIn(_ form: Form) async throws -> Response {
    let exchange = form.exchange
    do {
      let opened = try await accounts.logIn(
        name: form["name"], password: form["password"], kind: .browser, from: exchange.asker,
        replacing: SessionCookie.token(of: exchange, isSecure: isSecure(exchange)))
      return welcome(opened, exchange, next(form["next"]))
    } catch let problem as Problem {
      return answer(exchange, status: problem.status, headers: problem.headers) {
        pages.login(
          token: $0, next: next(form["next"]), name: String(form["name"].prefix(30)), error: sentence(problem))
      }
    }
  }

  private func welcome(_ opened: AccountDesk.Opened, _ exchange: Exchange, _ target: String) -> Response {
    var response = Response.seeOther(target)
    let secure = isSecure(exchange)
    for line in [
      SessionCookie.header(opened.token, days: settings.sessionDays, isSecure: secure),
      SessionCookie.hint(days: settings.sessionDays, isSecure: secure),
    ] { response.headers.append(HTTPField(name: .setCookie, value: line)) }
    // Their list is asked for soon.
    Task { [members] in _ = try? await members.ask(MemberQuestion(.prepare)) }
    return response
  }

  private func showRegister(_ exchange: Exchange) async throws -> Response {
    guard settings.registration != .closed else { throw Problem.noNewMembers }
    let code = String((exchange.query["invitation"] ?? "").prefix(64))
    return answer(exchange) { pages.register(token: $0, invitation: code) }
  }

  private func register(_ form: Form) async throws -> Response {
    do {
      let opened = try await accounts.register(
        name: form["name"], password: form["password"], invitation: form["invitation"], kind: .browser,
        from: form.exchange.asker)
      return welcome(opened, form.exchange, pages.base + "account/rate/")
    } catch let problem as Problem {
      return answer(form.exchange, status: problem.status, headers: problem.headers) {
        pages.register(
          token: $0, name: String(form["name"].prefix(30)), invitation: String(form["invitation"].prefix(64)),
          error: sentence(problem))
      }
    }
  }

  private func logOut(_ form: Form) async throws -> Response {
    if let token = token(form.exchange) { try await accounts.end(token) }
    return goodbye(.seeOther(pages.base + "account/login/"), form.exchange)
  }

  private func goodbye(_ response: Response, _ exchange: Exchange) -> Response {
    var response = response
    let secure = isSecure(exchange)
    for line in [SessionCookie.removal(isSecure: secure), SessionCookie.hint(days: 0, isSecure: secure)] {
      response.headers.append(HTTPField(name: .setCookie, value: line))
    }
    return response
  }

  private func changePassword(_ form: Form) async throws -> Response {
    let (account, token) = try await member(form.exchange)
    do {
      try await accounts.changePassword(
        of: account, from: form["old"], to: form["new"], keeping: token,
        asker: form.exchange.asker)
      return .seeOther(pages.base + "account/?done=password")
    } catch let problem as Problem {
      return try await self.account(form.exchange, error: problem)
    }
  }

  private func changeVisibility(_ form: Form) async throws -> Response {
    let account = try await member(form.exchange).account
    guard ["yes", "no"].contains(form["listed"]) else { throw Problem(.unprocessableContent, "“listed” is yes or no") }
    _ = try await setListed(form["listed"] == "yes", of: account)
    return .seeOther(pages.base + "account/?done=visibility")
  }

  private func delete(_ form: Form) async throws -> Response {
    let account = try await member(form.exchange).account
    do {
      try await remove(account, password: form["password"], asker: form.exchange.asker)
    } catch let problem as Problem {
      return try await self.account(form.exchange, error: problem)
    }
    return goodbye(
      Self.html(pages.notice(pages.texts(.accountGoodbye), pages.texts(.accountGoodbyeNote))), form.exchange)
  }

  private func export(_ exchange: Exchange) async throws -> Response {
    let account = try await member(exchange).account
    let all = try await ratings.all(of: account)
    let isCSV = exchange.query["format"] != "json"
    let body =
      isCSV
      ? RatingsCSV.text(all)
      : ExportJSON.text(
        account, ratings: all, records: try await work.run { [store] in try store.export(ofAccount: account.id) })
    var response = Response.text(body, type: isCSV ? "text/csv; charset=utf-8" : "application/json")
    response.headers[.contentDisposition] =
      "attachment; filename=\"\(account.name)-ratings.\(isCSV ? "csv" : "json")\""
    return response
  }

  private func showRate(_ exchange: Exchange) async throws -> Response {
    let query = String((exchange.query["q"] ?? "").prefix(100))
    let movieText = exchange.query["movie"]
    guard let account = try await session(exchange)?.session.account else {
      let target = pages.base + exchange.path.asFolderTarget.dropFirst()
      return toLogin(target)
    }
    if let wait = searchesOfAddress.take(exchange.asker) {
      throw Problem.tooMany(pages.texts(.problemSearches), retryAfter: wait)
    }
    var found: [FoundMovie] = []
    if let movie = movieText.flatMap({ RatingInput.movie($0) }) {
      found = try await ratings.movie(movie).map { [$0] } ?? []
    } else if !query.isEmpty {
      found = try await ratings.movies(matching: query)
    }
    let stars = try await ratings.all(of: account).reduce(into: [SourceID: Float]()) { $0[$1.movie] = $1.stars }
    let notice = exchange.query["saved"] == "1" ? pages.texts(.accountSaved) : ""
    let waiting = exchange.query["stars"].flatMap { Double($0) }.flatMap { try? ratings.input.stars($0) }
    return answer(exchange) { token in
      pages.rate(found.map { ($0, stars[$0.id]) }, query: query, token: token, notice: notice, waiting: waiting)
    }
  }

  private func rate(_ form: Form) async throws -> Response {
    guard let account = try await session(form.exchange)?.session.account else {
      // The session ended while the page was open: the film is there again after the login, and what was chosen.
      let chosen = form["stars"].isEmpty ? "" : "&stars=" + FormFields.encoded(form["stars"])
      return toLogin(pages.base + "account/rate/?movie=" + FormFields.encoded(form["movie"]) + chosen)
    }
    try ratings.admit(account)
    guard let movie = RatingInput.movie(form["movie"]) else {
      throw Problem(.notFound, pages.texts(.problemFilm))
    }
    var stars: Float?
    if !form["stars"].isEmpty {
      guard let number = Double(form["stars"]) else {
        throw Problem(.unprocessableContent, pages.texts(.problemNoStars))
      }
      stars = try ratings.input.stars(number)
    }
    _ = try await ratings.submit([(movie, stars)], of: account)
    let query = form["q"].isEmpty ? "movie=" + FormFields.encoded(form["movie"]) : "q=" + FormFields.encoded(form["q"])
    return .seeOther(pages.base + "account/rate/?saved=1&" + query)
  }

  private func refresh(_ form: Form) async throws -> Response {
    let account = try await member(form.exchange).account
    if let wait = listsOfAccount.take(account.id) {
      throw Problem.tooMany(pages.texts(.problemLists), retryAfter: wait)
    }
    await refresher.refresh(account)
    return .seeOther(pages.base + "account/?done=refresh")
  }
}
