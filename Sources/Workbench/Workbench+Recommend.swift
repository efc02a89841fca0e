import Ingest
package import Members
import Models
import Pipeline
import Precompute
import Ratings
import Settings

extension Workbench {
  /// Makes one list.
  package func recommend(_ request: RecommendationRequest) throws -> RecommendationAnswer {
    let top = min(request.top, RecommendationAnswer.longestList)
    var options = ListOptions(count: top, twins: Twins(dataset.movies))
    var unmatched: [String] = []
    if let path = request.within {
      let films = try films(listedIn: path)
      options.within = Set(films.movies)
      unmatched = films.unmatched
    }
    if request.readers.count > 1 { return try together(request, options: options, unmatched: unmatched) }
    guard let reader = request.readers.first else { preconditionFailure("a list is for somebody") }
    let last = lastBuild
    if case .newcomer(let file) = reader, request.model == nil {
      let (ratings, unknown, readings) = try newcomer(file)
      let browser = try browserModel(last: last)
      return RecommendationAnswer(
        user: nil, ratingCount: ratings.count, unmatched: unmatched + unknown, readings: readings,
        list: browser.list(of: browser.newcomer(ratings), options: options), movies: dataset.movies,
        scale: dataset.scale)
    }
    let usual = Quality.firstListModel(userCount: dataset.users.count, movieCount: dataset.movies.count)
    let name = request.model ?? last?.lists.first?.model ?? usual
    let ranker = try model(named: name, settings: request.settings)
    let (stars, interval) = try starsModel(last: last, ranker: ranker)
    let isMember = if case .user = reader { true } else { false }
    let maker = ListMaker(
      stars: stars, interval: interval, training: training, count: top, includesSeen: isMember && includesSeen,
      within: options.within,
      discoveries: request.settings.isEmpty ? last?.discoveries ?? [:] : [:])
    switch reader {
    case .user(let id):
      let user = try user(id)
      return RecommendationAnswer(
        user: dataset.users[user].id, ratingCount: training.byUser.count(ofRow: user), unmatched: unmatched,
        list: maker.list(by: ranker, user: user), movies: dataset.movies, scale: dataset.scale)
    case .newcomer(let file):
      let (ratings, unknown, readings) = try newcomer(file)
      let browser = try browserModel(last: last)
      return RecommendationAnswer(
        user: nil, ratingCount: ratings.count, unmatched: unmatched + unknown, readings: readings,
        list: browser.replacingStars(
          maker.list(by: ranker, newcomer: ratings), newcomer: browser.newcomer(ratings)),
        movies: dataset.movies, scale: dataset.scale)
    }
  }

  /// One list for several people, by the model of the site's own page.
  private func together(
    _ request: RecommendationRequest, options: ListOptions, unmatched: [String]
  ) throws -> RecommendationAnswer {
    let browser = try browserModel(last: lastBuild)
    var (unmatched, count, readings) = (unmatched, 0, [String]())
    let people = try request.readers.map { reader in
      let ratings: [MovieRating]
      switch reader {
      case .user(let id): ratings = training.ratings(ofUser: try user(id))
      case .newcomer(let file):
        let (own, unknown, told) = try newcomer(file)
        ratings = own
        unmatched += unknown
        readings += told
      }
      count += ratings.count
      return browser.newcomer(ratings)
    }
    let shared = browser.list(
      forAll: people, rule: request.rule, options: options, includesSeen: request.includesSeenBySome)
    let entries = shared.map { film in
      let mean = { (value: KeyPath<(stars: Float, low: Float, high: Float), Float>) in
        film.people.reduce(0) { $0 + $1[keyPath: value] } / Float(film.people.count)
      }
      return Recommendation(
        movie: film.movie, score: film.score, stars: mean(\.stars), low: mean(\.low), high: mean(\.high))
    }
    let list = RecommendationList(
      model: BrowserModel.name, starsModel: BrowserModel.name,
      entries: Ragged(offsets: [0, entries.count], elements: entries),
      reasons: Ragged(offsets: [Int](repeating: 0, count: entries.count + 1), elements: []))
    return RecommendationAnswer(
      user: nil, ratingCount: count, unmatched: unmatched, readings: readings, list: list,
      people: request.readers.map(\.name), shared: shared, movies: dataset.movies, scale: dataset.scale)
  }

  /// What makes a newcomer's list, so that it is the one that the site shows: the last build's, or made now as a build would.
  private func browserModel(last: Precomputed?) throws -> BrowserModel {
    if let browser = last?.browser { return browser }
    var candidate = Training(dataset, seed: context.seed)
    try candidate.add(ALSModel.self, tuned: tuned)
    candidate.split()
    try candidate.fit(context: context) { _, _ in }
    candidate.evaluate(context: context)
    guard let made = candidate.forBrowsers else { preconditionFailure("als is an ALSModel") }
    return BrowserModel(
      made.model, training: training, interval: made.interval, seed: context.seed, threads: context.threads)
  }

  /// The model that predicts the stars of a list, and their intervals: those of the last build, or the best of the
  /// quick ones, found now on a validation part as a build would.
  private func starsModel(last: Precomputed?, ranker: NamedModel) throws -> (NamedModel, PredictionInterval) {
    if let last, let name = last.lists.first?.starsModel, let interval = last.interval {
      return (try model(named: name), interval)
    }
    let rankerIsStars = try ModelCatalogue.model(named: ranker.name).descriptor.job == .stars
    let types = try (rankerIsStars ? [ranker.name] : Quality.quick.models).map { try ModelCatalogue.model(named: $0) }
    var candidates = Training(dataset, seed: context.seed)
    for type in types where type.descriptor.job == .stars { try candidates.add(type, tuned: tuned) }
    candidates.split()
    try candidates.fit(context: context) { _, _ in }
    candidates.evaluate(context: context)
    guard let best = candidates.bestStars, let model = best.model, let interval = best.interval else {
      preconditionFailure("a quality always has a stars model")
    }
    return (NamedModel(name: best.descriptor.name, model: model), interval)
  }
}

extension ListReader {
  /// What a list calls them: the user's id, or the file's name.
  package var name: String {
    switch self {
    case .user(let id): id
    case .newcomer(let file): file.split(separator: "/").last.map(String.init) ?? file
    }
  }
}
