package import LinearAlgebra
package import Models
package import Ratings

/// The models for lists and neighbours.
package struct PrecomputeModels: Sendable {
  /// The models whose lists are shown, the site's first choice first.
  package var lists: [NamedModel]
  /// Predicts ratings.
  package var stars: NamedModel
  /// Computes similar movies.
  package var similar: NamedModel
  /// The similarity measure of `similar`.
  package var similarMeasure: SimilarityMeasure
  /// Computes similar movies by the other measure, if such a model was trained.
  package var alsoSimilar: NamedModel?
  package var interval: PredictionInterval
  /// The model for browsers; nil if it was not trained.
  package var browser: BrowserInputs?
  /// The weights of re-ranking for discovery, for each list model with it, by name.
  package var discoveries: [String: ListDiscovery.Weights]
  /// The random seed for samples.
  package var seed: UInt64

  /// A model whose compact form predicts ratings in a browser, and its prediction interval.
  package struct BrowserInputs: Sendable {
    package var model: ALSModel
    package var interval: PredictionInterval

    package init(model: ALSModel, interval: PredictionInterval) {
      self.model = model
      self.interval = interval
    }
  }

  package init(
    lists: [NamedModel], stars: NamedModel, similar: NamedModel, similarMeasure: SimilarityMeasure = .taste,
    alsoSimilar: NamedModel? = nil, interval: PredictionInterval, browser: BrowserInputs? = nil,
    discoveries: [String: ListDiscovery.Weights] = [:], seed: UInt64 = 1
  ) {
    self.lists = lists
    self.stars = stars
    self.similar = similar
    self.similarMeasure = similarMeasure
    self.alsoSimilar = alsoSimilar
    self.interval = interval
    self.browser = browser
    self.discoveries = discoveries
    self.seed = seed
  }
}

extension Precomputed {
  /// The length of a list.
  package static let listLength = 20
  /// The number of favourites kept for a user.
  static let favouriteCount = 12

  /// Computes everything that the pages show. Unchanged inputs give the same artefact for any number of threads.
  ///
  /// - Parameters:
  ///   - dataset: the catalogue and tags.
  ///   - training: all ratings that the models were fitted with.
  ///   - includesSeen: whether movies that the user rated may be on their lists.
  ///   - members: which part of the members is computed.
  package init(
    _ dataset: Dataset, training: TrainingSet, models: PrecomputeModels, reports: [ModelReport], includesSeen: Bool,
    members: MemberScope = MemberScope(), threads: ThreadCount
  ) {
    self.init(scale: dataset.scale, users: members.apart == nil ? dataset.users : [], movies: dataset.movies)
    ratingCount = training.ratingCount
    movieStatistics = RatingStatistics.rows(of: training.byMovie, scale: dataset.scale, threads: threads)
    movieTags = MovieTags.mostUsed(dataset.tags, movieCount: dataset.movies.count)
    if let apart = members.apart {
      membersApart = apart.count
      if let counts = apart.counts { count(counts) }
    } else {
      userStatistics = RatingStatistics.rows(of: training.byUser, scale: dataset.scale, threads: threads)
      favourites = Self.favourites(training, statistics: movieStatistics, threads: threads)
    }
    // The map is one long loop on one thread, and the browser's model has several: what uses all cores fills them meanwhile.
    let ((map, browser), rest) = threads.both {
      (
        TasteMap(training),
        models.browser.map {
          BrowserModel($0.model, training: training, interval: $0.interval, seed: models.seed, threads: threads)
        }
      )
    } _: {
      Parts(training, models: models, includesSeen: includesSeen, members: members, threads: threads)
    }
    tasteMap = map
    self.browser = browser
    similarUsers = rest.similarUsers
    peopleSimilarities = rest.peopleSimilarities
    tastes = rest.tastes
    lists = rest.lists
    discoveries = rest.discoveries
    similar = rest.similar
    similarMeasure = models.similarMeasure
    alsoSimilar = rest.alsoSimilar
    kin = rest.kin
    genreSimilarity = GenreSimilarity(training)
    charts = Chart.all(movies: dataset.movies, statistics: movieStatistics)
    self.models = reports
    interval = models.interval
    if let browser, hasUnusual, membersApart == nil {
      unusual = rest.maker.unusual(by: browser, foldingIn: members.foldsIn, threads: threads)
    }
  }

  /// The part that uses all cores.
  private struct Parts: Sendable {
    let similarUsers: Ragged<SimilarUser>
    let peopleSimilarities: Ragged<UInt8>
    let tastes: UserTastes
    let lists: [RecommendationList]
    let discoveries: [String: ListDiscovery]
    let maker: ListMaker
    let similar: Ragged<SimilarMovie>
    let alsoSimilar: Ragged<SimilarMovie>
    let kin: Ragged<SimilarMovie>

    init(
      _ training: TrainingSet, models: PrecomputeModels, includesSeen: Bool, members: MemberScope,
      threads: ThreadCount
    ) {
      if members.findsPeople, members.apart == nil {
        let people = SimilarUsers(training, threads: threads)
        similarUsers = people.all(threads: threads)
        peopleSimilarities = people.among(similarUsers, threads: threads)
      } else {
        (similarUsers, peopleSimilarities) = (Ragged(), Ragged())
      }
      let films = FilmTraits(training)
      if members.apart == nil {
        tastes = UserTastes(training, films: films, threads: threads)
      } else {
        tastes = UserTastes(genreNames: films.genreNames)
      }
      var discoveries: [String: ListDiscovery] = [:]
      for list in models.lists {
        guard let weights = models.discoveries[list.name] else { continue }
        discoveries[list.name] = ListDiscovery(
          list.model, training: training, weights: weights, seed: models.seed, threads: threads)
      }
      self.discoveries = discoveries
      let maker = ListMaker(
        stars: models.stars, interval: models.interval, training: training, count: Precomputed.listLength,
        includesSeen: includesSeen, discoveries: discoveries)
      self.maker = maker
      lists = models.lists.map { model in
        if members.apart != nil { return RecommendationList(model: model.name, starsModel: models.stars.name) }
        return maker.lists(by: model, foldingIn: members.foldsIn, threads: threads)
      }
      let neighbours = SimilarMovies(training)
      similar = neighbours.all(by: models.similar.model, threads: threads)
      alsoSimilar = models.alsoSimilar.map { neighbours.others(by: $0.model, threads: threads) } ?? Ragged()
      kin = neighbours.kin(threads: threads)
    }
  }

  /// Each user's highest rated movies; the more popular first for equal ratings.
  static func favourites(
    _ training: TrainingSet, statistics: [RatingStatistics], threads: ThreadCount
  ) -> Ragged<FavouriteMovie> {
    Ragged(
      joining: threads.mapBlocks(of: training.userCount, blockSize: 1024) { users in
        var rows = Ragged<FavouriteMovie>()
        for user in users { rows.appendRow(favourites(training.ratings(ofUser: user), statistics: statistics)) }
        return rows
      })
  }

  /// The favourites of one user.
  static func favourites(_ ratings: [MovieRating], statistics: [RatingStatistics]) -> [FavouriteMovie] {
    ratings.sorted { a, b in
      (b.value, statistics[Int(b.movie)].count, a.movie) < (a.value, statistics[Int(a.movie)].count, b.movie)
    }.prefix(favouriteCount).map { FavouriteMovie(movie: $0.movie, value: $0.value) }
  }
}
