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
  /// Off the beaten track: what speaks for a film against how many know it anyway.
  public var isUnusual: Bool

  public init(
    count: Int, within: Set<Int32>? = nil, excluded: Set<Int32> = [], twins: Twins = .none, isUnusual: Bool = false
  ) {
    self.count = count
    self.twins = twins
    self.isUnusual = isUnusual
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
  /// Films that too few people rated to be on anybody's list come last, by what their genres say and then by their stars.
  ///
  /// - Complexity: O(films x factors + links).
  public func list(of newcomer: Newcomer, wishes: ListWishes) -> RecommendationList {
    let scores = wishes.isUnusual ? unusualScores(newcomer.taste) : lists.scores(newcomer.taste)
    let ranked = ranked(newcomer, scores: scores, wishes: wishes)
    var entries: [Recommendation] = []
    var reasons = Ragged<Reason>()
    var spread = ReasonSpread()
    let least = scores.min() ?? 0
    for film in ranked {
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

  /// What speaks for each film of `lists`, against how many know it anyway; those that half of all ratings are of come last.
  private func unusualScores(_ taste: CompactTaste) -> [Double] {
    zip(lists.tastes(taste), obscurity).map { score, obscurity in obscurity.map { score * $0 } ?? -.infinity }
  }

  /// The first films of a list.
  private func ranked(_ newcomer: Newcomer, scores: [Double], wishes: ListWishes) -> [Int] {
    let rated = Set(newcomer.ratings.flatMap { wishes.twins.all(movies[$0.film]) })
    let isCandidate = { (movie: Int32) in
      !rated.contains(movie) && wishes.within?.contains(movie) ?? true
        && (wishes.excluded.isEmpty || !wishes.twins.all(movie).contains(where: wishes.excluded.contains))
    }
    // Of a film's ids the best known one that may be there.
    let isOffered = { (film: Int) in
      guard isCandidate(movies[film]) else { return false }
      guard !wishes.twins.isEmpty else { return true }
      return !wishes.twins.all(movies[film]).contains { other in
        places[other].map { $0 < film } ?? false && isCandidate(other)
      }
    }
    let known = Self.first(wishes.count, of: 0..<scores.count, by: { (scores[$0], 0) }, where: isOffered)
    guard known.count < wishes.count else { return known }
    return known
      + Self.first(
        wishes.count - known.count, of: scores.count..<movies.count,
        by: { (lists.genreScore(of: $0, newcomer.taste), model.predict(newcomer.stars, film: $0).stars) },
        where: isOffered)
  }

  /// The films with the highest scores, of equal ones the first.
  ///
  /// - Parameter isOffered: asked of films that would be among them only.
  private static func first(
    _ count: Int, of films: Range<Int>, by score: (Int) -> (Double, Float), where isOffered: (Int) -> Bool
  ) -> [Int] {
    guard count > 0 else { return [] }
    var best: [(film: Int, score: (Double, Float))] = []
    for film in films {
      let score = score(film)
      if best.count >= count, score <= best[best.count - 1].score { continue }
      guard isOffered(film) else { continue }
      var (low, high) = (0, best.count)
      while low < high {
        let middle = (low + high) / 2
        if best[middle].score >= score { low = middle + 1 } else { high = middle }
      }
      best.insert((film, score), at: low)
      if best.count > count { best.removeLast() }
    }
    return best.map(\.film)
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
