import LinearAlgebra
public import Ratings

/// Lists by a random walk of three steps from a user over the graph of likes, with a penalty on popular ends: RP3beta.
///
/// B_ji = Σ_u (1 / n_j)^α (1 / n_u)^α / n_i^β over the users who like both, with n the likes of a movie or user; of each
/// movie the `links` strongest are kept. The penalty favours the long tail.
public struct RP3BetaModel: LinkedListModel {
  public static let descriptor = ModelDescriptor(
    name: "rp3beta", family: "random-walk", job: .lists,
    purpose:
      "Lists by a short random walk that leans away from what is popular anyway: quick, and shows more of the catalogue.",
    settings: [
      ModelSetting("alpha", default: 0.8, in: 0...2, "exponent of the transition probabilities"),
      ModelSetting("beta", default: 0.4, in: 0...2, "exponent of the popularity penalty"),
      ModelSetting("links", default: 300, in: 1...5000, isWhole: true, "strongest links to keep for each movie"),
    ] + ModelSetting.listSignal,
    memory: ModelMemory(row: 5_500),
    reference:
      "B. Paudel, F. Christoffel, C. Newell, A. Bernstein: Updatable, accurate, diverse, and scalable recommendations for interactive applications. ACM TiiS 7(1), 2017"
  )
  public static let fileVersion: UInt32 = 1

  /// Where walks from each movie end, and how often.
  public let links: MovieLinks

  /// A model with these walks.
  public init(links: MovieLinks) { self.links = links }

  /// - Complexity: O(Σ over users of likes²) time, O(movies x links) memory.
  public static func fit(_ training: TrainingSet, settings: ModelSettings, context: FitContext) -> RP3BetaModel {
    let signal = ListSignal(training, settings: settings)
    let alpha = settings["alpha"]
    let beta = settings["beta"]
    let byUser = signal.likes(in: training)
    let byMovie = byUser.transposed()
    // Each user's entry is the root of (1 / n_u)^α, so that the product of two is the walk through the user.
    let steps = byUser.scalingRows { Float(power(Double($0), -alpha / 2)) }
    let start = (0..<byMovie.rowCount).map { Float(power(Double(byMovie.count(ofRow: $0)), -alpha)) }
    let penalty = (0..<byMovie.rowCount).map { Float(power(Double(byMovie.count(ofRow: $0)), -beta)) }
    let bySource = NeighbourSearch(rows: steps.transposed(), columns: steps).nearest(
      keep: Int(settings["links"]), threads: context.threads
    ) { movie, other, overlap in
      // Scaled by 1000 to keep small walks away from the smallest floats; a constant changes no list.
      1000 * start[movie] * overlap.product * penalty[other]
    }.sparseRows()
    return RP3BetaModel(
      links: MovieLinks(
        signal: signal, byTarget: bySource.transposed(), bySource: bySource,
        likedBy: byMovie))
  }
}

extension SparseRows {
  /// The same matrix with every value of a row times what `factor` makes of the row's number of entries.
  func scalingRows(_ factor: (Int) -> Float) -> SparseRows {
    var values = values
    for row in 0..<rowCount where count(ofRow: row) > 0 {
      let factor = factor(count(ofRow: row))
      for position in range(ofRow: row) { values[position] *= factor }
    }
    return SparseRows(offsets: offsets, columns: columns, values: values, columnCount: columnCount)
  }
}
