#if Trees
  public import BinaryFiles
  public import Ratings

  /// The differences between boosted trees, a forest and a single tree.
  public protocol TreeMethod: Sendable {
    static var descriptor: ModelDescriptor { get }
    /// How to grow trees by `settings`.
    static func growth(_ settings: ModelSettings) -> TreeGrowthPlan
  }

  /// Predicts ratings by regression trees on features of user and movie, added to the baseline.
  ///
  /// The trees are grown by XGBoost on out-of-fold features, so that no rating affects its own
  /// features, and evaluated by Marquee itself: a saved model needs no XGBoost.
  public struct TreeModel<Method: TreeMethod>: FeatureModel {
    public static var descriptor: ModelDescriptor { Method.descriptor }
    public static var fileVersion: UInt32 { 1 + PairFeatures.fileVersion }

    /// What is worked out of a user and a movie for the trees.
    public let features: PairFeatures
    let trees: TreeEnsemble

    public static func fit(_ training: TrainingSet, settings: ModelSettings, context: FitContext) throws -> TreeModel {
      let members = ["als", "item-neighbours"].compactMap { StackMember($0) }
      let layout = FeatureLayout(training, memberCount: members.count)
      let table = try FeatureTable.outOfFold(
        training, layout: layout, members: members, foldCount: Int(settings["folds"]), context: context)
      var plan = Method.growth(settings)
      plan.growth.seed = context.seed
      return TreeModel(
        features: try PairFeatures(fitting: training, layout: layout, members: members, context: context),
        trees: try TreeEnsemble.grown(on: table, plan))
    }

    public func corrections(_ rows: [Float], count: Int, profile: UserProfile) -> [Float] {
      var sums = [Float](repeating: 0, count: count)
      trees.add(rows, count: count, width: features.layout.count, to: &sums)
      return sums
    }

    public func save(to writer: inout BinaryWriter) {
      features.save(to: &writer)
      trees.save(to: &writer)
    }

    public init(from reader: inout BinaryReader) throws(BinaryFileError) {
      features = try PairFeatures(from: &reader)
      trees = try TreeEnsemble(from: &reader, featureCount: features.layout.count)
    }

    init(features: PairFeatures, trees: TreeEnsemble) {
      self.features = features
      self.trees = trees
    }
  }

  /// How to grow trees, and whether to stop early on a held-out fold.
  public struct TreeGrowthPlan: Sendable {
    var growth: TreeGrowth
    /// Rounds without gain on the held-out fold after which growth stops; nil grows all rounds.
    var patience: Int?
  }

  extension TreeEnsemble {
    /// Grows trees as planned. The number of rounds is chosen with the last fold of `table` held out; then all of
    /// it is used.
    static func grown(on table: FeatureTable, _ plan: TreeGrowthPlan) throws -> TreeEnsemble {
      var growth = plan.growth
      if let patience = plan.patience {
        let last = table.folds.max() ?? 0
        growth.rounds = try bestRounds(
          on: table.selecting(table.folds.indices.filter { table.folds[$0] != last }),
          validation: table.selecting(table.folds.indices.filter { table.folds[$0] == last }), growth,
          patience: patience)
      }
      return try grown(on: table, growth)
    }
  }
#endif
