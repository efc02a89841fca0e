public import BinaryFiles
import LinearAlgebra
public import Ratings

/// A list model that is nothing but `MovieLinks`: neighbours of movies, SLIM, RP3beta. They differ in how they are fitted.
///
/// A user without positive ratings of linked movies gets the average of all users' scores; a movie without links
/// scores 0.
public protocol LinkedListModel: ExplainingRecommender {
  var links: MovieLinks { get }
  init(links: MovieLinks)
}

extension LinkedListModel {
  public var movieCount: Int { links.movieCount }

  public func profile(ofUser user: Int, ratings: [MovieRating]) -> UserProfile { UserProfile(ratings: ratings) }

  public func foldIn(_ ratings: [MovieRating]) -> UserProfile { UserProfile(ratings: ratings) }

  public func predict(_ profile: UserProfile, movie: Int?) -> Float {
    guard let movie else { return 0 }
    let weights = links.signal.weights(of: profile.ratings)
    guard links.knowsAny(of: weights) else { return links.averageScores[movie] }
    return links.contributions(to: movie, of: weights).reduce(0) { $0 + $1.score }
  }

  /// - Complexity: O(profiles x (movies + links of the rated movies)).
  public func score(_ profiles: [UserProfile], into scores: UnsafeMutableBufferPointer<Float>) {
    for (row, profile) in profiles.enumerated() {
      let target = UnsafeMutableBufferPointer(rebasing: scores[row * movieCount..<(row + 1) * movieCount])
      let weights = links.signal.weights(of: profile.ratings)
      if links.knowsAny(of: weights) {
        links.score(weights, into: target)
      } else {
        _ = target.update(fromContentsOf: links.averageScores)
      }
    }
  }

  /// By the weights of the links in both directions together, as parts of the strongest.
  ///
  /// - Complexity: O(links of the movie).
  public func similarMovies(to movie: Int, count: Int) -> [ScoredMovie] {
    var strengths: [Int32: Float] = [:]
    for (links, movies) in [(links.byTarget, links.byTarget.columns), (links.bySource, links.bySource.columns)] {
      for position in links.range(ofRow: movie) where Int(movies[position]) != movie {
        strengths[movies[position], default: 0] += links.values[position]
      }
    }
    let strongest = strengths.values.max() ?? 0
    guard strongest > 0, strongest.isFinite else { return [] }
    return strengths.filter { $0.value > 0 }.map { ScoredMovie(movie: $0.key, score: $0.value / strongest) }
      .strongest(count)
  }

  /// The contributions w_j B_ji of all rated movies add up to the score.
  public func reasons(for movie: Int, profile: UserProfile, count: Int) -> [ScoredMovie] {
    let weights = links.signal.weights(of: profile.ratings)
    guard links.knowsAny(of: weights) else { return [] }
    return links.contributions(to: movie, of: weights).strongest(count)
  }

  public func save(to writer: inout BinaryWriter) { links.save(to: &writer) }

  public init(from reader: inout BinaryReader) throws(BinaryFileError) {
    self.init(links: try MovieLinks(from: &reader))
  }
}
