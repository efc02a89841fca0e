public import BinaryFiles
import LinearAlgebra
public import Ratings

/// The same list for everybody: the most rated movies, or, to an adjustable degree, the highest rated.
///
/// score(i) = (1 − w) · n_i / N + w · (m_i − minimum) / (maximum − minimum), with n_i the movie's ratings, N the users, m_i the movie's
/// mean with shrinkage by `damping` pseudo-counts of the overall mean, and w the setting `stars-weight`. Between 0 and 1. With a
/// `half-life` h a rating counts 2^(−age / h) in n_i, its age taken from the latest of the data; one without a date
/// counts whole.
public struct PopularityModel: Recommender {
  public static let descriptor = ModelDescriptor(
    name: "popularity", family: "popularity", job: .lists,
    purpose:
      "What most people have rated, the same for everybody: the list for cold starts and the baseline for the other lists.",
    settings: [
      ModelSetting(
        "stars-weight", default: 0, in: 0...1,
        "0 ranks by the share of users who rated a movie, 1 by its mean rating with shrinkage; in between, by a mixture"
      ),
      ModelSetting(
        "half-life", default: 0, in: 0...100_000,
        "half-life of a rating in the share of users, in days; 0 for none"),
      ModelSetting(
        "damping", default: 10, in: 0...1000, "shrinkage of each movie's mean towards the overall mean (pseudo-counts)"),
    ],
    traits: [.sameForAll], memory: ModelMemory(row: 100),
    reference: "P. Cremonesi, Y. Koren, R. Turrin: Performance of recommender algorithms on top-N tasks. RecSys 2010")
  public static let fileVersion: UInt32 = 1

  /// One for each movie.
  let scores: [Float]

  public static func fit(_ training: TrainingSet, settings: ModelSettings, context: FitContext) -> PopularityModel {
    let byMovie = training.byMovie
    let sum = byMovie.values.reduce(0.0) { $0 + Double($1) }
    let mean = sum / Double(max(1, training.ratingCount))
    let weight = settings["stars-weight"]
    let damping = settings["damping"]
    let low = Double(training.scale.minimum)
    let width = max(Double(training.scale.maximum) - low, .leastNormalMagnitude)
    let counts = agedCounts(of: training, halfLife: settings["half-life"])
    return PopularityModel(
      scores: context.threads.map(training.movieCount, blockSize: 512) { movie in
        let count = Double(byMovie.count(ofRow: movie))
        guard count > 0 else { return 0 }
        let total = byMovie.range(ofRow: movie).reduce(0.0) { $0 + Double(byMovie.values[$1]) }
        let dampedMean = (total + damping * mean) / (count + damping)
        return Float((1 - weight) * counts[movie] / Double(training.userCount) + weight * (dampedMean - low) / width)
      })
  }

  /// For each movie its ratings, each counted by its age in half-lives of so many days.
  private static func agedCounts(of training: TrainingSet, halfLife: Double) -> [Double] {
    var counts = [Double](repeating: 0, count: training.movieCount)
    let latest = training.times.max() ?? 0
    for (movie, time) in zip(training.byUser.columns, training.times) {
      let days = time == 0 || halfLife == 0 ? 0 : Double(latest - time) / 86_400
      counts[Int(movie)] += days == 0 ? 1 : power(2, -days / halfLife)
    }
    return counts
  }

  public var movieCount: Int { scores.count }

  /// No vector: the list does not depend on the user.
  public func profile(ofUser user: Int, ratings: [MovieRating]) -> UserProfile { UserProfile(ratings: ratings) }

  public func foldIn(_ ratings: [MovieRating]) -> UserProfile { UserProfile(ratings: ratings) }

  /// An unknown movie scores 0.
  public func predict(_ profile: UserProfile, movie: Int?) -> Float { movie.map { scores[$0] } ?? 0 }

  public func score(_ profiles: [UserProfile], into scores: UnsafeMutableBufferPointer<Float>) {
    for row in profiles.indices {
      for movie in 0..<movieCount { scores[row * movieCount + movie] = self.scores[movie] }
    }
  }

  /// None: popularity is not a similarity.
  public func similarMovies(to movie: Int, count: Int) -> [ScoredMovie] { [] }

  public func save(to writer: inout BinaryWriter) { writer.write(scores) }

  public init(from reader: inout BinaryReader) throws(BinaryFileError) { scores = try reader.readFiniteArray() }

  init(scores: [Float]) { self.scores = scores }
}
