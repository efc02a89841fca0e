import Models
import Precompute
package import Ratings
import Site
package import Store

extension MemberRecommender {
  /// A member's list as JSON, in the shape of `api/users/<id>.json`.
  ///
  /// - Parameter model: nil for the site's first choice.
  package func recommendations(
    for member: SourceID, ratings: [MemberRating], model name: String?, top: Int
  ) throws -> String {
    let indexed = indexed(ratings)
    let list = listMaker(count: min(top, RecommendationAnswer.longestList)).list(
      by: try ranker(named: name), newcomer: indexed)
    return RecommendationAnswer(
      user: member, ratingCount: indexed.count, unmatched: [], list: list, movies: pages.movies, scale: pages.scale
    ).json
  }

  /// The movies most like one as JSON, in the shape of `marquee similar --json`: those of the build, or another model's.
  package func similar(to id: SourceID, model name: String?, top: Int) throws -> String {
    guard let movie = pages.movieIndex(of: id) else { throw MemberError.unknownMovie(id: id.description) }
    var similar: [SimilarMovie]
    if let name {
      similar = try ranker(named: name).model.similarMovies(to: movie, count: top).map { scored in
        let genres = pages.movies[Int(scored.movie)].genres.filter { pages.movies[movie].genres.contains($0) }
        return SimilarMovie(
          movie: scored.movie, score: scored.score, sharedUsers: 0, sharedGenres: Int32(genres.count))
      }
    } else {
      similar = movie < pages.similar.rowCount ? Array(pages.similar[movie].prefix(top)) : []
    }
    return SimilarAnswer(movie: pages.movies[movie], similar: similar, movies: pages.movies).json
  }
}
