import LinearAlgebra
package import Models

/// The explanations of a list, best film first: the strongest for each, without the same few films everywhere.
///
/// A film that was already a reason needs a larger contribution to be one again; contributions below a quarter of the
/// strongest are left out. A reason's weight is its share of all contributions to the film.
package struct ReasonSpread {
  private static let repetition: Float = 0.7
  private static let fewest: Float = 0.25
  private var uses: [Int32: Float] = [:]

  package init() {}

  /// - Parameter contributions: of films that the user liked, by film.
  /// - Returns: at most `ListMaker.reasonCount`, the strongest first.
  package mutating func take(_ contributions: [ScoredMovie]) -> [Reason] {
    let speaking = contributions.filter { $0.score > 0 }
    let total = speaking.reduce(0.0) { $0 + Double($1.score) }
    guard total > 0, let strongest = speaking.map(\.score).max() else { return [] }
    var best = TopK(ListMaker.reasonCount)
    for contribution in speaking where contribution.score >= Self.fewest * strongest {
      best.offer(contribution.movie, contribution.score * (uses[contribution.movie] ?? 1))
    }
    let chosen = Set(best.take().map(\.index))
    for movie in chosen { uses[movie] = (uses[movie] ?? 1) * Self.repetition }
    return speaking.filter { chosen.contains($0.movie) }.strongest(ListMaker.reasonCount)
      .map { Reason(movie: $0.movie, weight: Float(Double($0.score) / total)) }
  }
}
