import LinearAlgebra
import Models
public import Ratings

extension Precomputed {
  /// The artefact for one member alone, user 0, with newer ratings and lists than those of the build.
  ///
  /// What is known of movies stays that of the build. The people with the same taste stay too, as users 1 and up.
  ///
  /// - Parameters:
  ///   - ratings: by movie, each once.
  ///   - lists: each with one user.
  ///   - known: the member's index in this artefact; nil for somebody who came after the build.
  /// - Complexity: O(ratings log ratings); nothing of the movies is copied.
  public func about(
    _ member: User, ratings: [MovieRating], lists: [RecommendationList], known: Int?
  ) -> Precomputed {
    var result = self
    let people = known.flatMap { $0 < similarUsers.rowCount ? Array(similarUsers[$0]) : nil } ?? []
    result.users = [member] + people.map { users[Int($0.user)] }
    var neighbours = Ragged<SimilarUser>()
    neighbours.appendRow(
      people.enumerated().map { SimilarUser(user: Int32($0.offset + 1), similarity: $0.element.similarity) })
    result.similarUsers = neighbours
    var pairs = Ragged<UInt8>()
    pairs.appendRow(known.flatMap { $0 < peopleSimilarities.rowCount ? Array(peopleSimilarities[$0]) : nil } ?? [])
    result.peopleSimilarities = pairs
    let table = RatingTable(
      users: ratings.map { _ in 0 }, movies: ratings.map(\.movie), values: ratings.map(\.value),
      times: ratings.map(\.time))
    result.tastes = UserTastes(
      TrainingSet(table, users: [member], movies: movies, scale: scale), counts: movieStatistics.map(\.count),
      threads: ThreadCount(1))
    let matrix = SparseRows(
      offsets: [0, ratings.count], columns: ratings.map(\.movie), values: ratings.map(\.value),
      columnCount: movies.count)
    result.userStatistics = RatingStatistics.rows(of: matrix, scale: scale, threads: ThreadCount(1))
    var favourites = Ragged<FavouriteMovie>()
    favourites.appendRow(
      ratings.sorted { a, b in
        let counts = (movieStatistics[Int(a.movie)].count, movieStatistics[Int(b.movie)].count)
        return (b.value, counts.1, a.movie) < (a.value, counts.0, b.movie)
      }
      .prefix(Self.favouriteCount).map { FavouriteMovie(movie: $0.movie, value: $0.value) })
    result.favourites = favourites
    result.lists = lists
    return result
  }
}
