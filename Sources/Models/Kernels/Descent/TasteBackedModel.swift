import BinaryFiles
import LinearAlgebra
import Ratings

/// A model that is a `TasteModel` and nothing more: its kinds differ in how the factors are learned.
protocol TasteBackedModel: RatingPredictor, HasLearningCurve {
  var core: TasteModel { get }
  init(core: TasteModel)
}

extension TasteBackedModel {
  public var learningCurve: [LearningPoint] { core.learningCurve }

  public var movieCount: Int { core.factors.movieCount }

  public func profile(ofUser user: Int, ratings: [MovieRating]) -> UserProfile {
    UserProfile(ratings: ratings, vector: Array(core.userVectors[row: user]))
  }

  /// The exact solution of the user's regression, on top of the implicit part where there is one.
  public func foldIn(_ ratings: [MovieRating]) -> UserProfile { core.foldIn(ratings) }

  public func predict(_ profile: UserProfile, movie: Int?) -> Float { core.predict(profile, movie: movie) }

  public func score(_ profiles: [UserProfile], into scores: UnsafeMutableBufferPointer<Float>) {
    core.factors.score(profiles, into: scores)
  }

  public func similarMovies(to movie: Int, count: Int) -> [ScoredMovie] {
    core.directions.similar(to: movie, count: count)
  }

  public func save(to writer: inout BinaryWriter) { core.save(to: &writer) }

  public init(from reader: inout BinaryReader) throws(BinaryFileError) {
    self.init(core: try TasteModel(from: &reader))
  }
}
