#if Trees
  extension ModelSetting {
    /// The setting of every model that learns from out-of-fold features.
    static let innerFolds = ModelSetting(
      "folds", default: 5, in: 2...20, isWhole: true,
      "number of folds for out-of-fold features")
  }

  /// Gradient boosted trees.
  public enum GradientBoosting: TreeMethod {
    public static let descriptor = ModelDescriptor(
      name: "xgboost", family: "trees", job: .stars,
      purpose:
        "Many small trees, each correcting the errors of those before (gradient boosting): strong where facts about users and movies are rich.",
      settings: [
        ModelSetting(
          "rounds", default: 400, in: 1...5000, isWhole: true, "most trees; early stopping on a held-out fold"),
        ModelSetting("learning-rate", default: 0.06, in: 0.001...1, "learning rate (shrinkage)"),
        ModelSetting("depth", default: 5, in: 1...12, isWhole: true, "maximum depth of a tree"),
        ModelSetting("leaf-weight", default: 20, in: 0...10000, "fewest ratings in a leaf"),
        ModelSetting("row-share", default: 0.8, in: 0.1...1, "share of the ratings sampled for each tree"),
        ModelSetting("feature-share", default: 0.5, in: 0.05...1, "share of the features sampled for each split"),
        .innerFolds,
      ], traits: [.grownTrees], memory: ModelMemory(row: 3_000, rating: 1_100),
      reference: "T. Chen, C. Guestrin: XGBoost, a scalable tree boosting system. KDD 2016")

    public static func growth(_ settings: ModelSettings) -> TreeGrowthPlan {
      TreeGrowthPlan(
        growth: TreeGrowth(
          rounds: Int(settings["rounds"]), learningRate: settings["learning-rate"], depth: Int(settings["depth"]),
          leafWeight: settings["leaf-weight"], rowShare: settings["row-share"],
          featureShare: settings["feature-share"]),
        patience: 20)
    }
  }

  /// Many deep trees, each on a random part, averaged.
  public enum RandomForest: TreeMethod {
    public static let descriptor = ModelDescriptor(
      name: "random-forest", family: "trees", job: .stars,
      purpose: "The mean of many trees that each saw a random part: hard to get wrong.",
      settings: [
        ModelSetting("trees", default: 100, in: 1...1000, isWhole: true, "number of trees"),
        ModelSetting("depth", default: 9, in: 1...14, isWhole: true, "maximum depth of a tree"),
        ModelSetting("leaf-weight", default: 5, in: 0...10000, "fewest ratings in a leaf"),
        ModelSetting("row-share", default: 0.63, in: 0.1...1, "share of the ratings sampled for each tree"),
        ModelSetting("feature-share", default: 0.4, in: 0.05...1, "share of the features sampled for each split"),
        .innerFolds,
      ], traits: [.grownTrees], memory: ModelMemory(row: 3_000, rating: 1_100),
      reference: "L. Breiman: Random forests. Machine Learning 45, 2001")

    public static func growth(_ settings: ModelSettings) -> TreeGrowthPlan {
      TreeGrowthPlan(
        growth: TreeGrowth(
          treesPerRound: Int(settings["trees"]), depth: Int(settings["depth"]), leafWeight: settings["leaf-weight"],
          rowShare: settings["row-share"], featureShare: settings["feature-share"], lambda: 0))
    }
  }

  /// One tree.
  public enum DecisionTree: TreeMethod {
    public static let descriptor = ModelDescriptor(
      name: "decision-tree", family: "trees", job: .stars,
      purpose: "A single tree of questions: the simplest of its family, for comparison.",
      settings: [
        ModelSetting("depth", default: 6, in: 1...14, isWhole: true, "maximum depth of the tree"),
        ModelSetting("leaf-weight", default: 100, in: 0...10000, "fewest ratings in a leaf"),
        .innerFolds,
      ], traits: [.grownTrees], memory: ModelMemory(row: 3_000, rating: 900),
      reference: "L. Breiman et al.: Classification and regression trees. Wadsworth, 1984")

    public static func growth(_ settings: ModelSettings) -> TreeGrowthPlan {
      TreeGrowthPlan(growth: TreeGrowth(depth: Int(settings["depth"]), leafWeight: settings["leaf-weight"], lambda: 0))
    }
  }

  /// Gradient boosted trees: `xgboost`.
  public typealias XGBoostModel = TreeModel<GradientBoosting>
  /// A random forest: `random-forest`.
  public typealias RandomForestModel = TreeModel<RandomForest>
  /// One tree: `decision-tree`.
  public typealias DecisionTreeModel = TreeModel<DecisionTree>
#endif
