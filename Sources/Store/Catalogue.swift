import GRDB
import Ratings

/// The users or movies of the database in the order of their source ids, with their keys.
struct Catalogue<Item> {
  /// Primary keys, positive.
  var keys: [Int32] = []
  var items: [Item] = []
  /// Whether data files brought the row, and not a member alone.
  var isImported: [Bool] = []

  /// The position of each key; -1 for keys that no row has. Complexity: O(rows).
  var positions: [Int32] {
    var positions = [Int32](repeating: -1, count: Int(keys.max() ?? 0) + 1)
    for (position, key) in keys.enumerated() { positions[Int(key)] = Int32(position) }
    return positions
  }
}

extension Catalogue<User> {
  init(usersOf db: Database) throws {
    let rows = try RawStatement(
      "SELECT id, imported, source_id, age, gender, occupation FROM users ORDER BY source_id", in: db)
    while try rows.next() {
      keys.append(rows.int32(0))
      isImported.append(rows.int32(1) != 0)
      items.append(
        User(
          id: rows.sourceID(2), age: rows.optionalInt(3), gender: rows.optionalText(4),
          occupation: rows.optionalText(5)))
    }
  }
}

extension Catalogue<Movie> {
  init(moviesOf db: Database) throws {
    let rows = try RawStatement(
      "SELECT id, imported, source_id, title, year, imdb, tmdb, runtime, language FROM movies ORDER BY source_id",
      in: db)
    while try rows.next() {
      keys.append(rows.int32(0))
      isImported.append(rows.int32(1) != 0)
      items.append(
        Movie(
          id: rows.sourceID(2), title: rows.text(3), year: rows.optionalInt(4), imdbID: rows.optionalText(5),
          tmdbID: rows.optionalInt(6), runtime: rows.optionalInt(7), language: rows.optionalText(8)))
    }

    let positions = positions
    let genres = try RawStatement(
      "SELECT movie, name FROM movie_genres JOIN genres ON genres.id = genre ORDER BY movie, position", in: db)
    while try genres.next() { items[Int(positions[Int(genres.int32(0))])].genres.append(genres.text(1)) }
    let directors = try RawStatement("SELECT movie, name FROM movie_directors ORDER BY movie, position", in: db)
    while try directors.next() { items[Int(positions[Int(directors.int32(0))])].directors.append(directors.text(1)) }
  }
}
