package import Models
package import Ratings

/// Everything on the pages that depends on a model: the artefact between training and rendering.
///
/// Users and movies are indices into `users` and `movies`.
package struct Precomputed: Sendable {
  package var scale: RatingScale
  package var users: [User]
  package var movies: [Movie]
  /// Per movie: its rating statistics.
  package var movieStatistics: [RatingStatistics]
  /// Per user: their rating statistics.
  package var userStatistics: [RatingStatistics]
  /// Per movie: its tags, the most used first.
  package var movieTags: [[String]]
  /// Per user: their highest rated movies, highest first.
  package var favourites: Ragged<FavouriteMovie>
  /// Per user: the most similar users, best first.
  package var similarUsers: Ragged<SimilarUser>
  /// Per user: the pairwise similarities among `similarUsers`, in 255ths: the upper triangle of the
  /// square, row by row.
  package var peopleSimilarities: Ragged<UInt8>
  /// Per user: what they watch, and when they rated it.
  package var tastes: UserTastes
  /// One for each list model, the site's first choice first.
  package var lists: [RecommendationList]
  /// A second list of lesser-known films for every user; nil if there is none.
  package var unusual: RecommendationList?
  /// The re-ranking of each model's lists, by the model's name; empty without re-ranking.
  package var discoveries: [String: ListDiscovery] = [:]
  /// Per movie: the most similar ones, best first.
  package var similar: Ragged<SimilarMovie>
  /// The similarity measure of `similar`.
  package var similarMeasure: SimilarityMeasure
  /// Per movie: the most similar ones by the other measure, best first; no rows if no such model was trained.
  package var alsoSimilar: Ragged<SimilarMovie>
  /// Per movie: content-based similar movies, by genre, director and time, best first.
  package var kin: Ragged<SimilarMovie>
  /// Popular and highly rated movies, overall and per genre and decade.
  package var charts: [Chart]
  package var models: [ModelReport]
  /// The map of the most popular movies.
  package var tasteMap = TasteMap()
  package var genreSimilarity = GenreSimilarity()
  /// The prediction interval; nil if nothing was predicted.
  package var interval: PredictionInterval?
  /// The models for new users' browsers; nil if their source model was not trained.
  package var browser: BrowserModel?
  /// The total number of ratings.
  package var ratingCount: Int
  /// The number of members whose pages are computed separately, from the rest of this artefact and their ratings;
  /// nil if it includes the members.
  package var membersApart: Int?

  package init(scale: RatingScale, users: [User], movies: [Movie]) {
    self.scale = scale
    self.users = users
    self.movies = movies
    movieStatistics = []
    userStatistics = []
    movieTags = []
    favourites = Ragged()
    similarUsers = Ragged()
    peopleSimilarities = Ragged()
    tastes = UserTastes()
    lists = []
    similar = Ragged()
    similarMeasure = .taste
    alsoSimilar = Ragged()
    kin = Ragged()
    charts = []
    models = []
    ratingCount = 0
  }

  /// The number of members, here or computed separately.
  package var memberCount: Int { membersApart ?? users.count }

  /// Whether members get a second list of lesser-known films: with more members it would take most of a build.
  var hasUnusual: Bool { memberCount <= Self.mostUnusual }
  private static let mostUnusual = 20_000
}

/// Rating statistics of a movie or a user.
package struct RatingStatistics: Sendable, Equatable {
  package var count: Int
  /// The mean rating; 0 if there is none.
  package var mean: Float
  /// The number of ratings at each level of the scale, the lowest first.
  package var histogram: [Int32]

  package init(count: Int, mean: Float, histogram: [Int32]) {
    self.count = count
    self.mean = mean
    self.histogram = histogram
  }
}

/// A movie that a user rated highly.
package struct FavouriteMovie: Sendable, Equatable, BitwiseCopyable {
  package var movie: Int32
  package var value: Float

  package init(movie: Int32, value: Float) {
    self.movie = movie
    self.value = value
  }
}

/// A similar user.
package struct SimilarUser: Sendable, Equatable, BitwiseCopyable {
  package var user: Int32
  /// Correlation of both users' residuals, with shrinkage for few common movies; at most 1.
  package var similarity: Float

  package init(user: Int32, similarity: Float) {
    self.user = user
    self.similarity = similarity
  }
}

/// Every user's list by one model.
package struct RecommendationList: Sendable {
  /// The name of the list model.
  package var model: String
  /// The name of the model that predicts ratings.
  package var starsModel: String
  /// Per user, best first.
  package var entries: Ragged<Recommendation>
  /// Per entry of `entries.elements`: the user's movies that explain it, strongest first.
  package var reasons: Ragged<Reason>

  package init(model: String, starsModel: String, entries: Ragged<Recommendation>, reasons: Ragged<Reason>) {
    self.model = model
    self.starsModel = starsModel
    self.entries = entries
    self.reasons = reasons
  }

  /// Without lists.
  package init(model: String, starsModel: String) {
    self.init(model: model, starsModel: starsModel, entries: Ragged(), reasons: Ragged())
  }

  /// The user's list with the reasons of each entry.
  package func list(ofUser user: Int) -> [(recommendation: Recommendation, reasons: ArraySlice<Reason>)] {
    (entries.offsets[user]..<entries.offsets[user + 1]).map { (entries.elements[$0], reasons[$0]) }
  }
}

/// One movie of a user's list.
package struct Recommendation: Sendable, Equatable, BitwiseCopyable {
  package var movie: Int32
  /// The list model's score, for ranking only; it has no unit.
  package var score: Float
  /// The predicted rating, on the scale of the data.
  package var stars: Float
  /// The 80 % prediction interval is `low` to `high`.
  package var low: Float
  package var high: Float

  package init(movie: Int32, score: Float, stars: Float, low: Float, high: Float) {
    self.movie = movie
    self.score = score
    self.stars = stars
    self.low = low
    self.high = high
  }
}

/// A movie that the user rated and its share in a recommendation.
package struct Reason: Sendable, Equatable, BitwiseCopyable {
  package var movie: Int32
  /// Share of the score that comes from the user's ratings, 0 to 1. All the user's movies together make 1.
  package var weight: Float

  package init(movie: Int32, weight: Float) {
    self.movie = movie
    self.weight = weight
  }
}

/// A movie similar to another, with reasons.
package struct SimilarMovie: Sendable, Equatable, BitwiseCopyable {
  package var movie: Int32
  /// Similarity, higher is closer; at most 1.
  package var score: Float
  /// How many people rated both.
  package var sharedUsers: Int32
  /// How many genres both have.
  package var sharedGenres: Int32

  package init(movie: Int32, score: Float, sharedUsers: Int32, sharedGenres: Int32) {
    self.movie = movie
    self.score = score
    self.sharedUsers = sharedUsers
    self.sharedGenres = sharedGenres
  }
}

/// A ranking of movies that is the same for everybody.
package struct Chart: Sendable, Equatable {
  package enum Order: UInt8, Sendable {
    /// Most ratings first.
    case popular
    /// Highest damped mean first.
    case highlyRated
    /// Highly rated by few users.
    case hiddenGems
    /// Newest first.
    case newest
  }

  package enum Scope: Sendable, Equatable {
    case all
    case genre(String)
    case decade(Int)
  }

  package var order: Order
  package var scope: Scope
  package var movies: [Int32]

  package init(order: Order, scope: Scope, movies: [Int32]) {
    self.order = order
    self.scope = scope
    self.movies = movies
  }
}

/// Facts about a trained model.
package struct ModelReport: Sendable, Equatable {
  package var name: String
  package var family: String
  /// "stars" or "lists".
  package var job: String
  package var purpose: String
  package var settings: [(name: String, value: Double)]
  /// Figures on the validation set: name and value, such as ("rmse", 0.87).
  package var metrics: [(name: String, value: Double)]
  /// The learning curve, first epoch first; empty for models without one.
  package var learningCurve: [LearningPoint] = []
  /// Calibration of predicted ratings.
  package var starCalibration: [CalibrationBin] = []
  /// Calibration of probabilities; empty for models that give none.
  package var chanceCalibration: [CalibrationBin] = []
  /// The trade-off between accuracy and discovery; nil if not requested.
  package var discoveryCurve: DiscoveryCurve?
  /// The evaluation protocol of the figures, as `models.json` has it.
  package var evaluationProtocol: String
  /// The same for pages; nil where only the words are known.
  package var measuredOn: MeasuredOn?
  /// The paper or source of the method.
  package var reference: String

  package init(
    name: String, family: String, job: String, purpose: String, settings: [(name: String, value: Double)],
    metrics: [(name: String, value: Double)], evaluationProtocol: String, reference: String
  ) {
    self.name = name
    self.family = family
    self.job = job
    self.purpose = purpose
    self.settings = settings
    self.metrics = metrics
    self.evaluationProtocol = evaluationProtocol
    self.reference = reference
  }

  package static func == (left: ModelReport, right: ModelReport) -> Bool {
    left.name == right.name && left.family == right.family && left.job == right.job && left.purpose == right.purpose
      && left.settings.elementsEqual(right.settings, by: ==) && left.metrics.elementsEqual(right.metrics, by: ==)
      && left.learningCurve == right.learningCurve && left.starCalibration == right.starCalibration
      && left.discoveryCurve == right.discoveryCurve
      && left.chanceCalibration == right.chanceCalibration && left.evaluationProtocol == right.evaluationProtocol
      && left.reference == right.reference && left.measuredOn == right.measuredOn
  }
}
