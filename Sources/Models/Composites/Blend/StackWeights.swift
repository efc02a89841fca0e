import BinaryFiles
import LinearAlgebra
import Ratings

/// Predicts the deviation from the baseline from a row of features: boosted trees, and a weighted sum of the trees and the
/// members.
struct StackWeights: Sendable, Equatable {
  /// The most rows to grow trees on: more do not improve trees of this depth.
  private static let mostRows = 200_000

  let trees: TreeEnsemble
  let blend: LinearBlend

  /// - Parameter table: rows of ratings that the members did not see.
  init(fitting table: FeatureTable, foldCount: Int, hasTrees: Bool, context: FitContext) throws {
    let table = table.sample(Self.mostRows, seed: context.seed)
    let layout = table.layout
    let boosted =
      hasTrees
      ? try CrossFittedTrees(table, foldCount: foldCount, context: context) : CrossFittedTrees(without: table)
    let examples = (0..<table.count).map { row in
      var example = Self.example(layout: layout, rows: table.rows, row: row, tree: boosted.predictions[row])
      example.target = table.residuals[row]
      example.fold = Int(table.folds[row])
      return example
    }
    trees = boosted.trees
    blend = LinearBlend(fitting: examples, inputCount: layout.memberCount + 2, foldCount: foldCount)
  }

  func corrections(_ rows: [Float], count: Int, layout: FeatureLayout) -> [Float] {
    var sums = [Float](repeating: 0, count: count)
    trees.add(rows, count: count, width: layout.count, to: &sums)
    for row in 0..<count {
      let example = Self.example(layout: layout, rows: rows, row: row, tree: sums[row])
      sums[row] = blend.value(
        example.inputs, userCount: example.userCount, movieCount: example.movieCount, isDated: example.isDated)
    }
    return sums
  }

  /// The linear blend of a row of features and the trees' prediction for it.
  private static func example(layout: FeatureLayout, rows: [Float], row: Int, tree: Float) -> LinearBlend.Example {
    let start = row * layout.count
    let baseline = rows[start]
    let members = start + layout.memberStart..<start + layout.memberStart + layout.memberCount
    return LinearBlend.Example(
      inputs: rows[members].map { $0 - baseline } + [tree, 1], userCount: rows[start + 1],
      movieCount: rows[start + layout.movieStart], isDated: layout.hasTimes && rows[start + layout.timeStart] >= 0,
      target: 0, fold: 0)
  }

  func save(to writer: inout BinaryWriter) {
    trees.save(to: &writer)
    blend.save(to: &writer)
  }

  init(from reader: inout BinaryReader, layout: FeatureLayout) throws(BinaryFileError) {
    trees = try TreeEnsemble(from: &reader, featureCount: layout.count)
    blend = try LinearBlend(from: &reader, inputCount: layout.memberCount + 2)
  }
}
