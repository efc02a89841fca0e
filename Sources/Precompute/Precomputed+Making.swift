public import LinearAlgebra
public import Models
public import Ratings

/// What the lists and neighbours are made with.
public struct PrecomputeModels: Sendable {
  /// The models whose lists are shown, the site's first choice first.
  public var lists: [NamedModel]
  /// Predicts the stars.
  public var stars: NamedModel
  /// Gives the similar movies.
  public var similar: NamedModel
  /// What makes the movies similar that `similar` gives.
  public var similarMeasure: SimilarityMeasure
  /// Gives similar movies by the other measure, where such a model was trained.
  public var alsoSimilar: NamedModel?
  /// Knows who shares whose taste.
  public var people: UserNeighboursModel
  public var interval: PredictionInterval

  public init(
    lists: [NamedModel], stars: NamedModel, similar: NamedModel, similarMeasure: SimilarityMeasure = .taste,
    alsoSimilar: NamedModel? = nil, people: UserNeighboursModel,
    interval: PredictionInterval
  ) {
    self.lists = lists
    self.stars = stars
    self.similar = similar
    self.similarMeasure = similarMeasure
    self.alsoSimilar = alsoSimilar
    self.people = people
    self.interval = interval
  }
}

extension Precomputed {
  /// The length of a list.
  public static let listLength = 20
  /// How many people with the same taste a member's page names.
  static let similarUserCount = 8
  /// Everybody is compared with everybody up to here; beyond, the time would outgrow the rest of a build.
  static let mostUsersCompared = 50_000
  /// How many favourites of a user are kept.
  static let favouriteCount = 12

  /// Works out everything that the pages show. The same input gives the same artefact for any number of threads.
  ///
  /// - Parameters:
  ///   - dataset: the catalogue and tags.
  ///   - training: all ratings that the models were fitted with.
  ///   - includesSeen: whether movies that the user rated may be on the user's lists.
  public init(
    _ dataset: Dataset, training: TrainingSet, models: PrecomputeModels, reports: [ModelReport], includesSeen: Bool,
    threads: ThreadCount
  ) {
    self.init(scale: dataset.scale, users: dataset.users, movies: dataset.movies)
    ratingCount = training.ratingCount
    movieStatistics = RatingStatistics.rows(of: training.byMovie, scale: dataset.scale)
    userStatistics = RatingStatistics.rows(of: training.byUser, scale: dataset.scale)
    movieTags = MovieTags.mostUsed(dataset.tags, movieCount: dataset.movies.count)
    favourites = Self.favourites(training, statistics: movieStatistics)
    similarUsers = Self.similarUsers(training, by: models.people, threads: threads)
    peopleSimilarities = Self.peopleSimilarities(similarUsers, by: models.people, threads: threads)
    tastes = UserTastes(training)
    let maker = ListMaker(
      stars: models.stars, interval: models.interval, training: training, count: Self.listLength,
      includesSeen: includesSeen)
    lists = models.lists.map { maker.lists(by: $0, threads: threads) }
    let neighbours = SimilarMovies(training)
    similar = neighbours.all(by: models.similar.model, threads: threads)
    similarMeasure = models.similarMeasure
    if let other = models.alsoSimilar { alsoSimilar = neighbours.others(by: other.model, threads: threads) }
    kin = neighbours.kin(threads: threads)
    tasteMap = TasteMap(training)
    genreSimilarity = GenreSimilarity(training)
    charts = Chart.all(movies: dataset.movies, statistics: movieStatistics)
    self.models = reports
    interval = models.interval
  }

  /// Complexity: O(Σ over a user's movies of their ratings), for each user.
  private static func similarUsers(
    _ training: TrainingSet, by model: UserNeighboursModel, threads: ThreadCount
  ) -> Ragged<SimilarUser> {
    guard training.userCount <= mostUsersCompared else {
      return Ragged(offsets: [Int](repeating: 0, count: training.userCount + 1), elements: [])
    }
    let rows = threads.map(training.userCount, blockSize: 8) { user in
      let profile = model.profile(ofUser: user, ratings: training.ratings(ofUser: user))
      return model.neighbours(of: profile, count: similarUserCount).filter { $0.similarity > 0 }
    }
    var result = Ragged<SimilarUser>()
    for row in rows {
      result.appendRow(row.map { SimilarUser(user: Int32($0.user), similarity: min(1, $0.similarity)) })
    }
    return result
  }

  /// How alike the people of a member's page are among each other. Complexity: O(people² x ratings), for each user.
  private static func peopleSimilarities(
    _ people: Ragged<SimilarUser>, by model: UserNeighboursModel, threads: ThreadCount
  ) -> Ragged<UInt8> {
    let rows = threads.map(people.rowCount, blockSize: 16) { user in
      let group = people[user].map { Int($0.user) }
      var values: [UInt8] = []
      for (position, one) in group.enumerated() {
        for other in group.dropFirst(position + 1) {
          values.append(UInt8((min(1, model.similarity(of: one, and: other)) * 255).rounded()))
        }
      }
      return values
    }
    var result = Ragged<UInt8>()
    for row in rows { result.appendRow(row) }
    return result
  }

  /// Each user's highest rated movies; of equally rated ones the better known first.
  private static func favourites(_ training: TrainingSet, statistics: [RatingStatistics]) -> Ragged<FavouriteMovie> {
    var result = Ragged<FavouriteMovie>()
    for user in 0..<training.userCount {
      let sorted = training.byUser.range(ofRow: user).sorted { a, b in
        let (first, second) = (Int(training.byUser.columns[a]), Int(training.byUser.columns[b]))
        return (training.byUser.values[b], statistics[second].count, first)
          < (training.byUser.values[a], statistics[first].count, second)
      }
      result.appendRow(
        sorted.prefix(favouriteCount).map {
          FavouriteMovie(movie: training.byUser.columns[$0], value: training.byUser.values[$0])
        })
    }
    return result
  }
}
