import Models
package import Ratings

/// Options of a list.
package struct ListOptions: Sendable {
  package var count: Int
  /// The movies that are ranked; nil for all.
  package var within: Set<Int32>?
  /// Movies to exclude, besides rated ones.
  package var excluded: Set<Int32>
  /// Films under several ids: a list shows each once, and a rating of one id counts for all.
  package var twins: Twins
  /// Whether lesser-known films are preferred: the score is weighed against popularity.
  package var isUnusual: Bool

  package init(
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
  /// The profile of a new user in both models.
  package struct Newcomer: Sendable {
    /// The rated films in ascending order, and their stars.
    let ratings: [(film: Int, stars: Float)]
    let stars: CompactProfile
    let taste: CompactTaste
  }

  /// The profile for ratings (each movie once).
  package func newcomer(_ ratings: [MovieRating]) -> Newcomer {
    let known = ratings.compactMap { rating in places[rating.movie].map { (film: $0, stars: rating.value) } }
      .sorted { $0.film < $1.film }
    return Newcomer(
      ratings: known, stars: model.foldIn(known),
      taste: lists.foldIn(known.map { (film: $0.film, stars: Double($0.stars)) }))
  }

  /// The list of a new user, as the site's page shows it for the same ratings: `scripts/taste.js` does the same.
  ///
  /// Films with too few ratings to be recommended come last, by their genres and then by their stars.
  ///
  /// - Complexity: O(films x factors + links).
  package func list(of newcomer: Newcomer, options: ListOptions) -> RecommendationList {
    let scores = options.isUnusual ? unusualScores(newcomer.taste) : lists.scores(newcomer.taste)
    let ranked = ranked(newcomer, scores: scores, options: options)
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

  /// The score of each film of `lists`, weighed against its popularity; the films with half of all ratings come last.
  private func unusualScores(_ taste: CompactTaste) -> [Double] {
    zip(lists.tastes(taste), obscurity).map { score, obscurity in obscurity.map { score * $0 } ?? -.infinity }
  }

  /// The first films of a list.
  private func ranked(_ newcomer: Newcomer, scores: [Double], options: ListOptions) -> [Int] {
    let rated = Set(newcomer.ratings.flatMap { options.twins.all(movies[$0.film]) })
    let isCandidate = { (movie: Int32) in
      !rated.contains(movie) && options.within?.contains(movie) ?? true
        && (options.excluded.isEmpty || !options.twins.all(movie).contains(where: options.excluded.contains))
    }
    // The most popular allowed id of a film.
    let isOffered = { (film: Int) in
      guard isCandidate(movies[film]) else { return false }
      guard !options.twins.isEmpty else { return true }
      return !options.twins.all(movies[film]).contains { other in
        places[other].map { $0 < film } ?? false && isCandidate(other)
      }
    }
    let known = Self.first(options.count, of: 0..<scores.count, by: { (scores[$0], 0) }, where: isOffered)
    guard known.count < options.count else { return known }
    return known
      + Self.first(
        options.count - known.count, of: scores.count..<movies.count,
        by: { (lists.genreScore(of: $0, newcomer.taste), model.predict(newcomer.stars, film: $0).stars) },
        where: isOffered)
  }

  /// The films with the highest scores, in order for equal scores.
  ///
  /// - Parameter isOffered: called only for films that would be among them.
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

  /// The films that a list may have, each only under its most popular id.
  func offered(_ films: [Int], _ options: ListOptions, where isWanted: (Int32) -> Bool) -> [Int] {
    let candidates = films.filter { film in
      let movie = movies[film]
      return isWanted(movie) && options.within?.contains(movie) ?? true
        && !options.twins.all(movie).contains(where: options.excluded.contains)
    }
    // The films are in order of popularity.
    return options.twins.once(candidates) { movies[$0] }
  }

  /// `list` with the stars that a browser shows this user. Films unknown to the browser keep their stars.
  package func replacingStars(_ list: RecommendationList, newcomer: Newcomer) -> RecommendationList {
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

  /// The name of new users' lists, next to those of models.
  package static let name = "newcomer"
}
