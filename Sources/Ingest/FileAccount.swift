/// The account of a file of ratings: what its lines were.
///
/// `lines` is the sum of `ratings`, `unrated`, `notFilms`, `replaced` and `bad`, and the number of good ratings, including replaced ones,
/// is the sum of the three date counts.
package struct FileAccount: Equatable, Sendable, Codable {
  package internal(set) var path: String
  package let format: IngestFormat
  /// The user, if the file has one person's ratings.
  package internal(set) var user: String?
  /// Lines, records or entries that should have a rating.
  package internal(set) var lines = 0
  /// Ratings in the data set.
  package internal(set) var ratings = 0
  /// Entries without a rating: blank, or a code for that.
  package internal(set) var unrated = 0
  /// Entries about series, episodes, games.
  package internal(set) var notFilms = 0
  /// Ratings replaced by a later one of the same user and film, possibly in another file.
  package internal(set) var replaced = 0
  /// Lines that could not be read.
  package internal(set) var bad = 0
  package internal(set) var films = Films()
  package internal(set) var dates = Dates()

  /// How the films of a file were matched.
  package struct Films: Equatable, Sendable, Codable {
    package internal(set) var byID = 0
    package internal(set) var byTitle = 0
    /// Films that no catalogue knows.
    package internal(set) var added = 0

    private enum CodingKeys: String, CodingKey {
      case byID = "by_id"
      case byTitle = "by_title"
      case added
    }
  }

  /// The times of good ratings.
  package struct Dates: Equatable, Sendable, Codable {
    package internal(set) var read = 0
    package internal(set) var missing = 0
    package internal(set) var unreadable = 0
  }

  private enum CodingKeys: String, CodingKey {
    case path, format, user, lines, ratings, unrated, replaced, bad, films, dates
    case notFilms = "not_films"
  }

  init(path: String, format: IngestFormat) {
    self.path = path
    self.format = format
  }

  /// The same with a path that does not show `folder`.
  package func within(_ folder: String) -> FileAccount {
    var account = self
    account.path = path.replacing(folder + "/", with: "")
    return account
  }

  /// Whether every line is accounted for.
  package var addsUp: Bool {
    lines == ratings + unrated + notFilms + replaced + bad
      && ratings + replaced == dates.read + dates.missing + dates.unreadable
  }
}

extension FileAccount: CustomStringConvertible {
  /// The account in one line for people; zeros are left out.
  package var description: String {
    let parts = [
      (ratings, "ratings"), (unrated, "unrated"), (notFilms, "not films"), (replaced, "replaced"), (bad, "bad"),
    ]
    let found = [(films.byID, "by id"), (films.byTitle, "by title"), (films.added, "added")]
    let known = [(dates.read, "read"), (dates.missing, "missing"), (dates.unreadable, "unreadable")]
    func words(_ counts: [(Int, String)], _ mark: String) -> String {
      let shown = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
      return shown.isEmpty ? "none" : shown.joined(separator: mark)
    }
    let whose = user.map { " of “\($0)”" } ?? ""
    return
      "\(path) (\(format.rawValue))\(whose): \(counted(lines, "line")) = \(words(parts, " + ")); films: \(words(found, ", ")); "
      + "dates: \(words(known, ", "))"
  }
}
