public import BinaryFiles
import LinearAlgebra
public import Ratings

/// A list model that is nothing but `ListFactors`: iALS, BPR, WARP. They differ in how the movies' factors are fitted.
///
/// The vector of a profile is the user's factors. A user without likes gets the average user's.
public protocol FactorListModel: ExplainingRecommender, HasProductForm {
  var factors: ListFactors { get }
  init(factors: ListFactors)
}

extension FactorListModel {
  public var movieCount: Int { factors.movieCount }

  public var productForm: ProductForm { ProductForm(movies: factors.movies, biases: factors.biases) }

  public func profile(ofUser user: Int, ratings: [MovieRating]) -> UserProfile {
    UserProfile(ratings: ratings, vector: factors.vector(ofUser: user) { factors.signal.weights(of: ratings) })
  }

  public func withoutUsers() -> Self { Self(factors: factors.withoutUsers()) }

  /// - Complexity: O(likes x factors² + factors³).
  public func foldIn(_ ratings: [MovieRating]) -> UserProfile {
    UserProfile(ratings: ratings, vector: factors.vector(of: factors.signal.weights(of: ratings)))
  }

  public func predict(_ profile: UserProfile, movie: Int?) -> Float {
    guard let movie else { return 0 }
    return factors.biases[movie] + factors.product(of: movie, with: profile.vector)
  }

  /// - Complexity: O(profiles x movies x factors).
  public func score(_ profiles: [UserProfile], into scores: UnsafeMutableBufferPointer<Float>) {
    factors.score(profiles.map(\.vector), into: scores)
  }

  /// By the cosine of the movies' factors, with a quarter of the mean squared length added to each: a movie that hardly
  /// anyone likes has short factors, whose direction means little.
  ///
  /// - Complexity: O(movies x factors).
  public func similarMovies(to movie: Int, count: Int) -> [ScoredMovie] {
    similarMovies(toEach: movie..<movie + 1, count: count)[0]
  }

  public func similarMovies(toEach movies: Range<Int>, count: Int) -> [[ScoredMovie]] {
    factors.directions.similar(toEach: movies, count: count)
  }

  /// The contributions of all rated movies add up to the score less what the movie has for everyone.
  public func reasons(for movie: Int, profile: UserProfile, count: Int) -> [ScoredMovie] {
    contributions(toEach: [movie], profile: profile)[0].strongest(count)
  }

  public func reasons(forEach movies: [Int], profile: UserProfile, count: Int) -> [[ScoredMovie]] {
    contributions(toEach: movies, profile: profile).map { $0.strongest(count) }
  }

  public func contributions(toEach movies: [Int], profile: UserProfile) -> [[ScoredMovie]] {
    let weights = factors.signal.weights(of: profile.ratings)
    guard !weights.isEmpty else { return movies.map { _ in [] } }
    return factors.contributions(toEach: movies, of: weights)
  }

  public func save(to writer: inout BinaryWriter) { factors.save(to: &writer) }

  public init(from reader: inout BinaryReader) throws(BinaryFileError) {
    self.init(factors: try ListFactors(from: &reader))
  }
}
