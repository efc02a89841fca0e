#if Trees
  #if canImport(FoundationEssentials)
    import FoundationEssentials
  #else
    import Foundation
  #endif

  /// How trees are grown.
  struct TreeGrowth: Sendable {
    var rounds = 1
    var treesPerRound = 1
    var learningRate = 1.0
    var depth = 6
    var leafWeight = 1.0
    var rowShare = 1.0
    var featureShare = 1.0
    var lambda = 1.0
    var seed: UInt64 = 1

    /// XGBoost's names. One thread: with more the order of additions, and with it the bits, would depend on how many.
    fileprivate var parameters: [(String, String)] {
      [
        ("verbosity", "0"), ("nthread", "1"), ("tree_method", "hist"), ("max_bin", "128"),
        ("objective", "reg:squarederror"), ("base_score", "0"), ("seed", "\(seed % 0x7fff_ffff)"),
        ("eta", "\(learningRate)"), ("max_depth", "\(depth)"), ("min_child_weight", "\(leafWeight)"),
        ("subsample", "\(rowShare)"), ("colsample_bynode", "\(featureShare)"), ("lambda", "\(lambda)"),
        ("num_parallel_tree", "\(treesPerRound)"),
      ]
    }
  }

  extension TreeEnsemble {
    /// Grows trees that predict the residuals of `table`.
    static func grown(on table: FeatureTable, _ growth: TreeGrowth) throws -> TreeEnsemble {
      guard table.count > 0, growth.rounds > 0 else { return TreeEnsemble() }
      let matrix = try XGBoostMatrix(rows: table.rows, targets: table.residuals, width: table.layout.count)
      let trainer = try XGBoostTrainer([matrix], parameters: growth.parameters)
      for round in 0..<growth.rounds { try trainer.update(round: round, on: matrix) }
      return try TreeEnsemble(xgboost: trainer.json())
    }

    /// The number of rounds, at most `growth.rounds`, after which trees grown on `table` predict `validation` best;
    /// stops where `patience` more rounds did not help.
    static func bestRounds(
      on table: FeatureTable, validation: FeatureTable, _ growth: TreeGrowth, patience: Int
    ) throws -> Int {
      guard table.count > 0, validation.count > 0 else { return 0 }
      let matrix = try XGBoostMatrix(rows: table.rows, targets: table.residuals, width: table.layout.count)
      let held = try XGBoostMatrix(
        rows: validation.rows, targets: validation.residuals, width: validation.layout.count)
      let trainer = try XGBoostTrainer([matrix, held], parameters: growth.parameters)
      var best = (rounds: 0, error: validation.residuals.reduce(0.0) { $0 + Double($1) * Double($1) })
      for round in 0..<growth.rounds {
        try trainer.update(round: round, on: matrix)
        let error = zip(try trainer.predictions(for: held), validation.residuals).reduce(0.0) {
          $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1)
        }
        if error < best.error { best = (round + 1, error) }
        if round + 1 >= best.rounds + patience { break }
      }
      return best.rounds
    }

    /// The trees of a model in XGBoost's JSON.
    init(xgboost json: [UInt8]) throws {
      let file = try JSONDecoder().decode(XGBoostFile.self, from: Data(json))
      self.init()
      for tree in file.learner.gradient_booster.model.trees {
        startTree()
        try append(tree, node: 0)
      }
    }

    /// Appends the branch at `node`, parents first, and says where it begins.
    @discardableResult
    private mutating func append(_ tree: XGBoostFile.Tree, node: Int) throws -> Int {
      guard tree.left_children.indices.contains(node), tree.right_children.indices.contains(node),
        tree.split_conditions.indices.contains(node), tree.split_indices.indices.contains(node)
      else { throw XGBoostError(message: "a tree of an unknown form") }
      let (left, right) = (tree.left_children[node], tree.right_children[node])
      guard left >= 0 else {
        return append(Node(feature: -1, threshold: tree.split_conditions[node], left: 0, right: 0))
      }
      let place = append(
        Node(feature: tree.split_indices[node], threshold: tree.split_conditions[node], left: 0, right: 0))
      let leftPlace = try append(tree, node: Int(left))
      setChildren(of: place, left: leftPlace, right: try append(tree, node: Int(right)))
      return place
    }
  }

  /// What of XGBoost's JSON says how trees branch, under its own names.
  private struct XGBoostFile: Decodable {
    let learner: Learner

    struct Learner: Decodable { let gradient_booster: Booster }
    struct Booster: Decodable { let model: Model }
    struct Model: Decodable { let trees: [Tree] }
    struct Tree: Decodable {
      let left_children: [Int32]
      let right_children: [Int32]
      let split_indices: [Int32]
      let split_conditions: [Float]
    }
  }
#endif
