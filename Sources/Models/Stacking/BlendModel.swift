public import BinaryFiles
import LinearAlgebra
public import Ratings

/// Stars from all good models together, each weighed by what its out-of-fold predictions were worth.
///
/// The members are fitted to each fold's rest of the training set and predict the fold; trees are boosted on these
/// predictions and the features, and predict fold by fold in turn; a `LinearBlend` of all of them is the answer. Then the
/// members are fitted again, to everything. Nothing but the training set is looked at.
///
/// With fewer than `leastRatings` ratings only the cheap members take part: there is nothing to weigh the others with.
public struct BlendModel: FeatureModel {
  public static let descriptor = ModelDescriptor(
    name: "blend", family: "stacking", job: .stars,
    purpose:
      "All good models together, each weighed by how right it was: the most accurate stars, and the slowest to learn.",
    settings: memberNames.map { name in
      ModelSetting(name, default: defaultMembers.contains(name) ? 1 : 0, in: 0...1, isWhole: true, "1 takes \(name) in")
    } + [
      ModelSetting("trees", default: 1, in: 0...1, isWhole: true, "1 takes trees boosted on features and members in"),
      ModelSetting(
        "folds", default: 5, in: 2...20, isWhole: true,
        "parts of the training set that are held out in turn to weigh the members"),
    ],
    reference:
      "J. Sill, G. Takács, L. Mackey, D. Lin: Feature-weighted linear stacking. arXiv 0911.0460; L. Breiman: Stacked regressions. Machine Learning 24, 1996"
  )
  public static let fileVersion: UInt32 = 1

  /// Those of them that the catalogue has can take part.
  private static let memberNames = [
    "als", "item-neighbours", "user-neighbours", "slope-one", "nmf", "sgd", "svdpp", "asymmetric", "timesvdpp",
    "neural",
    "bayesian",
  ]
  private static let defaultMembers = ["als", "item-neighbours", "svdpp", "bayesian"]
  private static let cheapMembers = ["als", "item-neighbours"]
  static let leastRatings = 1000

  public let features: PairFeatures
  let trees: TreeEnsemble
  let blend: LinearBlend

  public static func fit(_ training: TrainingSet, settings: ModelSettings, context: FitContext) throws -> BlendModel {
    let names = training.ratingCount < leastRatings ? cheapMembers : memberNames
    let members = names.filter { settings[$0] == 1 }.compactMap { StackMember($0) }
    let foldCount = Int(settings["folds"])
    let layout = FeatureLayout(training, memberCount: members.count)
    let table = try FeatureTable.outOfFold(
      training, layout: layout, members: members, foldCount: foldCount, context: context)
    let boosted =
      settings["trees"] == 1
      ? try CrossFittedTrees(table, foldCount: foldCount, context: context) : CrossFittedTrees(without: table)
    let examples = (0..<table.count).map { row in
      example(layout: layout, rows: table.rows, row: row, tree: boosted.predictions[row]).with(
        target: table.residuals[row], fold: Int(table.folds[row]))
    }
    return BlendModel(
      features: try PairFeatures(fitting: training, layout: layout, members: members, context: context),
      trees: boosted.trees,
      blend: LinearBlend(fitting: examples, inputCount: members.count + 2, foldCount: foldCount))
  }

  public func corrections(_ rows: [Float], count: Int) -> [Float] {
    var sums = [Float](repeating: 0, count: count)
    trees.add(rows, count: count, width: features.layout.count, to: &sums)
    for row in 0..<count {
      let example = Self.example(layout: features.layout, rows: rows, row: row, tree: sums[row])
      sums[row] = blend.value(
        example.inputs, userCount: example.userCount, movieCount: example.movieCount, isDated: example.isDated)
    }
    return sums
  }

  /// What the linear blend makes of a row of features and what the trees say to it.
  private static func example(layout: FeatureLayout, rows: [Float], row: Int, tree: Float) -> LinearBlend.Example {
    let start = row * layout.count
    let baseline = rows[start]
    let members = start + layout.memberStart..<start + layout.memberStart + layout.memberCount
    return LinearBlend.Example(
      inputs: rows[members].map { $0 - baseline } + [tree, 1], userCount: rows[start + 1],
      movieCount: rows[start + layout.movieStart], isDated: layout.hasTimes && rows[start + layout.timeStart] >= 0,
      target: 0, fold: 0)
  }

  /// Those of the last member that gives any, tilted so that their mean is the blend's stars.
  public func chances(_ profile: UserProfile, movie: Int?, time: UInt32) -> [Float]? {
    let profiles = features.user(profile).members
    for index in features.members.indices.reversed() {
      guard let chances = features.members[index].chances(profiles[index], movie: movie, time: time) else { continue }
      return Tilt.chances(chances, scale: features.scale, mean: predict(profile, movie: movie, time: time))
    }
    return nil
  }

  public func save(to writer: inout BinaryWriter) {
    features.save(to: &writer)
    trees.save(to: &writer)
    blend.save(to: &writer)
  }

  public init(from reader: inout BinaryReader) throws(BinaryFileError) {
    features = try PairFeatures(from: &reader)
    trees = try TreeEnsemble(from: &reader, featureCount: features.layout.count)
    blend = try LinearBlend(from: &reader, inputCount: features.members.count + 2)
  }

  init(features: PairFeatures, trees: TreeEnsemble, blend: LinearBlend) {
    self.features = features
    self.trees = trees
    self.blend = blend
  }
}

extension LinearBlend.Example {
  fileprivate func with(target: Float, fold: Int) -> LinearBlend.Example {
    var result = self
    result.target = target
    result.fold = fold
    return result
  }
}
