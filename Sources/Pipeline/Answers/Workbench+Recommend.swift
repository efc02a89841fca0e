import Ingest
import Models
import Precompute
public import Ratings

/// Who a list is for.
public enum ListReader: Sendable {
  /// A user of the data, by id.
  case user(String)
  /// A newcomer, by the path of a file with `movie,rating` rows or of a film site's export.
  case newcomer(file: String)
}

/// A list with all that is told about it.
public struct RecommendationAnswer: Sendable {
  /// The user's id; nil for a newcomer.
  public let user: SourceID?
  /// How many ratings the list was made from.
  public let ratingCount: Int
  /// Rows of the newcomer's file whose movie is not in the catalogue.
  public let unmatched: [String]
  let list: RecommendationList
  let movies: [Movie]
}

extension RecommendationAnswer {
  /// The list that the last build of the site made for a user, where it is still the answer: the database is as that build
  /// left it, and the list is long enough. Nil where it has to be made.
  ///
  /// - Complexity: O(users + movies), without reading the data or a model.
  public static func ofLastBuild(site: String, user id: String, model: String?, top: Int) -> RecommendationAnswer? {
    let folder = SiteFolder(site)
    let memory = BuildMemory(readingFrom: folder.memory)
    guard top <= Precomputed.listLength, let database = DatabaseFiles.stamps(folder.database),
      memory.ingested?.database == database,
      // The lists of a site may show films that were seen; an answer never does.
      memory.stages["precompute"]?.parts["setting seen-movies"] == 0,
      let lists = try? StoredLists(contentsOf: folder.precomputed),
      let answer = try? lists.answer(to: SourceID(id), model: model, count: top)
    else { return nil }
    return RecommendationAnswer(
      user: SourceID(id), ratingCount: answer.ratingCount, unmatched: [], list: answer.list, movies: answer.movies)
  }
}

extension Workbench {
  /// The length of a list, at most.
  public static let longestList = 1000

  /// Makes one list.
  ///
  /// - Parameters:
  ///   - model: the name of the model that ranks; nil for the site's first choice. A stars model may rank as well.
  ///   - top: the length of the list.
  public func recommend(to reader: ListReader, model name: String?, top: Int) throws -> RecommendationAnswer {
    let last = lastBuild
    let usual = Quality.firstListModel(userCount: dataset.users.count, movieCount: dataset.movies.count)
    let ranker = try model(named: name ?? last?.lists.first?.model ?? usual)
    let (stars, interval) = try starsModel(last: last, ranker: ranker)
    let maker = ListMaker(
      stars: stars, interval: interval, training: training, count: min(top, Self.longestList), includesSeen: false)
    switch reader {
    case .user(let id):
      let user = try user(id)
      return RecommendationAnswer(
        user: dataset.users[user].id, ratingCount: training.byUser.count(ofRow: user), unmatched: [],
        list: maker.list(by: ranker, user: user), movies: dataset.movies)
    case .newcomer(let file):
      let (ratings, unmatched) = try newcomer(file)
      let browser = try browserModel(last: last, interval: interval)
      return RecommendationAnswer(
        user: nil, ratingCount: ratings.count, unmatched: unmatched,
        list: browser.restarred(maker.list(by: ranker, newcomer: ratings), newcomer: ratings), movies: dataset.movies)
    }
  }

  /// What gives a newcomer's stars, so that they are those that the site shows: the last build's, or made now as a
  /// build would.
  private func browserModel(last: Precomputed?, interval: PredictionInterval) throws -> BrowserModel {
    if let browser = last?.browser { return browser }
    guard let als = try model(ALSModel.self).model as? ALSModel else { preconditionFailure("als is an ALSModel") }
    return BrowserModel(als, training: training, interval: interval)
  }

  /// The model that predicts the stars beside a list, and their range: those of the last build, or the best of the
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

  /// The ratings of a newcomer's file by movie; of repeated movies the last counts.
  private func newcomer(_ path: String) throws -> (ratings: [MovieRating], unmatched: [String]) {
    let films = try Ingest.newcomer(path).films
    let matcher = FilmMatcher(
      dataset.movies, ratingCounts: (0..<dataset.movies.count).map { training.byMovie.count(ofRow: $0) })
    let most = films.lazy.filter { $0.best == nil }.map(\.rating).max() ?? 0
    var values: [Int32: Float] = [:]
    var unmatched: [String] = []
    for film in films {
      if let movie = matcher.match(film) {
        values[Int32(movie)] = dataset.scale.nearest(to: film.rating, outOf: film.best ?? dataset.scale.best(of: most))
      } else {
        unmatched.append(film.name)
      }
    }
    return (Self.ratings(values), unmatched)
  }

  private static func ratings(_ values: [Int32: Float]) -> [MovieRating] {
    values.sorted { $0.key < $1.key }.map { MovieRating(movie: $0.key, value: $0.value) }
  }
}
