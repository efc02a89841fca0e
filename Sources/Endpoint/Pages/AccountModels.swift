import Templates

/// Where members log in.
struct LoginForm {
  let base: String
  let token: String
  let next: String
  let name: String
  let error: String
  let canRegister: Bool

  static let template = "account/login"

  static let model = PageModel<LoginForm>("login page") {
    Text("base") { $0.base }
    Text("token") { $0.token }
    Text("next") { $0.next }
    Text("name") { $0.name }
    Text("error") { $0.error }
    Flag("canRegister") { $0.canRegister }
  }
}

/// Where members join.
struct RegistrationForm {
  let base: String
  let token: String
  let name: String
  let error: String
  let isListed: Bool
  let needsInvitation: Bool
  let invitation: String

  static let template = "account/register"

  static let model = PageModel<RegistrationForm>("registration page") {
    Text("base") { $0.base }
    Text("token") { $0.token }
    Text("name") { $0.name }
    Text("error") { $0.error }
    Flag("isListed") { $0.isListed }
    Flag("needsInvitation") { $0.needsInvitation }
    Text("invitation") { $0.invitation }
  }
}

/// A member's account and their last ratings.
struct AccountHome {
  let base: String
  let token: String
  let name: String
  let notice: String
  let error: String
  let count: String
  let page: String
  let hasPage: Bool
  let ratings: [Rated]
  let hasMore: Bool
  let canHide: Bool
  let isListed: Bool

  static let template = "account/home"

  /// A film that the member rated.
  struct Rated {
    let title: String
    let path: String
    let stars: String

    static let model = PageModel<Rated>("rating") {
      Text("title") { $0.title }
      Text("path") { $0.path }
      Text("stars") { $0.stars }
    }
  }

  static let model = PageModel<AccountHome>("account page") {
    Text("base") { $0.base }
    Text("token") { $0.token }
    Text("name") { $0.name }
    Text("notice") { $0.notice }
    Text("error") { $0.error }
    Text("count") { $0.count }
    Text("page") { $0.page }
    Flag("hasPage") { $0.hasPage }
    List("ratings", announcedBy: "hasRatings", of: Rated.model) { $0.ratings }
    Flag("hasMore") { $0.hasMore }
    Flag("canHide") { $0.canHide }
    Flag("isListed") { $0.isListed }
  }
}

/// Where members find films and rate them.
struct RatingForm {
  let base: String
  let token: String
  let query: String
  let notice: String
  let movies: [Movie]

  static let template = "account/rate"

  /// A film that was found.
  struct Movie {
    let id: String
    let title: String
    let levels: [Level]
    let isRated: Bool

    static let model = PageModel<Movie>("movie") {
      Text("id") { $0.id }
      Text("title") { $0.title }
      List("levels", of: Level.model) { $0.levels }
      Flag("isRated") { $0.isRated }
    }
  }

  /// Stars that can be given.
  struct Level {
    let value: String
    let stars: String
    let label: String
    let isChosen: Bool
    /// Chosen and not yet saved.
    let isWaiting: Bool

    static let model = PageModel<Level>("level") {
      Text("value") { $0.value }
      Text("stars") { $0.stars }
      Text("label") { $0.label }
      Flag("isChosen") { $0.isChosen }
      Flag("isWaiting") { $0.isWaiting }
    }
  }

  static let model = PageModel<RatingForm>("rating page") {
    Text("base") { $0.base }
    Text("token") { $0.token }
    Text("query") { $0.query }
    Text("notice") { $0.notice }
    List("movies", announcedBy: "hasMovies", of: Movie.model) { $0.movies }
    Flag("isEmpty") { $0.movies.isEmpty && !$0.query.isEmpty }
  }
}

/// A few words.
struct AccountNotice {
  let base: String
  let heading: String
  let text: String

  static let template = "account/notice"

  static let model = PageModel<AccountNotice>("notice") {
    Text("base") { $0.base }
    Text("heading") { $0.heading }
    Text("text") { $0.text }
  }
}
