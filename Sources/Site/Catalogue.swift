package import Precompute
package import Ratings
import Templates

/// The movies and members as the pages show them: addresses, rankings and cards, worked out once.
package struct Catalogue: Sendable {
  /// The movies of a genre or decade, best known first.
  package struct Shelf: Sendable {
    /// As the data spells it.
    package let name: String
    /// As the site's language calls it.
    package let title: String
    package let folder: String
    package let motif: String
    package fileprivate(set) var movies: [Int32]
  }

  package let precomputed: Precomputed
  package let texts: Texts
  /// Per movie: its folder, such as "movies/1-toy-story/".
  package let movieFolders: [String]
  /// Per movie: its id as a file name.
  package let movieNames: [String]
  /// Per user: the id as a file name.
  package let userNames: [String]
  /// All movies, most rated first, then the higher mean.
  package let ranking: [Int32]
  /// All movies by title.
  package let alphabet: [(letter: String, movie: Int32)]
  /// The letters of `alphabet` and where each begins.
  let letters: [(letter: String, first: Int)]
  /// The mean of all ratings; 0 where there is none.
  let meanRating: Double
  /// The largest genre first.
  package let genres: [Shelf]
  /// The newest decade first.
  package let decades: [Shelf]
  /// Genre to its shelf's folder.
  let genreFolders: [String: String]
  /// All genres, the most telling first.
  private let genreTitles: [String]
  /// Per movie: positions in `genreTitles`, rising, so the most telling genre comes first.
  private let movieGenres: Ragged<Int32>

  package init(_ precomputed: Precomputed, texts: Texts) {
    self.precomputed = precomputed
    self.texts = texts
    let movies = precomputed.movies
    var names = UniqueNames()
    movieNames = movies.map { names.claim($0.id) }
    var folders = UniqueNames()
    movieFolders = zip(movies, movieNames).map { movie, name in
      let slug = Slug.of(movie.title)
      return "movies/" + folders.claim(name + "-" + (slug.isEmpty ? "film" : slug), key: movie.id.description) + "/"
    }
    var members = UniqueNames(reserved: ["page", "index.html"])
    userNames = precomputed.users.map { members.claim($0.id) }

    ranking = movies.indices.map { Int32($0) }.sorted { left, right in
      let a = precomputed.statistics(ofMovie: Int(left))
      let b = precomputed.statistics(ofMovie: Int(right))
      return a.count != b.count ? a.count > b.count : a.mean != b.mean ? a.mean > b.mean : left < right
    }
    alphabet = Self.alphabet(of: movies)

    var letters: [(letter: String, first: Int)] = []
    for (position, title) in alphabet.enumerated() where letters.last?.letter != title.letter {
      letters.append((title.letter, position))
    }
    self.letters = letters
    var sum = 0.0
    var count = 0
    for statistics in precomputed.movieStatistics {
      sum += Double(statistics.mean) * Double(statistics.count)
      count += statistics.count
    }
    meanRating = count > 0 ? sum / Double(count) : 0

    var byGenre: [String: [Int32]] = [:]
    var byDecade: [Int: [Int32]] = [:]
    for movie in ranking {
      for genre in movies[Int(movie)].genres where byGenre[genre]?.last != movie {
        byGenre[genre, default: []].append(movie)
      }
      if let decade = movies[Int(movie)].decade { byDecade[decade, default: []].append(movie) }
    }
    var genreNames = UniqueNames(reserved: ["page", "index.html"])
    let shelves = byGenre.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { name, movies in
      let slug = Slug.of(name)
      let part = genreNames.claim(slug.isEmpty ? "" : slug, key: name)
      return Shelf(
        name: name, title: texts.genre(name), folder: "genres/\(part)/", motif: PosterArt.motif(of: [name]),
        movies: movies)
    }
    genreTitles = PosterArt.tellingFirst(shelves.map(\.name))
    let ranks = Dictionary(uniqueKeysWithValues: genreTitles.enumerated().map { ($1, Int32($0)) })
    var movieGenres = Ragged<Int32>()
    for movie in movies { movieGenres.appendRow(Set(movie.genres.compactMap { ranks[$0] }).sorted()) }
    self.movieGenres = movieGenres
    genreFolders = Dictionary(uniqueKeysWithValues: shelves.map { ($0.name, $0.folder) })
    genres = shelves.enumerated()
      .sorted { ($1.element.movies.count, $0.offset) < ($0.element.movies.count, $1.offset) }.map(\.element)
    decades = byDecade.sorted { $0.key > $1.key }.map { decade, movies in
      Shelf(
        name: String(decade), title: texts(.decade, ["decade": String(decade)]), folder: "decades/\(decade)s/",
        motif: PosterArt.motif(ofDecade: decade), movies: movies)
    }
  }

  /// Sorted as libraries do: accents and a leading article do not count, titles without Latin letters come last.
  private static func alphabet(of movies: [Movie]) -> [(letter: String, movie: Int32)] {
    let keyed = movies.enumerated().map { index, movie in
      var words = Slug.words(of: movie.title)
      if words.count > 1, let first = words.first, ["the", "a", "an"].contains(first) { words.removeFirst() }
      let key = words.isEmpty ? "~" + movie.title : words.joined(separator: " ")
      let first = key.utf8.first ?? 0
      let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first)
      let letter = isLetter ? String(UnicodeScalar(first - 32)) : first == UInt8(ascii: "~") ? "…" : "0–9"
      return (key: key, letter: letter, year: movie.year ?? 0, index: Int32(index))
    }
    return keyed.sorted { left, right in
      if left.key != right.key { return left.key.utf8.lexicographicallyPrecedes(right.key.utf8) }
      return (left.year, left.index) < (right.year, right.index)
    }.map { ($0.letter, $0.index) }
  }
}

extension Catalogue {
  /// The genre that says most about a movie; empty where it has none.
  package func mainGenre(of movie: Int) -> String { movieGenres[movie].first.map { genreTitles[Int($0)] } ?? "" }

  /// Why two movies are similar, in a few words of the site's language.
  func reason(for similar: SimilarMovie, to movie: Int) -> String {
    var words: [String] = []
    if similar.sharedUsers > 0 { words.append(texts.count(.sharedPeople, Int(similar.sharedUsers))) }
    let others = precomputed.movies[Int(similar.movie)].genres
    let shared = precomputed.movies[movie].genres.filter { others.contains($0) }.prefix(2).map { texts.genre($0) }
    if shared.count == 1 { words.append(texts(.sharedGenre, ["genre": shared[0]])) }
    if shared.count == 2 { words.append(texts(.sharedGenres, ["first": shared[0], "second": shared[1]])) }
    return words.isEmpty ? texts(.wellKnown) : words.joined(separator: "\u{a0}· ")
  }
}

extension SimilarMovie {
  /// Why this movie is similar to `other`, as JSON and the command line say it: "83 people rated both · both Sci-Fi".
  package func reason(to other: Movie, movies: [Movie]) -> String {
    var reason = ""
    if sharedUsers > 0 { reason = Numerals.count(Int(sharedUsers), "person", "people") + " rated both" }
    let shared = other.genres.filter { movies[Int(movie)].genres.contains($0) }.prefix(2)
    if !shared.isEmpty {
      reason += (reason.isEmpty ? "both " : " · both ") + shared.joined(separator: " and ")
    }
    return reason.isEmpty ? "well known" : reason
  }
}

extension Precomputed {
  /// How a movie was rated; no ratings where nothing is known.
  func statistics(ofMovie movie: Int) -> RatingStatistics {
    movie < movieStatistics.count ? movieStatistics[movie] : RatingStatistics(count: 0, mean: 0, histogram: [])
  }

  /// People with the same taste; none where nothing is known.
  func similarUsers(ofUser user: Int) -> ArraySlice<SimilarUser> {
    user < similarUsers.rowCount ? similarUsers[user] : []
  }

  /// How a user rates; no ratings where nothing is known.
  func statistics(ofUser user: Int) -> RatingStatistics {
    user < userStatistics.count ? userStatistics[user] : RatingStatistics(count: 0, mean: 0, histogram: [])
  }

  func tags(ofMovie movie: Int) -> [String] { movie < movieTags.count ? movieTags[movie] : [] }

  func similarMovies(to movie: Int) -> ArraySlice<SimilarMovie> { movie < similar.rowCount ? similar[movie] : [] }

  func favourites(ofUser user: Int) -> ArraySlice<FavouriteMovie> {
    user < favourites.rowCount ? favourites[user] : []
  }

  /// The list of a user with reasons, empty where the model made none.
  func entries(
    of list: RecommendationList, user: Int
  ) -> [(recommendation: Recommendation, reasons: ArraySlice<Reason>)] {
    guard user < list.entries.rowCount else { return [] }
    return (list.entries.offsets[user]..<list.entries.offsets[user + 1]).map { entry in
      (list.entries.elements[entry], entry < list.reasons.rowCount ? list.reasons[entry] : [])
    }
  }
}
