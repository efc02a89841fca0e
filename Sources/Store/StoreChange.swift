/// What a change did to the database.
public struct StoreChange: Equatable, Sendable {
  /// How many rows were new, took the place of others, went, or were there already.
  public struct Counts: Equatable, Sendable {
    public var added = 0
    public var replaced = 0
    public var removed = 0
    public var unchanged = 0

    public init(added: Int = 0, replaced: Int = 0, removed: Int = 0, unchanged: Int = 0) {
      self.added = added
      self.replaced = replaced
      self.removed = removed
      self.unchanged = unchanged
    }

    public var isUnchanged: Bool { added == 0 && replaced == 0 && removed == 0 }
  }

  public var users = Counts()
  public var movies = Counts()
  /// Those set aside for validation included.
  public var ratings = Counts()
  public var tags = Counts()
  public var scaleChanged = false

  public init() {}

  /// Whether the database is as it was.
  public var isUnchanged: Bool {
    users.isUnchanged && movies.isUnchanged && ratings.isUnchanged && tags.isUnchanged && !scaleChanged
  }
}

extension StoreChange: CustomStringConvertible {
  /// One line, such as "users: 610 added; movies: 9742 added; ratings: 100836 added".
  public var description: String {
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
