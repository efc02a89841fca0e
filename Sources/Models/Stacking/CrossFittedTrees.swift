import LinearAlgebra
import Ratings

/// Boosted trees together with what trees grown without a row's fold say to that row.
struct CrossFittedTrees {
  /// Grown on all rows.
  let trees: TreeEnsemble
  /// One for each row.
  private(set) var predictions: [Float]

  /// No trees: predictions of 0.
  init(without table: FeatureTable) {
    trees = TreeEnsemble()
    predictions = [Float](repeating: 0, count: table.count)
  }

  /// - Complexity: `foldCount` + 2 times growing the trees, on as many threads as there are.
  init(_ table: FeatureTable, foldCount: Int, context: FitContext) throws {
    #if Trees
      var growth = TreeGrowth(
        rounds: 300, learningRate: 0.08, depth: 5, leafWeight: 20, rowShare: 0.8, featureShare: 0.5,
        seed: context.seed)
      let folds = (0..<foldCount).map { fold in table.folds.indices.filter { table.folds[$0] == fold } }
      let last = foldCount - 1
      growth.rounds = try TreeEnsemble.bestRounds(
        on: table.selecting(folds[..<last].flatMap { $0 }), validation: table.selecting(folds[last]), growth,
        patience: 15)
      let plan = growth
      // The last is grown on everything.
      let grown = context.threads.map(foldCount + 1) { fold in
        Result { () throws -> TreeEnsemble in
          guard fold < foldCount else { return try TreeEnsemble.grown(on: table, plan) }
          return try TreeEnsemble.grown(
            on: table.selecting(table.folds.indices.filter { table.folds[$0] != fold }), plan)
        }
      }
      trees = try grown[foldCount].get()
      predictions = [Float](repeating: 0, count: table.count)
      for fold in 0..<foldCount {
        let part = table.selecting(folds[fold])
        var sums = [Float](repeating: 0, count: part.count)
        try grown[fold].get().add(part.rows, count: part.count, width: table.layout.count, to: &sums)
        for (row, sum) in zip(folds[fold], sums) { predictions[row] = sum }
      }
    #else
      self.init(without: table)
    #endif
  }
}
