package import Members
import Models
import Pipeline
import Precompute
import Ratings
import Site

extension Workbench {
  /// Finds the movies most like the one with this id.
  package func similar(to id: String, model name: String?, top: Int) throws -> SimilarAnswer {
    let movie = try knownMovie(id)
    let model = try model(named: name ?? ModelChoice.similarityOrder[0])
    let similar = SimilarMovies(training).neighbours(
      of: movie, by: model.model, count: min(top, RecommendationAnswer.longestList))
    return SimilarAnswer(movie: dataset.movies[movie], similar: similar, movies: dataset.movies)
  }
}
