import LinearAlgebra
public import Ratings

/// Lists from the movies most similar to what the user likes.
///
/// B_ji is the product of the two movies' columns of likes, weighted by `ListWeighting`, times n / (n + shrinkage) for n
/// common likes, where *j* is among the `neighbours` most similar to *i*.
public struct ListNeighboursModel: LinkedListModel {
  public static let descriptor = ModelDescriptor(
    name: "list-neighbours", family: "neighbours", job: .lists,
    purpose: "Lists from the movies most similar to what one liked: simple, quick, and easy to explain.",
    settings: [
      ModelSetting(
        "neighbours", default: 100, in: 1...5000, isWhole: true, "most similar movies to keep for each movie"),
      ModelSetting(
        "shrinkage", default: 0, in: 0...10000,
        "shrinkage: the number of common likes at which a similarity counts half"),
      ListWeighting.setting(.inverseFrequency),
    ] + ModelSetting.listSignal,
    memory: ModelMemory(row: 1_800),
    reference: "M. Deshpande, G. Karypis: Item-based top-N recommendation algorithms. ACM TOIS 22(1), 2004")
  public static let fileVersion: UInt32 = 1

  /// The neighbours of each movie and their weights.
  public let links: MovieLinks

  /// A model with these neighbours.
  public init(links: MovieLinks) { self.links = links }

  /// - Complexity: O(Σ over users of likes²) time, O(movies x neighbours) memory.
  public static func fit(_ training: TrainingSet, settings: ModelSettings, context: FitContext) -> ListNeighboursModel {
    let signal = ListSignal(training, settings: settings)
    let byMovie = signal.likes(in: training).transposed()
    let rows = ListWeighting(settings).weighted(byMovie)
    let shrinkage = Float(settings["shrinkage"])
    let byTarget = NeighbourSearch(rows: rows, columns: rows.transposed()).nearest(
      keep: Int(settings["neighbours"]), threads: context.threads
    ) { _, _, overlap in
      overlap.product * overlap.count / (overlap.count + shrinkage)
    }.sparseRows()
    return ListNeighboursModel(
      links: MovieLinks(
        signal: signal, byTarget: byTarget, bySource: byTarget.transposed(),
        likedBy: byMovie))
  }
}
