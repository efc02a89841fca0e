import LinearAlgebra
public import Ratings

extension ItemNeighboursModel {
  /// - Complexity: O(Σ over users of ratings²) time, O(movies x neighbours) memory besides the ratings.
  public static func fit(_ training: TrainingSet, settings: ModelSettings, context: FitContext) -> ItemNeighboursModel {
    let baseline = Baseline(fitting: training, settings: settings, threads: context.threads)
    let byUser = baseline.residuals(of: training.byUser, threads: context.threads)
    let byMovie = byUser.transposed()
    let similarity = NeighbourSimilarity(settings)
    if similarity != .pearsonBaseline {
      let lists = similarity.lists(
        of: training.byMovie, and: training.byUser, keep: Int(settings["neighbours"]),
        shrinkage: Float(settings["shrinkage"]), threads: context.threads)
      return ItemNeighboursModel(
        baseline: baseline, scale: training.scale, weightDamping: Float(settings["weight-damping"]), lists: lists)
    }
    let inverseNorms = context.threads.map(byMovie.rowCount, blockSize: 512) { inverseNorm(ofRow: $0, of: byMovie) }
    let shrinkage = Float(settings["shrinkage"])
    let lists = NeighbourSearch(rows: byMovie, columns: byUser).nearest(
      keep: Int(settings["neighbours"]), threads: context.threads
    ) { movie, other, overlap in
      let correlation = min(1, overlap.product * inverseNorms[movie] * inverseNorms[other])
      let witnesses = overlap.count - 1
      return witnesses > 0 ? correlation * witnesses / (witnesses + shrinkage) : 0
    }
    return ItemNeighboursModel(
      baseline: baseline, scale: training.scale, weightDamping: Float(settings["weight-damping"]), lists: lists)
  }

  /// 1 / the root of the sum of squares of a row, or 0 where the row is nothing but rounding errors of a perfect
  /// baseline.
  private static func inverseNorm(ofRow row: Int, of matrix: SparseRows) -> Float {
    let squares = matrix.range(ofRow: row).reduce(0.0) { $0 + Double(matrix.values[$1] * matrix.values[$1]) }
    return squares > 1e-6 * Double(matrix.count(ofRow: row)) ? Float(1 / squares.squareRoot()) : 0
  }
}
