import Ratings

/// Groups of users, drawn by their indices: one group's held-out ratings weigh the predictions for the others.
enum UserGroups {
  /// The group of `user`, of `count`.
  static func group(ofUser user: Int, count: Int) -> Int {
    Int(CounterRandom.mix(UInt64(user)) % UInt64(count))
  }
}
