import Platform
package import Ratings
import Site

extension DataSource {
  /// What was assumed: the scale of the ratings, and films that have two ids.
  package var remarks: [String] {
    [Self.words(of: dataset.scale, declared: declaredScale)] + [Self.twins(of: dataset.movies)].compactMap { $0 }
  }

  /// A scale in words, and why it is taken.
  package static func words(of scale: RatingScale, declared: DeclaredScale? = nil) -> String {
    // Where nobody said so, the ratings say it.
    let reason = declared == nil ? "" : ", as “scale” in site.yaml says"
    if scale.isLikes { return "the ratings are taken for likes, 1 for liked and 0 for not\(reason)" }
    let (low, high, step) = (
      Numerals.short(Double(scale.minimum)), Numerals.short(Double(scale.maximum)), Numerals.short(Double(scale.step))
    )
    let best =
      declared?.isBestLow == true
      ? "the lowest being the best, so that \(low) is kept as \(high)" : "the highest being the best"
    return "the ratings are taken for a scale from \(low) to \(high) in steps of \(step), \(best)\(reason)"
  }

  /// Names movies with one title and year; nil where there are none.
  package static func twins(of movies: [Movie]) -> String? {
    let twins = Twins(movies).groups
    guard !twins.isEmpty else { return nil }
    let named = twins.prefix(3).map { group in
      let first = movies[Int(group[0])]
      return "“\(first.title)” (\(first.year ?? 0)): \(group.map { "\(movies[Int($0)].id)" }.joined(separator: ", "))"
    }
    let more = twins.count > 3 ? " and \(twins.count - 3) more" : ""
    return
      "\(twins.count == 1 ? "1 film stands" : "\(twins.count) films stand") in the data under more than one id, by title and year; "
      + "lists show each once, and whoever has seen one of them has seen it: \(named.joined(separator: "; "))\(more)"
  }
}
