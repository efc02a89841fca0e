import Credentials
import HTTPTypes
import Hummingbird
import Platform
import Ratings
import Site
import Store

extension Endpoint {
  func showRate(_ request: EndpointRequest) async throws -> Response {
    let query = String((request.query["q"] ?? "").prefix(100))
    let movieText = request.query["movie"]
    guard let account = try await session(request)?.session.account else {
      let target = pages.base + request.path.asFolderTarget.dropFirst()
      return toLogin(target)
    }
    if let wait = searchesOfAddress.take(request.asker) {
      throw Problem.tooMany(pages.texts(.problemSearches), retryAfter: wait)
    }
    var found: [FoundMovie] = []
    if let movie = movieText.flatMap({ RatingInput.movie($0) }) {
      found = try await ratings.movie(movie).map { [$0] } ?? []
    } else if !query.isEmpty {
      found = try await ratings.movies(matching: query)
    }
    let stars = try await ratings.all(of: account).reduce(into: [SourceID: Float]()) { $0[$1.movie] = $1.stars }
    let notice = request.query["saved"] == "1" ? pages.texts(.accountSaved) : ""
    let waiting = request.query["stars"].flatMap { Double($0) }.flatMap { try? ratings.input.stars($0) }
    return answer(request) { token in
      pages.rate(found.map { ($0, stars[$0.id]) }, query: query, token: token, notice: notice, waiting: waiting)
    }
  }

  func rate(_ form: Form) async throws -> Response {
    guard let account = try await session(form.request)?.session.account else {
      // The session ended while the page was open: film and stars are restored after the login.
      let chosen = form["stars"].isEmpty ? "" : "&stars=" + PercentEncoding.encoded(form["stars"])
      return toLogin(pages.base + "account/rate/?movie=" + PercentEncoding.encoded(form["movie"]) + chosen)
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
    let query =
      form["q"].isEmpty ? "movie=" + PercentEncoding.encoded(form["movie"]) : "q=" + PercentEncoding.encoded(form["q"])
    return .seeOther(pages.base + "account/rate/?saved=1&" + query)
  }

  func refresh(_ form: Form) async throws -> Response {
    let account = try await member(form.request).account
    if let wait = listsOfAccount.take(account.id) {
      throw Problem.tooMany(pages.texts(.problemLists), retryAfter: wait)
    }
    await refresher.refresh(account)
    return .seeOther(pages.base + "account/?done=refresh")
  }
}
