public import BinaryFiles
import LinearAlgebra
public import Ratings

/// Predicts ratings only from user and movie biases with shrinkage: the baseline that every other stars model has to beat.
///
/// A user without ratings gets the movie's mean, an unknown movie the user's.
public struct BiasesModel: RatingPredictor {
  public static let descriptor = ModelDescriptor(
    name: "biases", family: "baselines", job: .stars,
    purpose:
      "How generous a user is and how liked a movie is, and nothing else: instant, and the yardstick for the rest.",
    settings: ModelSetting.baseline(user: 5, movie: 2) + [
      ModelSetting(
        "passes", default: 50, in: 1...1000, isWhole: true, "most alternations between users and movies")
    ],
    memory: ModelMemory(), reference: "Y. Koren: Factor in the neighbors. ACM TKDD 4(1), 2010, equation 3")
  public static let fileVersion: UInt32 = 1

  /// Mean and biases.
  public let baseline: Baseline
  let scale: RatingScale

  public static func fit(_ training: TrainingSet, settings: ModelSettings, context: FitContext) -> BiasesModel {
    let passes = Int(settings["passes"])
    return BiasesModel(
      baseline: Baseline(fitting: training, settings: settings, passes: passes, threads: context.threads),
      scale: training.scale)
  }

  public var movieCount: Int { baseline.movieBiases.count }

  /// The vector is the user's bias.
  public func profile(ofUser user: Int, ratings: [MovieRating]) -> UserProfile {
    UserProfile(ratings: ratings, vector: [baseline.userBiases[user]])
  }

  public func foldIn(_ ratings: [MovieRating]) -> UserProfile {
    let ratings = ratings.within(scale)
    return UserProfile(ratings: ratings, vector: [baseline.userBias(of: ratings)])
  }

  public func predict(_ profile: UserProfile, movie: Int?) -> Float {
    scale.clamp(baseline.mean + profile.vector[0] + (movie.map { baseline.movieBiases[$0] } ?? 0))
  }

  public func score(_ profiles: [UserProfile], into scores: UnsafeMutableBufferPointer<Float>) {
    for (row, profile) in profiles.enumerated() {
      let start = baseline.mean + profile.vector[0]
      for movie in 0..<movieCount { scores[row * movieCount + movie] = start + baseline.movieBiases[movie] }
    }
  }

  /// None: the model has no information about similarity.
  public func similarMovies(to movie: Int, count: Int) -> [ScoredMovie] { [] }

  public func save(to writer: inout BinaryWriter) {
    writer.write(scale)
    baseline.save(to: &writer)
  }

  public init(from reader: inout BinaryReader) throws(BinaryFileError) {
    scale = try reader.readScale()
    baseline = try Baseline(from: &reader)
  }

  init(baseline: Baseline, scale: RatingScale) {
    self.baseline = baseline
    self.scale = scale
  }
}
