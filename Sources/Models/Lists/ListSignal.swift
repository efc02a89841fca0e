import BinaryFiles
import Ratings

/// What a rating says to a list model: the one rule on likes and dislikes that the list models share.
///
/// Models learn from `PositiveRatings`, a matrix of ones. When they score for someone, each of the person's ratings
/// has a weight: 1 from the threshold on; below it −`dislikeWeight`, so that a film rated low pulls what is like it
/// down, and never up.
struct ListSignal: Sendable, Equatable {
  /// The lowest rating that counts as liked.
  let threshold: Float
  /// How much a dislike counts against a like; 0 or more.
  let dislikeWeight: Float

  init(_ positives: PositiveRatings, settings: ModelSettings) {
    threshold = positives.threshold
    dislikeWeight = Float(settings["dislike-weight"])
  }

  /// The movies of `ratings` that were liked, in their order.
  func liked(_ ratings: [MovieRating]) -> [Int32] { ratings.movies(ratedFrom: threshold) }

  /// The movies of `ratings` that say something, with their weights; empty where nothing was liked, as dislikes alone
  /// make no taste.
  func weights(of ratings: [MovieRating]) -> [ScoredMovie] {
    guard ratings.contains(where: { $0.value >= threshold }) else { return [] }
    return ratings.compactMap { rating in
      let weight = rating.value >= threshold ? 1 : -dislikeWeight
      return weight == 0 ? nil : ScoredMovie(movie: rating.movie, score: weight)
    }
  }

  func save(to writer: inout BinaryWriter) {
    writer.write(threshold)
    writer.write(dislikeWeight)
  }

  init(from reader: inout BinaryReader) throws(BinaryFileError) {
    threshold = try reader.readFinite()
    dislikeWeight = try reader.readFinite()
    guard dislikeWeight >= 0 else { throw .damaged }
  }
}

extension ModelSetting {
  /// The settings that make a `ListSignal`.
  static func listSignal(positiveFrom: Double = 0.5, dislikeWeight: Double = 0.1) -> [ModelSetting] {
    [
      .positiveFrom(positiveFrom),
      ModelSetting(
        "dislike-weight", default: dislikeWeight, in: 0...2,
        "how much a rating below positive-from counts against what is like it; a like counts 1"),
    ]
  }
}
