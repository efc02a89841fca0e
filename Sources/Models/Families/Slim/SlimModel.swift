import LinearAlgebra
public import Ratings

/// Lists from a sparse linear item-item model: SLIM.
///
/// Each column of B minimizes ½ |x_i − X b|² + ½ l2 |b|² + l1 |b|₁ with b_i = 0 and, unless `negative` is 1, no weight below 0,
/// for X the users x movies matrix of likes. Movies beyond the `largestSide` most liked take no part and score 0.
public struct SlimModel: LinkedListModel {
  public static let descriptor = ModelDescriptor(
    name: "slim", family: "linear", job: .lists,
    purpose: "Lists from the few movies that speak most for each movie: as EASE, but sparse, and so easy to explain.",
    settings: [
      ModelSetting("l1", default: 1, in: 0...10_000, "L1 regularization: higher values keep fewer links"),
      ModelSetting(
        "l2", default: 300, in: 0.01...100_000, "L2 regularization: higher values spread weight over more movies"),
      ModelSetting("negative", default: 0, in: 0...1, isWhole: true, "1 allows negative weights"),
      ModelSetting("links", default: 500, in: 1...5000, isWhole: true, "strongest links to keep for each movie"),
    ] + ModelSetting.listSignal,
    memory: ModelMemory(row: 5_600),
    reference: "X. Ning, G. Karypis: SLIM: sparse linear methods for top-N recommender systems. ICDM 2011")
  public static let fileVersion: UInt32 = 1

  /// The most movies that take part: 400 MB of common likes.
  static let largestSide = 10_000

  /// The movies that speak for each movie, and their weights.
  public let links: MovieLinks

  /// A model with these weights.
  public init(links: MovieLinks) { self.links = links }

  /// - Complexity: O(Σ over users of likes² + movies x sweeps x links x movies) time, O(min(movies, 10 000)²) memory.
  public static func fit(_ training: TrainingSet, settings: ModelSettings, context: FitContext) -> SlimModel {
    let signal = ListSignal(training, settings: settings)
    let byUser = signal.likes(in: training)
    let byMovie = byUser.transposed()
    // A movie has no more likes in common with another than it has likes, and needs more than l1 for a link.
    let least = settings["negative"] == 1 ? 0 : Int(settings["l1"])
    let liked = (0..<byMovie.rowCount).filter { byMovie.count(ofRow: $0) > least }
    // Of equally liked movies the first.
    let members = liked.sorted { (byMovie.count(ofRow: $1), $0) < (byMovie.count(ofRow: $0), $1) }.prefix(largestSide)
      .sorted().map { Int32($0) }
    let net = ElasticNet(
      gram: CommonLikes.gram(byMovie: byMovie, byUser: byUser, members: members, threads: context.threads),
      l1: Float(settings["l1"]), l2: Float(settings["l2"]), allowsNegative: settings["negative"] == 1)
    let columns = net.columns(keep: Int(settings["links"]), threads: context.threads)
    let byTarget = SparseRows(columns, members: members, count: byMovie.rowCount)
    return SlimModel(
      links: MovieLinks(
        signal: signal, byTarget: byTarget, bySource: byTarget.transposed(),
        likedBy: byMovie))
  }
}

extension SparseRows {
  /// A `count` x `count` matrix whose row `members[n]` holds `rows[n]`, indices into `members` that rise.
  fileprivate init(_ rows: [[TopK.Entry]], members: [Int32], count: Int) {
    var offsets = [0]
    var columns: [Int32] = []
    var values: [Float] = []
    var place = 0
    for row in 0..<count {
      if place < members.count, Int(members[place]) == row {
        for entry in rows[place] {
          columns.append(members[Int(entry.index)])
          values.append(entry.score)
        }
        place += 1
      }
      offsets.append(columns.count)
    }
    self.init(offsets: offsets, columns: columns, values: values, columnCount: count)
  }
}
