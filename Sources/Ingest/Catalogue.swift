import Ratings

/// Movies and users read so far, by index in order of arrival.
struct Catalogue {
  /// The longest title that is accepted, in bytes of UTF-8.
  static let maximumTitleLength = 2_000

  /// Facts about one movie; files may come in any order.
  struct MovieFacts {
    /// Whether a catalogue lists the movie, with or without a title.
    var isListed = false
    var title: String?
    var year: Int?
    var genres: [String] = []
    var directors: [String] = []
    var imdbID: String?
    var tmdbID: Int?
    var runtime: Int?
    var language: String?
  }

  struct UserFacts {
    var isListed = false
    var age: Int?
    var gender: String?
    var occupation: String?
  }

  var movies: [MovieFacts] = []
  var users: [UserFacts] = []

  /// Adds facts about a movie.
  mutating func updateMovie(_ index: Int32, _ change: (inout MovieFacts) -> Void) {
    while movies.count <= Int(index) { movies.append(MovieFacts()) }
    change(&movies[Int(index)])
  }

  mutating func updateUser(_ index: Int32, _ change: (inout UserFacts) -> Void) {
    while users.count <= Int(index) { users.append(UserFacts()) }
    change(&users[Int(index)])
  }

  func isMovieListed(_ index: Int) -> Bool { index < movies.count && movies[index].isListed }
  func isUserListed(_ index: Int) -> Bool { index < users.count && users[index].isListed }

  func movie(_ index: Int, id: SourceID) -> Movie {
    let facts = index < movies.count ? movies[index] : MovieFacts()
    return Movie(
      id: id, title: facts.title ?? id.description, year: facts.year, genres: facts.genres, directors: facts.directors,
      imdbID: facts.imdbID ?? Self.imdbID(of: id), tmdbID: facts.tmdbID,
      runtime: facts.runtime, language: facts.language)
  }

  func user(_ index: Int, id: SourceID) -> User {
    guard index < users.count else { return User(id: id) }
    return User(id: id, age: users[index].age, gender: users[index].gender, occupation: users[index].occupation)
  }

  /// An id that is itself an IMDb id: "tt0114709".
  private static func imdbID(of id: SourceID) -> String? {
    guard case .text(let text) = id, text.hasPrefix("tt"), text.utf8.count >= 9 else { return nil }
    return Text.imdbID(text)
  }
}

extension Catalogue.MovieFacts {
  /// Takes over a catalogue's values; missing ones do not overwrite.
  mutating func list(_ title: Title?, genres: [String] = [], directors: [String] = [], year: Int? = nil) {
    isListed = true
    if let title, !title.text.isEmpty { self.title = title.text }
    self.year = year ?? title?.year ?? self.year
    if !genres.isEmpty { self.genres = genres }
    if !directors.isEmpty { self.directors = directors }
  }

  /// Takes over how long the film is and what is spoken in it; what is unknown leaves the facts as they are.
  mutating func list(runtime: Int?, language: String?) {
    self.runtime = runtime ?? self.runtime
    self.language = language ?? self.language
  }
}
