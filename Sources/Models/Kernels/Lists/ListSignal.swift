import BinaryFiles
import Ratings

/// What a rating says to a list model: the one rule on likes and dislikes that the list models share.
///
/// That someone saw a film says much about taste, whatever the stars; so a rating counts as a like unless it is low both for
/// the scale and for the user: below `threshold` and also below what the user gives to films from the threshold on,
/// less `gap`. Models learn from the matrix of likes. When they score for someone, a like weighs 1 and a dislike
/// −`dislikeWeight`: a film rated low pulls what is like it down, and never up. A low rating more or less does not change
/// what the others say.
struct ListSignal: Sendable, Equatable {
  /// The lowest rating of the scale that is a like for everyone.
  let threshold: Float
  /// A hair above the lowest rating, which nobody means as a like.
  let floor: Float
  /// Mean of the ratings from the threshold on: a new user's until their own are known.
  let usualLike: Float
  /// In stars; 0 makes every rating below the threshold a dislike.
  let gap: Float
  /// How much a dislike counts against a like; 0 or more.
  let dislikeWeight: Float

  /// How many usual likes each user's mean is mixed with.
  private static let damping: Float = 5
  static let usualPositiveFrom = 0.5
  static let usualGap = 0.46

  init(_ training: TrainingSet, settings: ModelSettings) {
    self.init(
      training, positiveFrom: settings["positive-from"], gap: settings["dislike-gap"],
      dislikeWeight: settings["dislike-weight"])
  }

  /// The rule with the defaults of its settings.
  init(
    _ training: TrainingSet, positiveFrom: Double = usualPositiveFrom, gap: Double = usualGap, dislikeWeight: Double = 0
  ) {
    let scale = training.scale
    let width = scale.maximum - scale.minimum
    let threshold = Self.threshold(of: scale, fraction: positiveFrom)
    var sum = 0.0
    var count = 0
    for value in training.byUser.values where value >= threshold {
      sum += Double(value)
      count += 1
    }
    self.threshold = threshold
    floor = scale.minimum + 1e-3 * width
    usualLike = count == 0 ? scale.maximum : Float(sum / Double(count))
    self.gap = Float(gap) * width
    self.dislikeWeight = Float(dislikeWeight)
  }

  /// Slightly below the position `fraction` on the scale, so that a rating exactly there counts.
  static func threshold(of scale: RatingScale, fraction: Double) -> Float {
    let width = scale.maximum - scale.minimum
    return scale.minimum + Float(fraction) * width - 1e-4 * width
  }

  /// The lowest rating that is a like of the user who gave `values`.
  func lowestLike(_ values: some Sequence<Float>) -> Float {
    guard gap > 0 else { return threshold }
    var sum = Self.damping * usualLike
    var count = Self.damping
    for value in values where value >= threshold {
      sum += value
      count += 1
    }
    return min(threshold, max(floor, sum / count - gap))
  }

  /// Users x movies: 1 for every like in `training`.
  func likes(in training: TrainingSet) -> SparseRows {
    let all = training.byUser
    var offsets = [0]
    var columns: [Int32] = []
    offsets.reserveCapacity(all.rowCount + 1)
    columns.reserveCapacity(all.entryCount)
    for user in 0..<all.rowCount {
      let lowest = lowestLike(all.range(ofRow: user).lazy.map { all.values[$0] })
      for position in all.range(ofRow: user) where all.values[position] >= lowest {
        columns.append(all.columns[position])
      }
      offsets.append(columns.count)
    }
    return SparseRows(
      offsets: offsets, columns: columns, values: [Float](repeating: 1, count: columns.count),
      columnCount: all.columnCount)
  }

  /// The movies of `ratings` that say something, with their weights; empty where nothing was liked, as dislikes alone
  /// make no taste.
  func weights(of ratings: [MovieRating]) -> [ScoredMovie] {
    let lowest = lowestLike(ratings.lazy.map(\.value))
    guard ratings.contains(where: { $0.value >= lowest }) else { return [] }
    return ratings.compactMap { rating in
      let weight = rating.value >= lowest ? 1 : -dislikeWeight
      return weight == 0 ? nil : ScoredMovie(movie: rating.movie, score: weight)
    }
  }

  func save(to writer: inout BinaryWriter) {
    for number in [threshold, floor, usualLike, gap, dislikeWeight] { writer.write(number) }
  }

  init(from reader: inout BinaryReader) throws(BinaryFileError) {
    threshold = try reader.readFinite()
    floor = try reader.readFinite()
    usualLike = try reader.readFinite()
    gap = try reader.readFinite()
    dislikeWeight = try reader.readFinite()
    guard dislikeWeight >= 0, gap >= 0 else { throw .damaged }
  }
}

extension ModelSetting {
  /// The settings that make a `ListSignal`.
  static let listSignal = listSignal(dislikeWeight: 0.1)

  static func listSignal(dislikeWeight: Double) -> [ModelSetting] {
    [
      ModelSetting(
        "positive-from", default: ListSignal.usualPositiveFrom, in: 0...1,
        "the position on the scale, from 0 (lowest) to 1 (highest), from which a rating always counts as a like"),
      ModelSetting(
        "dislike-gap", default: ListSignal.usualGap, in: 0...1,
        "how far below the user's usual likes a lower rating must be to count as a dislike, as a share of the scale"),
      ModelSetting(
        "dislike-weight", default: dislikeWeight, in: 0...2,
        "the negative weight of a dislike; a like has weight 1"),
    ]
  }
}
