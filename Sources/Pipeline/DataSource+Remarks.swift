package import Ratings
import Site

extension DataSource {
  /// What was taken for granted: the scale of the ratings, and films that stand there under two ids.
  public var remarks: [String] { [Self.words(of: dataset.scale)] + [Self.twins(of: dataset.movies)].compactMap { $0 } }

  /// A scale in words.
  package static func words(of scale: RatingScale) -> String {
    let (low, high, step) = (
      Numerals.short(Double(scale.minimum)), Numerals.short(Double(scale.maximum)), Numerals.short(Double(scale.step))
    )
    return "the ratings are taken for a scale from \(low) to \(high) in steps of \(step), the highest being the best"
  }

  /// Names movies with one title and year; nil where there are none.
  package static func twins(of movies: [Movie]) -> String? {
    struct Name: Hashable {
      let words: [String]
      let year: Int
    }
    var ids: [Name: [Movie]] = [:]
    for movie in movies {
      guard let year = movie.year else { continue }
      let words = TitleWords.words(of: movie.title)
      ids[Name(words: words.isEmpty ? [movie.title] : words, year: year), default: []].append(movie)
    }
    let twins = ids.values.filter { group in group.count > 1 && Set(group.map(\.title)).count < group.count }
      .sorted { $0[0].id < $1[0].id }
    guard !twins.isEmpty else { return nil }
    let named = twins.prefix(3).map { group in
      "“\(group[0].title)” (\(group[0].year ?? 0)): \(group.map { "\($0.id)" }.joined(separator: ", "))"
    }
    let more = twins.count > 3 ? " and \(twins.count - 3) more" : ""
    return "\(twins.count) films stand in the data under more than one id: \(named.joined(separator: "; "))\(more)"
  }
}
