/// The texts that page models put together; all others stand in templates and scripts.
package enum TextName: String, CaseIterable, Sendable {
  case languageDirection = "language.direction"
  case languageDecimal = "language.decimal"
  case languageThousands = "language.thousands"
  case languageDate = "language.date"
  case languageMonths = "language.months"
  case percent = "number.percent"
  case percentUnderOne = "number.under-one-percent"

  case films = "count.films"
  case members = "count.members"
  case ratings = "count.ratings"

  case documentTitle = "title.page"
  case documentTitlePage = "title.numbered-page"
  case decade = "decade.name"
  case decadeHeading = "decade.heading"
  case genresTitle = "genres.title"
  case genresDescription = "genres.description"
  case decadesTitle = "decades.title"
  case decadesDescription = "decades.description"
  case shelfDescription = "shelf.description"
  case titlesTitle = "titles.title"
  case titlesDescription = "titles.description"
  case membersTitle = "members.title"
  case membersDescription = "members.description"
  case rateTitle = "rate.title"
  case rateDescription = "rate.description"
  case youTitle = "you.title"
  case youDescription = "you.description"
  case newsTitle = "news.title"
  case notFoundTitle = "not-found.title"
  case modelsTitle = "models.title"
  case modelsDescription = "models.description"

  case memberName = "member.name"
  case memberDescription = "member.description"
  case habitSame = "member.habit-same"
  case habitGenerous = "member.habit-generous"
  case habitStrict = "member.habit-strict"

  case movieRated = "movie.description-rated"
  case movieUnrated = "movie.description-unrated"
  case movieSimilar = "movie.description-similar"
  case sharedPeople = "movie.shared-people"
  case sharedGenre = "movie.shared-genre"
  case sharedGenres = "movie.shared-genres"
  case wellKnown = "movie.well-known"

  case rowPopular = "home.popular"
  case rowPopularNote = "home.popular-note"
  case rowLoved = "home.loved"
  case rowLovedNote = "home.loved-note"
  case rowGems = "home.gems"
  case rowGemsNote = "home.gems-note"
  case rowNewest = "home.newest"
  case rowNewestNote = "home.newest-note"

  private static let indices = Dictionary(uniqueKeysWithValues: allCases.enumerated().map { ($1.rawValue, $0) })

  /// The place among all cases.
  var index: Int { Self.indices[rawValue] ?? 0 }
}
