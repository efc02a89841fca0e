import Ratings

enum MovieTags {
  /// The most tags shown for a movie.
  static let length = 12

  /// For each movie its tags, the most used first; spellings that differ in case count as one, shown in the spelling that
  /// comes first alphabetically.
  static func mostUsed(_ tags: [Tag], movieCount: Int) -> [[String]] {
    var uses = [[String: (count: Int, spelling: String)]](repeating: [:], count: movieCount)
    for tag in tags {
      uses[Int(tag.movie)][tag.text.lowercased(), default: (0, tag.text)].count += 1
      let spelling = uses[Int(tag.movie)][tag.text.lowercased()]?.spelling ?? tag.text
      uses[Int(tag.movie)][tag.text.lowercased()]?.spelling = min(spelling, tag.text)
    }
    return uses.map { uses in
      uses.values.sorted { ($1.count, $0.spelling) < ($0.count, $1.spelling) }.prefix(length).map(\.spelling)
    }
  }
}
