import Models
public import Ratings

/// Which films a list may show.
public struct ListWishes: Sendable {
  public var count: Int
  /// The movies that are ranked; nil for all.
  public var within: Set<Int32>?
  /// Movies that stay out, besides those that were rated.
  public var excluded: Set<Int32>
  /// Films under several ids: each stands on a list once, and one of them rated is all of them rated.
  public var twins: Twins

  public init(count: Int, within: Set<Int32>? = nil, excluded: Set<Int32> = [], twins: Twins = .none) {
    self.count = count
    self.twins = twins
    self.within = within
    self.excluded = excluded
  }
}

extension BrowserModel {
  /// A newcomer as both models see them.
  public struct Newcomer: Sendable {
    /// The rated films by place, rising, and their stars.
    let ratings: [(film: Int, stars: Float)]
    let stars: CompactProfile
    let taste: CompactTaste
  }

  /// What ratings (each movie once) tell.
  public func newcomer(_ ratings: [MovieRating]) -> Newcomer {
    let known = ratings.compactMap { rating in places[rating.movie].map { (film: $0, stars: rating.value) } }
      .sorted { $0.film < $1.film }
    return Newcomer(
      ratings: known, stars: model.foldIn(known),
      taste: lists.foldIn(known.map { (film: $0.film, stars: Double($0.stars)) }))
  }

  /// The list of a newcomer, as the site's page shows it for the same ratings: `scripts/taste.js` does the same.
  ///
  /// Films that too few people rated to be on anybody's list come last, by their stars.
  ///
  /// - Complexity: O(films x factors + links).
  public func list(of newcomer: Newcomer, wishes: ListWishes) -> RecommendationList {
    let rated = Set(newcomer.ratings.flatMap { wishes.twins.all(movies[$0.film]) })
    let scores = lists.scores(newcomer.taste)
    let candidates = offered(Array(movies.indices), wishes) { !rated.contains($0) }
    let ranked =
      candidates.prefix { $0 < scores.count }.sorted { (scores[$1], $0) < (scores[$0], $1) }
      + candidates.drop { $0 < scores.count }.map { (film: $0, stars: model.predict(newcomer.stars, film: $0).stars) }
      .sorted { ($1.stars, $0.film) < ($0.stars, $1.film) }.map(\.film)
    var entries: [Recommendation] = []
    var reasons = Ragged<Reason>()
    var spread = ReasonSpread()
    let least = scores.min() ?? 0
    for film in ranked.prefix(max(0, wishes.count)) {
      let predicted = model.predict(newcomer.stars, film: film)
      let score = film < scores.count ? scores[film] : least - 1
      entries.append(
        Recommendation(
          movie: movies[film], score: Float(score), stars: predicted.stars, low: predicted.low, high: predicted.high))
      let contributions = lists.contributions(to: film, newcomer.taste)
      reasons.appendRow(
        spread.take(
          newcomer.taste.films.indices.filter { newcomer.taste.isLiked[$0] }
            .map { ScoredMovie(movie: movies[newcomer.taste.films[$0]], score: Float(contributions[$0])) }))
    }
    return RecommendationList(
      model: Self.name, starsModel: Self.name, entries: Ragged(offsets: [0, entries.count], elements: entries),
      reasons: reasons)
  }

  /// The films that a list may have, each under its best known id only.
  func offered(_ films: [Int], _ wishes: ListWishes, where isWanted: (Int32) -> Bool) -> [Int] {
    let candidates = films.filter { film in
      let movie = movies[film]
      return isWanted(movie) && wishes.within?.contains(movie) ?? true
        && !wishes.twins.all(movie).contains(where: wishes.excluded.contains)
    }
    // The films stand in the order of how well they are known.
    return wishes.twins.once(candidates) { movies[$0] }
  }

  /// `list` with the stars that a browser shows this newcomer. What the browser does not know keeps its stars.
  public func restarred(_ list: RecommendationList, newcomer: Newcomer) -> RecommendationList {
    var result = list
    result.entries = Ragged(
      offsets: list.entries.offsets,
      elements: list.entries.elements.map { entry in
        guard let film = places[entry.movie] else { return entry }
        var entry = entry
        (entry.stars, entry.low, entry.high) = model.predict(newcomer.stars, film: film)
        return entry
      })
    return result
  }

  /// What the lists of newcomers are called beside those of models.
  public static let name = "newcomer"
}
