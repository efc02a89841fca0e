import LinearAlgebra
import Models
package import Ratings

extension Precomputed {
  /// The artefact for a single member, user 0, with newer ratings and lists than the build's.
  ///
  /// Facts about movies are those of the build. The similar users are kept too, as users 1 and up.
  ///
  /// - Parameters:
  ///   - ratings: by movie, each once.
  ///   - lists: each with one user, made by `maker`, which also makes the second list.
  ///   - known: the member's index in this artefact; nil for a member who joined after the build.
  /// - Complexity: O(ratings log ratings); nothing of the movies is copied.
  package func about(
    _ member: User, ratings: [MovieRating], lists: [RecommendationList], maker: ListMaker, known: Int?
  ) -> Precomputed {
    var result = replacingMembers(
      [member], ratings: [ratings], lists: lists, maker: maker, films: MemberFilms(self))
    let people = known.flatMap { $0 < similarUsers.rowCount ? Array(similarUsers[$0]) : nil } ?? []
    result.users += people.map { users[Int($0.user)] }
    var neighbours = Ragged<SimilarUser>()
    neighbours.appendRow(
      people.enumerated().map { SimilarUser(user: Int32($0.offset + 1), similarity: $0.element.similarity) })
    result.similarUsers = neighbours
    var pairs = Ragged<UInt8>()
    pairs.appendRow(known.flatMap { $0 < peopleSimilarities.rowCount ? Array(peopleSimilarities[$0]) : nil } ?? [])
    result.peopleSimilarities = pairs
    return result
  }

  /// The same films with these members, who have no similar users.
  ///
  /// - Parameters:
  ///   - ratings: of each member, by movie, each once.
  ///   - lists: each with a row for each member, made by `maker`, which also makes the second list.
  ///   - films: those of this artefact.
  /// - Complexity: O(ratings log ratings + movies); nothing of the movies is copied.
  package func replacingMembers(
    _ members: [User], ratings: [[MovieRating]], lists: [RecommendationList], maker: ListMaker,
    films: MemberFilms
  ) -> Precomputed {
    var result = self
    result.users = members
    result.membersApart = nil
    result.similarUsers = Ragged()
    result.peopleSimilarities = Ragged()
    var table = RatingTable()
    for (user, ratings) in ratings.enumerated() {
      for rating in ratings {
        table.append(user: Int32(user), movie: rating.movie, value: rating.value, time: rating.time)
      }
    }
    let training = TrainingSet(table, users: members, movies: movies, scale: scale)
    result.tastes = UserTastes(training, films: films.traits, threads: ThreadCount(1))
    result.userStatistics = RatingStatistics.rows(of: training.byUser, scale: scale, threads: ThreadCount(1))
    result.favourites = Self.favourites(training, statistics: movieStatistics, threads: ThreadCount(1))
    result.lists = lists
    result.unusual = hasUnusual ? browser.map { maker.unusual(by: $0, newcomers: ratings) } : nil
    return result
  }
}

/// The facts about films that the members' part of an artefact needs, computed once.
package struct MemberFilms: Sendable {
  let traits: FilmTraits

  package init(_ pages: Precomputed) {
    traits = FilmTraits(pages.movies, counts: pages.movieStatistics.map(\.count))
  }
}
