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
    Text("base", "Where the server is: in front of every address of an account.") { $0.base }
    Text("token", "A form sends it back, so that no other site can send it in a member's name.") { $0.token }
    Text("next", "The address to go to after logging in, on the same host.") { $0.next }
    Text("name", "What was typed as the name, to be typed no second time.") { $0.name }
    Text("error", "Why logging in failed, in a sentence; otherwise empty.") { $0.error }
    Flag("canRegister", "Whether strangers may register.") { $0.canRegister }
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
    Text("base", "Where the server is: in front of every address of an account.") { $0.base }
    Text("token", "A form sends it back, so that no other site can send it in a member's name.") { $0.token }
    Text("name", "What was typed as the name, to be typed no second time.") { $0.name }
    Text("error", "Why registering failed, in a sentence; otherwise empty.") { $0.error }
    Flag("isListed", "Whether the new member's page is public until it is hidden.") { $0.isListed }
    Flag("needsInvitation", "Whether only those with an invitation may register.") { $0.needsInvitation }
    Text("invitation", "The invitation as it was typed or came with the link.") { $0.invitation }
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
      Text("title", "The film's title.") { $0.title }
      Text("path", "Where the rating can be changed, with `base` in front.") { $0.path }
      Text("stars", "The member's rating: a number of stars, or liked or not in words.") { $0.stars }
    }
  }

  static let model = PageModel<AccountHome>("account page") {
    Text("base", "Where the server is: in front of every address of an account.") { $0.base }
    Text("token", "A form sends it back, so that no other site can send it in a member's name.") { $0.token }
    Text("name", "The member's name.") { $0.name }
    Text("notice", "What was just done, in a sentence; otherwise empty.") { $0.notice }
    Text("error", "What went wrong, in a sentence; otherwise empty.") { $0.error }
    Text("count", "How many ratings the member has given, in words.") { $0.count }
    Text("page", "The member's own page among the site's, behind `base`; may be empty.") { $0.page }
    Flag("hasPage", "Whether that page is there for the member to see.") { $0.hasPage }
    List("ratings", "The member's latest ratings, the last first.", announcedBy: "hasRatings", of: Rated.model) {
      $0.ratings
    }
    Flag("hasMore", "Whether there are more ratings than these.") { $0.hasMore }
    Flag("canHide", "Whether members may choose to have no public page.") { $0.canHide }
    Flag("isListed", "Whether the member has a public page.") { $0.isListed }
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
      Text("id", "The film's id in the data.") { $0.id }
      Text("title", "The film's title, with its year where that is known.") { $0.title }
      List("levels", "The ratings that can be given, the lowest first, at most 21.", of: Level.model) { $0.levels }
      Flag("isRated", "Whether the member has rated the film.") { $0.isRated }
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
      Text("value", "The rating as a form sends it.") { $0.value }
      Text("stars", "The rating as it is shown.") { $0.stars }
      Text("label", "The rating in words, for those who do not see the stars.") { $0.label }
      Flag("isChosen", "Whether it is the member's rating.") { $0.isChosen }
      Flag("isWaiting", "Whether it was chosen before the session ended, and is not saved yet.") { $0.isWaiting }
    }
  }

  static let model = PageModel<RatingForm>("rating page") {
    Text("base", "Where the server is: in front of every address of an account.") { $0.base }
    Text("token", "A form sends it back, so that no other site can send it in a member's name.") { $0.token }
    Text("query", "What was searched for; empty at first.") { $0.query }
    Text("notice", "What was just done, in a sentence; otherwise empty.") { $0.notice }
    List(
      "movies", "The films found, or the one that a link asks for; empty at first.", announcedBy: "hasMovies",
      of: Movie.model
    ) { $0.movies }
    Flag("isEmpty", "Whether a search found nothing.") { $0.movies.isEmpty && !$0.query.isEmpty }
  }
}

/// A few words.
struct AccountNotice {
  let base: String
  let heading: String
  let text: String

  static let template = "account/notice"

  static let model = PageModel<AccountNotice>("notice") {
    Text("base", "Where the server is: in front of every address of an account.") { $0.base }
    Text("heading", "What happened, in a few words.") { $0.heading }
    Text("text", "What it means and what can be done, in a sentence.") { $0.text }
  }
}
