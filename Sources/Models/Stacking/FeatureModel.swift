import BinaryFiles
public import Ratings

/// A model that adds a regression on `PairFeatures` to the baseline. Everything of the contract but the regression
/// itself is the same for all of them.
///
/// A user's features come from their ratings, so new users and members of the training set are handled the same way. A movie
/// that is not in the catalogue gets the user's mean. Similar movies and reasons are those of a member.
public protocol FeatureModel: RatingPredictor, ExplainingRecommender {
  var features: PairFeatures { get }

  /// What to add to the baseline for each of some rows of features of one user.
  func corrections(_ rows: [Float], count: Int, profile: UserProfile) -> [Float]
}

extension FeatureModel {
  public var movieCount: Int { features.movieCount }

  public func profile(ofUser user: Int, ratings: [MovieRating]) -> UserProfile {
    features.profile(features.user(user, ratings: ratings))
  }

  public func foldIn(_ ratings: [MovieRating]) -> UserProfile {
    features.profile(features.user(nil, ratings: ratings.within(features.scale)))
  }

  public func predict(_ profile: UserProfile, movie: Int?) -> Float { predict(profile, movie: movie, time: 0) }

  public func predict(_ profile: UserProfile, movie: Int?, time: UInt32) -> Float {
    let user = features.user(profile)
    guard let movie else { return features.scale.clamp(features.baseline.mean + user.bias) }
    var row = [Float](repeating: 0, count: features.layout.count)
    features.fill(&row, from: 0, user: user, movie: movie, time: time)
    return features.scale.clamp(row[0] + corrections(row, count: 1, profile: profile)[0])
  }

  public func score(_ profiles: [UserProfile], into scores: UnsafeMutableBufferPointer<Float>) {
    let width = features.layout.count
    // As many rows as stay in the cache.
    let block = 64
    var rows = [Float](repeating: 0, count: block * width)
    for (place, profile) in profiles.enumerated() {
      let user = features.user(profile)
      for start in stride(from: 0, to: movieCount, by: block) {
        let movies = start..<min(movieCount, start + block)
        for movie in movies { features.fill(&rows, from: (movie - start) * width, user: user, movie: movie, time: 0) }
        let corrections = corrections(rows, count: movies.count, profile: profile)
        for movie in movies {
          scores[place * movieCount + movie] = rows[(movie - start) * width] + corrections[movie - start]
        }
      }
    }
  }

  /// Those of the first member that knows any.
  public func similarMovies(to movie: Int, count: Int) -> [ScoredMovie] {
    for member in features.members {
      let movies = member.similarMovies(to: movie, count: count)
      if !movies.isEmpty { return movies }
    }
    return []
  }

  /// Those of the last member that gives any: contributions to that member's score.
  public func reasons(for movie: Int, profile: UserProfile, count: Int) -> [ScoredMovie] {
    let members = features.members
    let profiles = features.user(profile).members
    for index in members.indices.reversed() {
      guard let member = members[index] as? any ExplainingRecommender else { continue }
      let reasons = member.reasons(for: movie, profile: profiles[index], count: count)
      if !reasons.isEmpty { return reasons }
    }
    return []
  }
}
