package import Ratings

extension Texts {
  /// Where the words for sites of likes are: `likes.movie.of` says what `movie.of` says elsewhere.
  static let likesSection = "likes."

  /// The texts for ratings on this scale: where they are likes, nothing speaks of stars.
  package func speaking(of scale: RatingScale) throws -> Texts {
    guard scale.isLikes else { return self }
    var entries = entries
    for (name, entry) in entries where name.hasPrefix(Self.likesSection) {
      entries[String(name.dropFirst(Self.likesSection.count))] = entry
    }
    return try Texts(language: language, entries: entries, speaksOfLikes: true)
  }
}
