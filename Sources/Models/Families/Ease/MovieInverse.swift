import BinaryFiles
import LinearAlgebra
import Ratings

/// EASE by movies: P = (X'S²X + C²)⁻¹ itself (`WeightedLikes`), for the movies that take part.
///
/// score(i) = −Σ_{j ≠ i} w_j P_ij / P_ii over the rated movies with their weights. Memory: movies².
struct MovieInverse: Sendable, Equatable {
  /// The movies that take part, rising.
  let movies: [Int32]
  /// For each movie its row in `inverse`; −1 for those that do not take part.
  let places: [Int32]
  let inverse: StoredMatrix
  /// P_ii, side by side.
  let diagonal: [Float]

  init(_ likes: WeightedLikes, movies: [Int32], threads: ThreadCount) {
    self.movies = movies
    places = movies.places(among: likes.byMovie.rowCount)
    inverse = StoredMatrix(
      RegularizedGram.inverse(
        rows: likes.byMovie, columns: likes.byUser, places: places, members: movies, sessions: likes.sessions,
        ridge: { likes.ridges[$0] }, threads: threads))
    diagonal = inverse.diagonal
  }

  func knowsAny(of weights: [ScoredMovie]) -> Bool { weights.contains { $0.score > 0 && places[Int($0.movie)] >= 0 } }

  func score(of movie: Int, weights: [ScoredMovie]) -> Float {
    contributions(to: movie, of: weights.filter { Int($0.movie) != movie }).reduce(0, +)
  }

  /// The scores of a user who likes each movie as much as the average of `userCount` users does.
  func averageScores(counts: [Int], userCount: Int) -> [Float] {
    let shares = movies.map { Float(counts[Int($0)]) / Float(max(1, userCount)) }
    var scores = [Float](repeating: 0, count: places.count)
    for place in movies.indices {
      let row = inverse[row: place]
      var sum: Float = 0
      for (other, share) in shares.enumerated() where other != place { sum += share * row[other] }
      scores[Int(movies[place])] = -sum / row[place]
    }
    return scores
  }

  func save(to writer: inout BinaryWriter) {
    writer.write(movies)
    inverse.save(to: &writer)
  }

  init(from reader: inout BinaryReader, movieCount: Int) throws(BinaryFileError) {
    movies = try reader.readIndices(below: movieCount)
    guard movies.count <= movieCount, zip(movies, movies.dropFirst()).allSatisfy({ $0 < $1 }) else { throw .damaged }
    places = movies.places(among: movieCount)
    inverse = try StoredMatrix(from: &reader, rows: movies.count, columns: movies.count)
    diagonal = inverse.diagonal
    guard diagonal.allSatisfy({ $0 > 0 }) else { throw .damaged }
  }
}
