import Ratings

/// How data files change the database.
enum ImportMode {
  /// What was imported becomes equal to the data.
  case replace
  /// The data come on top of what is there.
  case add
}

/// A user or movie: an id and facts that may be missing.
protocol CatalogueItem: Equatable {
  var id: SourceID { get }
  /// The same with what `other` knows and this does not.
  func filled(from other: Self) -> Self
}

extension User: CatalogueItem {
  func filled(from other: User) -> User {
    User(
      id: id, age: age ?? other.age, gender: gender ?? other.gender, occupation: occupation ?? other.occupation)
  }
}

extension Movie: CatalogueItem {
  func filled(from other: Movie) -> Movie {
    // A data set without titles calls a movie by its id.
    let isUntitled = title.isEmpty || title == id.description
    return Movie(
      id: id, title: isUntitled ? other.title : title, year: year ?? other.year,
      genres: genres.isEmpty ? other.genres : genres, directors: directors.isEmpty ? other.directors : directors,
      imdbID: imdbID ?? other.imdbID, tmdbID: tmdbID ?? other.tmdbID,
      runtime: runtime ?? other.runtime, language: language ?? other.language)
  }
}

/// What must happen to a catalogue so that it holds the users or movies of a data set.
struct CatalogueDifference<Item> {
  /// For each incoming item its key.
  var keys: [Int32] = []
  var added: [(key: Int32, item: Item)] = []
  var replaced: [(key: Int32, item: Item)] = []
  /// Keys of imported rows that the data no longer have.
  var removed: [Int32] = []
  var unchanged = 0

  var counts: StoreChange.Counts {
    .init(added: added.count, replaced: replaced.count, removed: removed.count, unchanged: unchanged)
  }
}

extension Catalogue where Item: CatalogueItem {
  /// One walk along both lists, which are sorted by id. Complexity: O(stored + incoming).
  func difference(to incoming: [Item], mode: ImportMode) -> CatalogueDifference<Item> {
    var difference = CatalogueDifference<Item>()
    difference.keys.reserveCapacity(incoming.count)
    var nextKey = (keys.max() ?? 0) + 1
    var position = 0
    func passStored(before id: SourceID?) {
      while position < items.count, id.map({ items[position].id < $0 }) ?? true {
        if mode == .replace, isImported[position] { difference.removed.append(keys[position]) }
        position += 1
      }
    }
    for item in incoming {
      passStored(before: item.id)
      if position < items.count, !(item.id < items[position].id) {
        let merged = mode == .replace ? item : items[position].filled(from: item)
        if merged == items[position], isImported[position] {
          difference.unchanged += 1
        } else {
          difference.replaced.append((keys[position], merged))
        }
        difference.keys.append(keys[position])
        position += 1
      } else {
        difference.added.append((nextKey, item))
        difference.keys.append(nextKey)
        nextKey += 1
      }
    }
    passStored(before: nil)
    return difference
  }
}
