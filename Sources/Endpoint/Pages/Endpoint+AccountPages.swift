import Credentials
import HTTPTypes
import Hummingbird
import Members
import Platform
import Settings
import Site
import Store

extension Endpoint {
  func showAccount(_ request: EndpointRequest) async throws -> Response {
    if let movie = request.query["movie"] {
      return .seeOther(pages.base + "account/rate/?movie=" + PercentEncoding.encoded(movie))
    }
    let done = Self.notices[request.query["done"] ?? ""]
    return try await account(request, notice: done.map { pages.texts($0) } ?? "")
  }

  /// The result of the previous form.
  private static let notices: [String: TextName] = [
    "password": .accountDonePassword, "visibility": .accountDoneVisibility, "refresh": .accountDoneRefresh,
  ]

  private func account(
    _ request: EndpointRequest, notice: String = "", error: Problem? = nil
  ) async throws -> Response {
    let account = try await member(request).account
    let all = try await ratings.all(of: account)
    return answer(request, status: error?.status ?? .ok, headers: error?.headers ?? [:]) {
      pages.home(
        account, ratings: all, token: $0, notice: notice, error: error.map { sentence($0) } ?? "")
    }
  }

  func showLogin(_ request: EndpointRequest) async throws -> Response {
    let target = next(request.query["next"] ?? "")
    if try await session(request) != nil { return .seeOther(target) }
    return answer(request) { pages.login(token: $0, next: target) }
  }

  func logIn(_ form: Form) async throws -> Response {
    let request = form.request
    do {
      let opened = try await accounts.logIn(
        name: form["name"], password: form["password"], kind: .browser, from: request.asker,
        replacing: SessionCookie.token(of: request, isSecure: isSecure(request)))
      return welcome(opened, request, next(form["next"]))
    } catch let problem as Problem {
      return answer(request, status: problem.status, headers: problem.headers) {
        pages.login(
          token: $0, next: next(form["next"]), name: String(form["name"].prefix(30)), error: sentence(problem))
      }
    }
  }

  private func welcome(_ opened: AccountService.Opened, _ request: EndpointRequest, _ target: String) -> Response {
    var response = Response.seeOther(target)
    let secure = isSecure(request)
    response.setCookie(SessionCookie.session(opened.token, days: settings.sessionDays, isSecure: secure))
    response.setCookie(SessionCookie.hint(days: settings.sessionDays, isSecure: secure))
    // Their list will be requested soon.
    Task { [members] in _ = try? await members.ask(MemberQuestion(.prepare)) }
    return response
  }

  func showRegister(_ request: EndpointRequest) async throws -> Response {
    guard settings.registration != .closed else { throw Problem.noNewMembers }
    let code = String((request.query["invitation"] ?? "").prefix(64))
    return answer(request) { pages.register(token: $0, invitation: code) }
  }

  func register(_ form: Form) async throws -> Response {
    do {
      let opened = try await accounts.register(
        name: form["name"], password: form["password"], invitation: form["invitation"], kind: .browser,
        from: form.request.asker)
      return welcome(opened, form.request, pages.base + "account/rate/")
    } catch let problem as Problem {
      return answer(form.request, status: problem.status, headers: problem.headers) {
        pages.register(
          token: $0, name: String(form["name"].prefix(30)), invitation: String(form["invitation"].prefix(64)),
          error: sentence(problem))
      }
    }
  }

  func logOut(_ form: Form) async throws -> Response {
    if let token = token(form.request) { try await accounts.end(token) }
    return goodbye(.seeOther(pages.base + "account/login/"), form.request)
  }

  private func goodbye(_ response: Response, _ request: EndpointRequest) -> Response {
    var response = response
    let secure = isSecure(request)
    response.setCookie(SessionCookie.removal(isSecure: secure))
    response.setCookie(SessionCookie.hint(days: 0, isSecure: secure))
    return response
  }

  func changePassword(_ form: Form) async throws -> Response {
    let (account, token) = try await member(form.request)
    do {
      try await accounts.changePassword(
        of: account, from: form["old"], to: form["new"], keeping: token,
        asker: form.request.asker)
      return .seeOther(pages.base + "account/?done=password")
    } catch let problem as Problem {
      return try await self.account(form.request, error: problem)
    }
  }

  func changeVisibility(_ form: Form) async throws -> Response {
    let account = try await member(form.request).account
    guard ["yes", "no"].contains(form["listed"]) else { throw Problem(.unprocessableContent, "“listed” is yes or no") }
    _ = try await setListed(form["listed"] == "yes", of: account)
    return .seeOther(pages.base + "account/?done=visibility")
  }

  func delete(_ form: Form) async throws -> Response {
    let account = try await member(form.request).account
    do {
      try await remove(account, password: form["password"], asker: form.request.asker)
    } catch let problem as Problem {
      return try await self.account(form.request, error: problem)
    }
    return goodbye(
      Self.html(pages.notice(pages.texts(.accountGoodbye), pages.texts(.accountGoodbyeNote))), form.request)
  }

  func export(_ request: EndpointRequest) async throws -> Response {
    let account = try await member(request).account
    let all = try await ratings.all(of: account)
    let isCSV = request.query["format"] != "json"
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
}
