package import LinearAlgebra
package import Models
package import Ratings

/// A fitted model and its name.
package struct NamedModel: Sendable {
  package let name: String
  package let model: any Recommender

  package init(name: String, model: any Recommender) {
    self.name = name
    self.model = model
  }
}

/// Makes lists with predicted ratings, intervals and explanations, for members and new users alike.
package struct ListMaker: Sendable {
  /// The number of movies that explain a recommendation.
  package static let reasonCount = 3

  private let stars: NamedModel
  private let interval: PredictionInterval
  private let training: TrainingSet
  /// Per movie: its number of training ratings.
  private let ratingCounts: [Int]
  private let topMovies: TopMovies
  /// The candidate movies; nil for all.
  private let within: Set<Int32>?
  /// The re-ranking of each model's lists, by the model's name.
  private let discoveries: [String: ListDiscovery]

  /// - Parameters:
  ///   - stars: the model that predicts ratings.
  ///   - interval: its prediction interval.
  ///   - training: the training set of the models.
  ///   - count: the length of the lists.
  ///   - includesSeen: whether movies that the user rated may be listed.
  ///   - within: the candidate movies for lists of single people, in the model's own order; nil for all.
  ///   - discoveries: the re-ranking of each model's lists, by the model's name.
  package init(
    stars: NamedModel, interval: PredictionInterval, training: TrainingSet, count: Int, includesSeen: Bool,
    within: Set<Int32>? = nil, discoveries: [String: ListDiscovery] = [:]
  ) {
    self.within = within
    self.discoveries = discoveries
    self.stars = stars
    self.interval = interval
    self.training = training
    ratingCounts = (0..<training.movieCount).map { training.byMovie.count(ofRow: $0) }
    topMovies = TopMovies(count: count, includesSeen: includesSeen, twins: Twins(training.movies))
  }

  /// Only for new users, from a build's results: their ratings need no training set.
  package init(newcomersOf pages: Precomputed, stars: NamedModel, count: Int, includesSeen: Bool) {
    within = nil
    discoveries = pages.discoveries
    self.stars = stars
    interval = pages.interval ?? PredictionInterval([], scale: pages.scale)
    training = TrainingSet(RatingTable(), users: [], movies: pages.movies, scale: pages.scale)
    ratingCounts = pages.movieStatistics.map(\.count)
    topMovies = TopMovies(count: count, includesSeen: includesSeen, twins: Twins(pages.movies))
  }

  /// Every user's list by `model`.
  ///
  /// - Parameter foldingIn: whether users are folded in like new users with the same ratings.
  /// - Complexity: the cost of scoring, and O(users x count x ratings of a user) for the explanations; memory for the lists and
  ///   a batch of users per thread.
  package func lists(
    by model: NamedModel, foldingIn: Bool = false, threads: ThreadCount
  ) -> RecommendationList {
    let batch = TopMovies.batch
    // One list suffices for all users without ratings (cold start).
    let needsColdStart = (0..<training.userCount).contains { training.byUser.count(ofRow: $0) == 0 }
    let coldStart = needsColdStart ? coldStartRanking(by: model.model) : []
    let batches = threads.map((training.userCount + batch - 1) / batch) { index in
      let users = index * batch..<min(training.userCount, (index + 1) * batch)
      return foldingIn
        ? lists(by: model, batch: users.map { training.ratings(ofUser: $0) }, coldStart: coldStart)
        : lists(by: model, users: users, coldStart: coldStart)
    }
    // Two arrays of parts, so that joining can release each part.
    let (entries, reasons) = (batches.map(\.entries), batches.map(\.reasons))
    return RecommendationList(
      model: model.name, starsModel: stars.name, entries: Ragged(joining: entries), reasons: Ragged(joining: reasons))
  }

  private func lists(
    by named: NamedModel, users: Range<Int>, coldStart: [ScoredMovie]
  ) -> (entries: Ragged<Recommendation>, reasons: Ragged<Reason>) {
    let model = named.model
    let ratings = users.map { training.ratings(ofUser: $0) }
    let profiles = zip(users, ratings).map { model.profile(ofUser: $0, ratings: $1) }
    let rankings = topMovies(of: named).lists(by: model, for: profiles)
    return assemble(
      users.lazy.map { user in
        let index = user - users.lowerBound
        return explain(
          ratings[index].isEmpty ? coldStart : rankings[index], by: model, profile: profiles[index],
          starsProfile: stars.model.profile(ofUser: user, ratings: ratings[index]))
      })
  }

  /// The lists of people whose ratings (by movie, each once) are folded in. Each depends only on that person's ratings, not on
  /// the others.
  package func lists(by model: NamedModel, newcomers: [[MovieRating]]) -> RecommendationList {
    let coldStart = newcomers.contains(where: \.isEmpty) ? coldStartRanking(by: model.model) : []
    let batches = stride(from: 0, to: newcomers.count, by: TopMovies.batch).map { first in
      let batch = newcomers[first..<min(newcomers.count, first + TopMovies.batch)]
      return lists(by: model, batch: Array(batch), coldStart: coldStart)
    }
    return RecommendationList(
      model: model.name, starsModel: stars.name, entries: Ragged(joining: batches.map(\.entries)),
      reasons: Ragged(joining: batches.map(\.reasons)))
  }

  private func lists(
    by named: NamedModel, batch: [[MovieRating]], coldStart: [ScoredMovie]
  ) -> (entries: Ragged<Recommendation>, reasons: Ragged<Reason>) {
    let profiles = batch.map { named.model.foldIn($0) }
    var topMovies = topMovies(of: named)
    topMovies.fillsBatches = true
    let rankings = topMovies.lists(by: named.model, for: profiles)
    return assemble(
      batch.indices.lazy.map { index in
        explain(
          batch[index].isEmpty ? coldStart : rankings[index], by: named.model, profile: profiles[index],
          starsProfile: stars.model.foldIn(batch[index]))
      })
  }

  /// The list of a new user with these ratings (by movie, each once).
  package func list(by model: NamedModel, newcomer ratings: [MovieRating]) -> RecommendationList {
    let profile = model.model.foldIn(ratings)
    let ranking = ranking(by: model, profile: profile)
    let explained = explain(
      ranking, by: model.model, profile: profile, starsProfile: stars.model.foldIn(ratings))
    return list(of: explained, model: model.name)
  }

  /// The list of one user of the training set.
  package func list(by model: NamedModel, user: Int) -> RecommendationList {
    let ratings = training.ratings(ofUser: user)
    let profile = model.model.profile(ofUser: user, ratings: ratings)
    let explained = explain(
      ranking(by: model, profile: profile), by: model.model, profile: profile,
      starsProfile: stars.model.profile(ofUser: user, ratings: ratings))
    return list(of: explained, model: model.name)
  }

  /// A second list for every user, of lesser-known films: those that a visitor's browser would show for the same ratings,
  /// with this maker's stars. Users without ratings have none.
  ///
  /// - Complexity: O(users x (films x factors + links)).
  package func unusual(
    by browser: BrowserModel, foldingIn: Bool = false, threads: ThreadCount
  ) -> RecommendationList {
    let users = threads.map(training.userCount) { user in
      let ratings = training.ratings(ofUser: user)
      return unusual(
        by: browser, ratings: ratings,
        starsProfile: foldingIn ? stars.model.foldIn(ratings) : stars.model.profile(ofUser: user, ratings: ratings))
    }
    return list(ofEach: users, model: BrowserModel.name)
  }

  /// The same for users whose ratings (by movie, each once) are folded in.
  package func unusual(by browser: BrowserModel, newcomers: [[MovieRating]]) -> RecommendationList {
    list(
      ofEach: newcomers.map { unusual(by: browser, ratings: $0, starsProfile: stars.model.foldIn($0)) },
      model: BrowserModel.name)
  }

  private func unusual(by browser: BrowserModel, ratings: [MovieRating], starsProfile: UserProfile) -> Explained {
    guard !ratings.isEmpty else { return [] }
    let options = ListOptions(count: topMovies.count, twins: topMovies.twins, isUnusual: true)
    return browser.list(of: browser.newcomer(ratings), options: options).list(ofUser: 0).map { entry, reasons in
      var entry = entry
      entry.stars = stars.model.predict(starsProfile, movie: Int(entry.movie))
      (entry.low, entry.high) = range(around: entry.stars, of: Int(entry.movie), userCount: ratings.count)
      return (entry, Array(reasons))
    }
  }

  private func range(around stars: Float, of movie: Int, userCount: Int) -> (low: Float, high: Float) {
    let range = interval.range(around: stars, userCount: userCount, movieCount: ratingCounts[movie])
    return (range.low, range.high)
  }

  private typealias Explained = [(entry: Recommendation, reasons: [Reason])]

  private func topMovies(of model: NamedModel) -> TopMovies {
    var topMovies = topMovies
    topMovies.discovery = discoveries[model.name]
    return topMovies
  }

  private func ranking(by named: NamedModel, profile: UserProfile) -> [ScoredMovie] {
    let model = named.model
    if let within {
      let all = TopMovies(count: model.movieCount, includesSeen: topMovies.includesSeen)
      let seen = Set(topMovies.leftOut(of: profile))
      let ranked = all.lists(by: model, for: [profile])[0].filter {
        within.contains($0.movie) && $0.score > -.infinity && !seen.contains($0.movie)
      }
      return Array(topMovies.twins.once(ranked, movie: \.movie).prefix(topMovies.count))
    }
    return profile.ratings.isEmpty
      ? coldStartRanking(by: model) : topMovies(of: named).lists(by: model, for: [profile])[0]
  }

  /// A popular and diverse list, for users without ratings.
  private func coldStartRanking(by model: some Recommender) -> [ScoredMovie] {
    let (product, overflows) = topMovies.count.multipliedReportingOverflow(by: VariedList.candidatesPerPlace)
    let candidates = TopMovies(count: overflows ? topMovies.count : product, twins: topMovies.twins)
      .lists(by: model, for: [model.foldIn([])])[0]
    return VariedList.list(of: candidates, count: topMovies.count, movies: training.movies) {
      model.similarMovies(to: $0, count: $1)
    }
  }

  private func explain(
    _ ranking: [ScoredMovie], by model: any Recommender, profile: UserProfile, starsProfile: UserProfile
  ) -> Explained {
    let contributions =
      (model as? any ExplainingRecommender)?.contributions(toEach: ranking.map { Int($0.movie) }, profile: profile)
      ?? ranking.map { _ in [] }
    let liked = LikedRatings(profile.ratings.map(\.value), scale: training.scale)
    let reasons = Set(profile.ratings.lazy.filter { liked.isLiked($0.value) }.map(\.movie))
    var spread = ReasonSpread()
    return zip(ranking, contributions).map { scored, contributions in
      let movie = Int(scored.movie)
      let predicted = stars.model.predict(starsProfile, movie: movie)
      let range = range(around: predicted, of: movie, userCount: profile.ratings.count)
      let entry = Recommendation(
        movie: scored.movie, score: scored.score, stars: predicted, low: range.low, high: range.high)
      return (entry, spread.take(contributions.filter { reasons.contains($0.movie) }))
    }
  }

  private func assemble(
    _ users: some Sequence<Explained>
  ) -> (entries: Ragged<Recommendation>, reasons: Ragged<Reason>) {
    var entries = Ragged<Recommendation>()
    var reasons = Ragged<Reason>()
    for user in users {
      entries.appendRow(user.lazy.map(\.entry))
      for item in user { reasons.appendRow(item.reasons) }
    }
    return (entries, reasons)
  }

  private func list(of user: Explained, model: String) -> RecommendationList { list(ofEach: [user], model: model) }

  private func list(ofEach users: [Explained], model: String) -> RecommendationList {
    let (entries, reasons) = assemble(users)
    return RecommendationList(model: model, starsModel: stars.name, entries: entries, reasons: reasons)
  }
}
