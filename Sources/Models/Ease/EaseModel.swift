public import BinaryFiles
import LinearAlgebra
public import Ratings

/// Lists from a linear model of which movies go together, in closed form: EASE.
///
/// With X the users x movies matrix of likes (`ListSignal`), the model is the B with zero diagonal that minimizes the
/// weighted |X − X B|² + |B|² of `WeightedLikes`; someone's scores are v B for the weights v of the ratings. With
/// P = (X'S²X + C²)⁻¹, b_ji = −P_ji / P_ii. Two ways lead there, the smaller matrix decides: `MovieInverse` inverts
/// movies x movies, `UserKernel` users x users.
///
/// A user without likes gets the scores of the average user; a movie without likes, or beyond the `largestSide` most liked
/// where both sides are larger than that, scores 0.
public struct EaseModel: Recommender {
  public static let descriptor = ModelDescriptor(
    name: "ease", family: "linear", job: .lists,
    purpose: "Lists from which movies go together, worked out exactly in one step: hard to beat, and it says why.",
    settings: WeightedLikes.settings + ModelSetting.listSignal(dislikeWeight: 0),
    reference:
      "H. Steck: Embarrassingly shallow autoencoders for sparse data. WWW 2019; Autoencoders that don't overfit towards the identity. NeurIPS 2020"
  )
  public static let fileVersion: UInt32 = 2

  /// The most rows that the inverted matrix may have: 1.6 GB of them.
  public static let largestSide = 20_000

  /// Whether all users or all movies fit into the inverted matrix; beyond that iALS is the better choice.
  public static func suits(userCount: Int, movieCount: Int) -> Bool { min(userCount, movieCount) <= largestSide }

  enum Form: Sendable, Equatable {
    case movies(MovieInverse)
    case users(UserKernel)
  }

  let signal: ListSignal
  let form: Form
  /// The average user's score of each movie.
  let averageScores: [Float]

  public var movieCount: Int { averageScores.count }

  /// The vector is the user's place among the users, where the model is made of users; empty where the user has no
  /// likes.
  public func profile(ofUser user: Int, ratings: [MovieRating]) -> UserProfile {
    guard case .users(let kernel) = form else { return UserProfile(ratings: ratings) }
    let dislikes = signal.weights(of: ratings).filter { $0.score < 0 }
    return UserProfile(ratings: ratings, vector: kernel.vector(ofUser: user, dislikes: dislikes))
  }

  public func foldIn(_ ratings: [MovieRating]) -> UserProfile {
    guard case .users(let kernel) = form else { return UserProfile(ratings: ratings) }
    return UserProfile(ratings: ratings, vector: kernel.vector(of: signal.weights(of: ratings)))
  }

  public func predict(_ profile: UserProfile, movie: Int?) -> Float {
    guard let movie else { return 0 }
    let weights = signal.weights(of: profile.ratings)
    switch form {
    case .movies(let inverse):
      return inverse.knowsAny(of: weights) ? inverse.score(of: movie, weights: weights) : averageScores[movie]
    case .users(let kernel):
      return profile.vector.isEmpty
        ? averageScores[movie] : kernel.score(of: movie, vector: profile.vector, weights: weights)
    }
  }

  public func score(_ profiles: [UserProfile], into scores: UnsafeMutableBufferPointer<Float>) {
    for (row, profile) in profiles.enumerated() {
      let target = UnsafeMutableBufferPointer(rebasing: scores[row * movieCount..<(row + 1) * movieCount])
      let weights = signal.weights(of: profile.ratings)
      switch form {
      case .movies(let inverse) where inverse.knowsAny(of: weights): inverse.score(weights, into: target)
      case .users(let kernel) where !profile.vector.isEmpty:
        kernel.score(vector: profile.vector, weights: weights, into: target)
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

  /// The contributions w_j b_ji of all rated movies add up to the score.
  public func reasons(for movie: Int, profile: UserProfile, count: Int) -> [ScoredMovie] {
    let weights = signal.weights(of: profile.ratings).filter { Int($0.movie) != movie }
    let contributions =
      switch form {
      case .movies(let inverse): inverse.contributions(to: movie, of: weights)
      case .users(let kernel): kernel.contributions(to: movie, of: weights)
      }
    return zip(weights, contributions).map { ScoredMovie(movie: $0.movie, score: $1) }.strongest(count)
  }
}

extension EaseModel {
  public func save(to writer: inout BinaryWriter) {
    signal.save(to: &writer)
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
    signal = try ListSignal(from: &reader)
    averageScores = try reader.readFiniteArray()
    switch try reader.read(UInt8.self) {
    case 0: form = .movies(try MovieInverse(from: &reader, movieCount: averageScores.count))
    case 1: form = .users(try UserKernel(from: &reader, movieCount: averageScores.count))
    default: throw .damaged
    }
  }
}
