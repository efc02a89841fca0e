import BinaryFiles
import Evaluation
import Models
import Ratings

/// A model of the tests: remembers what it was trained with and scores by a fixed hash of user ratings and movie.
struct RecordingModel: Recommender {
  static let descriptor = ModelDescriptor(
    name: "recording", family: "tests", job: .lists, purpose: "Remembers what it was shown.", reference: "none")
  static let fileVersion: UInt32 = 1

  let training: TrainingSet

  static func fit(_ training: TrainingSet, settings: ModelSettings, context: FitContext) -> RecordingModel {
    RecordingModel(training: training)
  }

  var movieCount: Int { training.movieCount }

  func profile(ofUser user: Int, ratings: [MovieRating]) -> UserProfile {
    UserProfile(ratings: ratings, vector: [Float(user % 7)])
  }

  func foldIn(_ ratings: [MovieRating]) -> UserProfile { UserProfile(ratings: ratings, vector: [0.5]) }

  /// Few different values, so that ties are common.
  func predict(_ profile: UserProfile, movie: Int?) -> Float {
    guard let movie else { return -1 }
    let seed = profile.ratings.reduce(UInt64(profile.vector[0] * 2)) { $0 &* 31 &+ UInt64($1.movie) }
    return Float(CounterRandom.mix(seed ^ UInt64(movie)) % 11)
  }

  func score(_ profiles: [UserProfile], into scores: UnsafeMutableBufferPointer<Float>) {
    for (row, profile) in profiles.enumerated() {
      for movie in 0..<movieCount { scores[row * movieCount + movie] = predict(profile, movie: movie) }
    }
  }

  func similarMovies(to movie: Int, count: Int) -> [ScoredMovie] { [] }
  func save(to writer: inout BinaryWriter) {}

  init(training: TrainingSet) { self.training = training }

  init(from reader: inout BinaryReader) throws(BinaryFileError) { throw .damaged }
}
