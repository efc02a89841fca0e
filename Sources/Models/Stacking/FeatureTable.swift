import LinearAlgebra
import Ratings

/// The features of all ratings of a training set, each worked out from the other folds' ratings alone.
struct FeatureTable: Sendable {
  let layout: FeatureLayout
  /// Ratings x `layout.count`, row-major.
  private(set) var rows: [Float] = []
  /// What each rating has above the baseline of its features.
  private(set) var residuals: [Float] = []
  /// The fold that each row was held out in.
  private(set) var folds: [Int32] = []

  var count: Int { residuals.count }

  /// - Complexity: `foldCount` times the fit of the members, and O(ratings x features).
  static func outOfFold(
    _ training: TrainingSet, layout: FeatureLayout, members: [StackMember], foldCount: Int, context: FitContext
  ) throws -> FeatureTable {
    var table = FeatureTable(layout: layout)
    let parts = training.folds(foldCount, seed: context.seed)
    let completeness = 1 - 1 / Float(foldCount)
    for (fold, part) in parts.enumerated() {
      let features = try PairFeatures(
        fitting: part.training, layout: layout, members: members, completeness: completeness, context: context)
      let heldOut = training.replacingRatings(part.test)
      let blocks = context.threads.map(training.userCount) { user in
        features.rows(
          of: heldOut.ratings(ofUser: user), user: user, ratings: part.training.ratings(ofUser: user),
          completeness: completeness)
      }
      for user in 0..<training.userCount {
        table.rows += blocks[user]
        for (index, rating) in heldOut.ratings(ofUser: user).enumerated() {
          table.residuals.append(rating.value - blocks[user][index * layout.count])
          table.folds.append(Int32(fold))
        }
      }
    }
    return table
  }

  /// The rows at `indices`.
  func selecting(_ indices: [Int]) -> FeatureTable {
    var result = FeatureTable(layout: layout)
    result.rows.reserveCapacity(indices.count * layout.count)
    for index in indices {
      result.rows += rows[index * layout.count..<(index + 1) * layout.count]
      result.residuals.append(residuals[index])
      result.folds.append(folds[index])
    }
    return result
  }
}

extension PairFeatures {
  /// The features of `targets`, of a user who gave `ratings`. The date of every other one is kept back, so that a model
  /// learns to do without.
  fileprivate func rows(
    of targets: [MovieRating], user: Int, ratings: [MovieRating], completeness: Float
  ) -> [Float] {
    guard !targets.isEmpty else { return [] }
    var rows = [Float](repeating: 0, count: targets.count * layout.count)
    let pairUser = self.user(user, ratings: ratings, completeness: completeness)
    for (index, target) in targets.enumerated() {
      let isDated = CounterRandom.mix(UInt64(user) << 32 | UInt64(target.movie)) & 1 == 0
      fill(
        &rows, from: index * layout.count, user: pairUser, movie: Int(target.movie), time: isDated ? target.time : 0)
    }
    return rows
  }
}
