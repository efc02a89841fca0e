/// What a change did to the database.
package struct StoreChange: Equatable, Sendable {
  /// How many rows were new, took the place of others, went, or were there already.
  package struct Counts: Equatable, Sendable {
    package var added = 0
    package var replaced = 0
    package var removed = 0
    package var unchanged = 0

    package init(added: Int = 0, replaced: Int = 0, removed: Int = 0, unchanged: Int = 0) {
      self.added = added
      self.replaced = replaced
      self.removed = removed
      self.unchanged = unchanged
    }

    package var isUnchanged: Bool { added == 0 && replaced == 0 && removed == 0 }
  }

  package var users = Counts()
  package var movies = Counts()
  /// Those set aside for validation included.
  package var ratings = Counts()
  package var tags = Counts()
  package var scaleChanged = false

  package init() {}

  /// Whether the database is as it was.
  package var isUnchanged: Bool {
    users.isUnchanged && movies.isUnchanged && ratings.isUnchanged && tags.isUnchanged && !scaleChanged
  }
}

extension StoreChange: CustomStringConvertible {
  /// One line, such as "users: 610 added; movies: 9742 added; ratings: 100836 added".
  package var description: String {
    guard !isUnchanged else { return "nothing new" }
    var parts: [String] = []
    for (name, counts) in [("users", users), ("movies", movies), ("ratings", ratings), ("tags", tags)] {
      let verbs = [("added", counts.added), ("replaced", counts.replaced), ("removed", counts.removed)]
      let words = verbs.filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }
      if !words.isEmpty { parts.append("\(name): \(words.joined(separator: ", "))") }
    }
    if scaleChanged { parts.append("another rating scale") }
    return parts.joined(separator: "; ")
  }
}
