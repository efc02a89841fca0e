public import BinaryFiles
import LinearAlgebra
public import Ratings

/// Lists from a linear model of which movies go together, in closed form: EASE.
///
/// With X the users x movies matrix of ones where a rating is positive, the model is the B with zero diagonal that
/// minimizes |X − X B|² + λ |B|²; a user's scores are x B. With P = (X'X + λI)⁻¹, b_ji = −P_ji / P_ii. Two ways lead
/// there, the smaller matrix decides: `MovieInverse` inverts movies x movies, `UserKernel` users x users.
///
/// Ratings below `positive-from` count as if they had not been given. A user without positive ratings gets the scores
/// of the average user; a movie without positive ratings, or beyond the `largestSide` most rated where both sides are larger
/// than that, scores 0.
public struct EaseModel: Recommender {
  public static let descriptor = ModelDescriptor(
    name: "ease", family: "linear", job: .lists,
    purpose: "Lists from which movies go together, worked out exactly in one step: hard to beat, and it says why.",
    settings: [
      ModelSetting("lambda", default: 400, in: 1...100_000, "regularization: higher trusts only what many users share"),
      ModelSetting.positiveFrom(0.5),
    ],
    reference: "H. Steck: Embarrassingly shallow autoencoders for sparse data. WWW 2019")
  public static let fileVersion: UInt32 = 1

  /// The most rows that the inverted matrix may have: 1.6 GB of them.
  static let largestSide = 20_000

  enum Form: Sendable, Equatable {
    case movies(MovieInverse)
    case users(UserKernel)
  }

  let threshold: Float
  let form: Form
  /// The average user's score of each movie.
  let averageScores: [Float]

  public var movieCount: Int { averageScores.count }

  /// The vector is the user's place among the users, where the model is made of users; empty where the user has no
  /// positive ratings.
  public func profile(ofUser user: Int, ratings: [MovieRating]) -> UserProfile {
    guard case .users(let kernel) = form else { return UserProfile(ratings: ratings) }
    return UserProfile(ratings: ratings, vector: kernel.vector(ofUser: user))
  }

  public func foldIn(_ ratings: [MovieRating]) -> UserProfile {
    guard case .users(let kernel) = form else { return UserProfile(ratings: ratings) }
    return UserProfile(ratings: ratings, vector: kernel.vector(of: ratings.movies(ratedFrom: threshold)))
  }

  public func predict(_ profile: UserProfile, movie: Int?) -> Float {
    guard let movie else { return 0 }
    let liked = profile.ratings.movies(ratedFrom: threshold)
    switch form {
    case .movies(let inverse):
      return inverse.knowsAny(of: liked) ? inverse.score(of: movie, liked: liked) : averageScores[movie]
    case .users(let kernel):
      return profile.vector.isEmpty
        ? averageScores[movie] : kernel.score(of: movie, vector: profile.vector, liked: liked)
    }
  }

  public func score(_ profiles: [UserProfile], into scores: UnsafeMutableBufferPointer<Float>) {
    for (row, profile) in profiles.enumerated() {
      let target = UnsafeMutableBufferPointer(rebasing: scores[row * movieCount..<(row + 1) * movieCount])
      let liked = profile.ratings.movies(ratedFrom: threshold)
      switch form {
      case .movies(let inverse) where inverse.knowsAny(of: liked): inverse.score(liked, into: target)
      case .users(let kernel) where !profile.vector.isEmpty:
        kernel.score(vector: profile.vector, liked: liked, into: target)
      default: _ = target.update(fromContentsOf: averageScores)
      }
    }
  }

  /// By partial correlation: −P_ij / √(P_ii P_jj), what two movies share beyond all the others.
  public func similarMovies(to movie: Int, count: Int) -> [ScoredMovie] {
    var similarities = [Float](repeating: 0, count: movieCount)
    switch form {
    case .movies(let inverse): inverse.partialCorrelations(with: movie, into: &similarities)
    case .users(let kernel): kernel.partialCorrelations(with: movie, into: &similarities)
    }
    var best = TopK(max(0, count))
    for other in 0..<movieCount where other != movie && similarities[other] > 0 {
      best.offer(Int32(other), min(1, similarities[other]))
    }
    return best.take().map { ScoredMovie(movie: $0.index, score: $0.score) }
  }

  /// The contributions b_ji of all positively rated movies add up to the score.
  public func reasons(for movie: Int, profile: UserProfile, count: Int) -> [ScoredMovie] {
    let liked = profile.ratings.movies(ratedFrom: threshold).filter { Int($0) != movie }
    let contributions =
      switch form {
      case .movies(let inverse): inverse.contributions(to: movie, of: liked)
      case .users(let kernel): kernel.contributions(to: movie, of: liked)
      }
    return zip(liked, contributions).map { ScoredMovie(movie: $0, score: $1) }.strongest(count)
  }
}

extension EaseModel {
  public func save(to writer: inout BinaryWriter) {
    writer.write(threshold)
    writer.write(averageScores)
    switch form {
    case .movies(let inverse):
      writer.write(0 as UInt8)
      inverse.save(to: &writer)
    case .users(let kernel):
      writer.write(1 as UInt8)
      kernel.save(to: &writer)
    }
  }

  public init(from reader: inout BinaryReader) throws(BinaryFileError) {
    threshold = try reader.readFinite()
    averageScores = try reader.readFiniteArray()
    switch try reader.read(UInt8.self) {
    case 0: form = .movies(try MovieInverse(from: &reader, movieCount: averageScores.count))
    case 1: form = .users(try UserKernel(from: &reader, movieCount: averageScores.count))
    default: throw .damaged
    }
  }
}
