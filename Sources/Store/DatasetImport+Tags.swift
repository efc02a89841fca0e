import GRDB
import Ratings

/// A tag with the primary keys of its movie and user; user 0 where nobody is named.
private struct KeyedTag: Hashable {
  var movie: Int32
  var user: Int32
  var text: String
  var time: UInt32
}

extension DatasetImport {
  /// Tags are few and carry nothing else: where one changes, all are written again, in the order of a data set.
  mutating func writeTags(userKeys: [Int32], movieKeys: [Int32]) throws {
    var stored: [KeyedTag] = []
    let rows = try RawStatement("SELECT movie, ifnull(user, 0), text, time FROM tags ORDER BY id", in: db)
    while try rows.next() {
      stored.append(
        KeyedTag(
          movie: rows.int32(0), user: rows.int32(1), text: rows.text(2), time: UInt32(truncatingIfNeeded: rows.int64(3))
        ))
    }
    let incoming = dataset.tags.map { tag in
      KeyedTag(
        movie: movieKeys[Int(tag.movie)], user: tag.user < 0 ? 0 : userKeys[Int(tag.user)], text: tag.text,
        time: tag.time)
    }
    if incoming == stored {
      change.tags.unchanged = stored.count
      return
    }

    let known = Set(stored)
    let new = incoming.filter { !known.contains($0) }
    change.tags.added = new.count
    change.tags.unchanged = incoming.count - new.count
    switch mode {
    case .replace:
      let wanted = Set(incoming)
      change.tags.removed = stored.count { !wanted.contains($0) }
      try write(incoming)
    case .add:
      if !new.isEmpty { try write(try inOrder(stored + new)) }
    }
  }

  /// By movie, user, text and time.
  private func inOrder(_ tags: [KeyedTag]) throws -> [KeyedTag] {
    let users = try Catalogue(usersOf: db).positions
    let movies = try Catalogue(moviesOf: db).positions
    return tags.sorted { left, right in
      let a = (movies[Int(left.movie)], left.user == 0 ? -1 : users[Int(left.user)], left.text, left.time)
      let b = (movies[Int(right.movie)], right.user == 0 ? -1 : users[Int(right.user)], right.text, right.time)
      return a < b
    }
  }

  private func write(_ tags: [KeyedTag]) throws {
    try db.execute(sql: "DELETE FROM tags")
    let insert = try RawStatement("INSERT INTO tags (movie, user, text, time) VALUES (?, ?, ?, ?)", in: db)
    for tag in tags {
      insert.bind(tag.movie, at: 0)
      insert.bind(tag.user == 0 ? nil : Int(tag.user), at: 1)
      insert.bind(tag.text, at: 2)
      insert.bind(Int64(tag.time), at: 3)
      try insert.run()
    }
  }
}
