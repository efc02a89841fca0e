public import BinaryFiles
import LinearAlgebra
public import Ratings

/// Lists from a linear item-item model in closed form: EASE.
///
/// With X the users x movies matrix of likes (`ListSignal`), the model is the B with zero diagonal that minimizes the
/// weighted |X − X B|² + |B|² of `WeightedLikes`; someone's scores are v B for the weights v of the ratings. With
/// P = (X'S²X + C²)⁻¹, b_ji = −P_ji / P_ii. There are two forms, and the smaller matrix decides: `MovieInverse` inverts
/// movies x movies, `UserKernel` users x users. Where ratings are dated and there are few movies, `Sessions` make movies that are
/// rated together count more, which only the former can.
///
/// A user without likes gets the scores of the average user; a movie without likes, or beyond the `largestSide` most liked
/// where both sides are larger than that, scores 0.
public struct EaseModel: ExplainingRecommender, SelfTuningRecommender {
  public static let descriptor = ModelDescriptor(
    name: "ease", family: "linear", job: .lists,
    purpose: "Lists from which movies go together, worked out exactly in one step: hard to beat, and it says why.",
    settings: WeightedLikes.settings + ModelSetting.listSignal(dislikeWeight: 0),
    memory: ModelMemory(smallerPair: 8, rating: 64),
    reference:
      "H. Steck: Embarrassingly shallow autoencoders for sparse data. WWW 2019; Autoencoders that don't overfit towards the identity. NeurIPS 2020; O. Jeunen, J. Van Balen, B. Goethals: Closed-form models for collaborative filtering with side-information. RecSys 2020"
  )
  public static let fileVersion: UInt32 = 4

  /// The most rows that the inverted matrix may have: 1.6 GB of them.
  public static let largestSide = 20_000

  /// Whether all users or all movies fit into the inverted matrix; beyond that iALS is the better choice.
  public static func isFeasible(userCount: Int, movieCount: Int) -> Bool { min(userCount, movieCount) <= largestSide }

  enum Form: Sendable, Equatable {
    case movies(MovieInverse)
    case users(UserKernel)
  }

  let signal: ListSignal
  let form: Form
  /// The average user's score of each movie.
  let averageScores: [Float]
  public let chosenSettings: [String: Double]

  public var movieCount: Int { averageScores.count }

  /// The vector is the user's coefficients in the user form; empty if the user has no
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
    // Rows of people with a vector, sixteen at a time.
    var waiting: [Int] = []
    for (row, profile) in profiles.enumerated() {
      let target = UnsafeMutableBufferPointer(rebasing: scores[row * movieCount..<(row + 1) * movieCount])
      switch form {
      case .movies(let inverse):
        let weights = signal.weights(of: profile.ratings)
        if inverse.knowsAny(of: weights) {
          inverse.score(weights, into: target)
        } else {
          _ = target.update(fromContentsOf: averageScores)
        }
      case .users where profile.vector.isEmpty: _ = target.update(fromContentsOf: averageScores)
      case .users: waiting.append(row)
      }
    }
    guard case .users(let kernel) = form else { return }
    for start in stride(from: 0, to: waiting.count, by: UserKernel.lanes) {
      let rows = Array(waiting[start..<min(start + UserKernel.lanes, waiting.count)])
      kernel.score(
        vectors: rows.map { profiles[$0].vector }, weights: rows.map { signal.weights(of: profiles[$0].ratings) },
        into: rows.map { UnsafeMutableBufferPointer(rebasing: scores[$0 * movieCount..<($0 + 1) * movieCount]) })
    }
  }

  /// By partial correlation: −P_ij / √(P_ii P_jj), what two movies share beyond all the others.
  public func similarMovies(to movie: Int, count: Int) -> [ScoredMovie] {
    similarMovies(toEach: movie..<movie + 1, count: count)[0]
  }

  public func similarMovies(toEach movies: Range<Int>, count: Int) -> [[ScoredMovie]] {
    let lists =
      switch form {
      case .movies(let inverse): movies.map { inverse.strongestCorrelations(with: $0, count: max(0, count)) }
      case .users(let kernel): kernel.strongestCorrelations(with: movies, count: max(0, count))
      }
    return lists.map { $0.map { ScoredMovie(movie: $0.index, score: min(1, $0.score)) } }
  }

  /// The contributions w_j b_ji of all rated movies add up to the score.
  public func reasons(for movie: Int, profile: UserProfile, count: Int) -> [ScoredMovie] {
    reasons(forEach: [movie], profile: profile, count: count)[0]
  }

  public func reasons(forEach movies: [Int], profile: UserProfile, count: Int) -> [[ScoredMovie]] {
    let weights = signal.weights(of: profile.ratings)
    let contributions =
      switch form {
      case .movies(let inverse): movies.map { inverse.contributions(to: $0, of: weights) }
      case .users(let kernel): kernel.contributions(toEach: movies, of: weights)
      }
    return zip(movies, contributions).map { movie, contributions in
      zip(weights, contributions).lazy.filter { Int($0.0.movie) != movie }
        .map { ScoredMovie(movie: $0.0.movie, score: $0.1) }.strongest(count)
    }
  }
}

extension EaseModel {
  public func save(to writer: inout BinaryWriter) {
    signal.save(to: &writer)
    for name in Self.chosenNames { writer.write(chosenSettings[name] ?? 0) }
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
    var chosen: [String: Double] = [:]
    for name in Self.chosenNames { chosen[name] = try reader.read(Double.self) }
    chosenSettings = chosen
    averageScores = try reader.readFiniteArray()
    switch try reader.read(UInt8.self) {
    case 0: form = .movies(try MovieInverse(from: &reader, movieCount: averageScores.count))
    case 1: form = .users(try UserKernel(from: &reader, movieCount: averageScores.count))
    default: throw .damaged
    }
  }
}
