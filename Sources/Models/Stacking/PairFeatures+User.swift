import LinearAlgebra
import Ratings

/// A user as `PairFeatures` sees them: worked out once, used for many movies.
struct PairUser: Sendable {
  let ratings: [MovieRating]
  /// Count, mean, deviation and bias.
  let columns: [Float]
  /// The damped mean residual of each genre.
  let genres: [Float]
  /// The damped mean residual of each decade.
  let decades: [Float]
  /// What `PeopleFeatures.columns` gives.
  let people: [Float]
  /// One for each member.
  let members: [UserProfile]

  var bias: Float { columns[3] }
}

extension PairFeatures {
  /// What is to be known of a user from `ratings` (by movie).
  ///
  /// - Parameters:
  ///   - user: whose age, gender and occupation count; nil for a new user.
  ///   - completeness: the share of the user's ratings that `ratings` is.
  func user(_ user: Int?, ratings: [MovieRating], completeness: Float = 1) -> PairUser {
    let bias = baseline.userBias(of: ratings)
    let residuals = baseline.residuals(of: ratings, userBias: bias)
    let spread = Spread(ratings.map(\.value), mean: baseline.mean)
    var genreSums = [Float](repeating: 0, count: layout.genreCount)
    var genreCounts = genreSums
    var decadeSums = [Float](repeating: 0, count: FeatureLayout.decadeCount)
    var decadeCounts = decadeSums
    for (rating, residual) in zip(ratings, residuals) {
      for genre in genres[Int(rating.movie)] {
        genreSums[Int(genre)] += residual
        genreCounts[Int(genre)] += 1
      }
      let decade = Int(decades[Int(rating.movie)])
      guard decade >= 0 else { continue }
      decadeSums[decade] += residual
      decadeCounts[decade] += 1
    }
    return PairUser(
      ratings: ratings,
      columns: [logarithm(ofOnePlus: Float(ratings.count) / completeness), spread.mean, spread.deviation, bias],
      genres: zip(genreSums, genreCounts).map { $0 / ($1 + Self.damping) },
      decades: zip(decadeSums, decadeCounts).map { $0 / ($1 + Self.damping) },
      people: layout.hasPeople ? people.columns(ofUser: user) : [],
      members: members.map { member in
        // A member of the training set may have fitted parameters that a new user's ratings do not determine.
        user.map { member.profile(ofUser: $0, ratings: ratings) } ?? member.foldIn(ratings)
      })
  }

  /// `user` as a profile.
  func profile(_ user: PairUser) -> UserProfile {
    var vector = user.columns + user.genres + user.decades + user.people
    for member in user.members {
      vector.append(Float(member.vector.count))
      vector += member.vector
    }
    return UserProfile(ratings: user.ratings, vector: vector)
  }

  /// The user that `profile(_:)` packed.
  func user(_ profile: UserProfile) -> PairUser {
    var rest = profile.vector[...]
    func take(_ count: Int) -> [Float] {
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
    return PairUser(
      ratings: profile.ratings, columns: take(4), genres: take(layout.genreCount),
      decades: take(FeatureLayout.decadeCount), people: take(layout.hasPeople ? FeatureLayout.peopleCount : 0),
      members: members.map { _ in
        UserProfile(ratings: profile.ratings, vector: take(Int(take(1).first ?? 0)))
      })
  }
}
