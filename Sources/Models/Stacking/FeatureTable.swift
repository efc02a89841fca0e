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

  /// The user of each row.
  private(set) var users: [Int32] = []

  init(layout: FeatureLayout) { self.layout = layout }

  /// - Complexity: `foldCount` times the fit of the members, and O(ratings x features).
  static func outOfFold(
    _ training: TrainingSet, layout: FeatureLayout, members: [StackMember], foldCount: Int, context: FitContext
  ) throws -> FeatureTable {
    var table = FeatureTable(layout: layout)
    let completeness = 1 - 1 / Float(foldCount)
    for (fold, part) in training.folds(foldCount, seed: context.seed).enumerated() {
      let features = try PairFeatures(
        fitting: part.training, layout: layout, members: members, completeness: completeness, context: context)
      table.append(
        part.test, by: features, of: part.training, completeness: completeness, context: context, fold: { _ in fold })
    }
    return table
  }

  /// Appends what `features`, fitted to `part`, make of ratings that were held out of it.
  ///
  /// - Parameter fold: of a row, by its number among `heldOut`.
  mutating func append(
    _ heldOut: RatingTable, by features: PairFeatures, of part: TrainingSet, completeness: Float, context: FitContext,
    fold: (Int) -> Int
  ) {
    let hidden = part.replacingRatings(heldOut)
    let blocks = context.threads.map(part.userCount) { user in
      features.rows(
        of: hidden.ratings(ofUser: user), user: user, ratings: part.ratings(ofUser: user), completeness: completeness)
    }
    var number = 0
    for user in 0..<part.userCount {
      rows += blocks[user]
      for (index, rating) in hidden.ratings(ofUser: user).enumerated() {
        residuals.append(rating.value - blocks[user][index * layout.count])
        folds.append(Int32(fold(number)))
        users.append(Int32(user))
        number += 1
      }
    }
  }

  /// At most `count` of the rows, chosen by a hash, in their order.
  func sample(_ count: Int, seed: UInt64) -> FeatureTable {
    guard self.count > count else { return self }
    let keys = (0..<self.count).map { CounterRandom.mix(UInt64($0) ^ seed &* 0x9e37_79b9_7f4a_7c15) }
    return selecting(keys.indices.sorted { keys[$0] < keys[$1] }.prefix(count).sorted())
  }

  /// The rows at `indices`.
  func selecting(_ indices: [Int]) -> FeatureTable {
    var result = FeatureTable(layout: layout)
    result.rows.reserveCapacity(indices.count * layout.count)
    for index in indices {
      result.rows += rows[index * layout.count..<(index + 1) * layout.count]
      result.residuals.append(residuals[index])
      result.folds.append(folds[index])
      result.users.append(users[index])
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
