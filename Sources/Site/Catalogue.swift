import Artwork
package import LinearAlgebra
import Platform
package import Precompute
package import Ratings
import Templates

/// The movies and members as the pages show them: addresses, rankings and cards, worked out once.
package struct Catalogue: Sendable {
  package private(set) var precomputed: Precomputed
  package let texts: Texts
  /// Per movie: its folder, such as "movies/1-toy-story/".
  package let movieFolders: [String]
  /// Per movie: its id as a file name.
  package let movieNames: [String]
  /// Per user: the id as a file name.
  package private(set) var userNames: [String]
  /// All movies, most rated first, then the higher mean.
  package let ranking: [Int32]
  /// All movies by title.
  package let alphabet: [(letter: String, movie: Int32)]
  /// The letters of `alphabet` and where each begins.
  let letters: [(letter: String, first: Int)]
  /// The mean of all ratings; 0 where there is none.
  let meanRating: Double
  /// Films under several ids.
  let twins: Twins
  /// Of each kind: the largest genre and the most used tag first, the newest decade first.
  package let shelves: [ShelfKind: [Shelf]]
  /// Tag in lower case to its shelf's folder.
  let tagFolders: [String: String]
  /// Genre to its shelf's folder.
  let genreFolders: [String: String]
  /// All genres, the most telling first, and as the language calls them.
  private let genreTitles: [String]
  private let genreLabels: [String]
  /// Per movie: a position in `genreTitles`, or -1.
  private let mainGenres: [Int32]
  let reasons: SimilarityReasons
  let closeness: Closeness
  /// Per movie: the beginning of a JSON object about it.
  let references: Ragged<UInt8>

  /// The names under `users/` that are no member's.
  static let reservedMemberNames = ["page", "index.html", "member", "packed"]

  package init(
    _ precomputed: Precomputed, texts: Texts, memberNames: MemberNames = .files, threads: ThreadCount = .allCores
  ) {
    self.precomputed = precomputed
    self.texts = texts
    let movies = precomputed.movies
    ((alphabet, twins), (movieNames, movieFolders, ranking)) = threads.both(
      { (Self.alphabet(of: movies), Twins(movies)) },
      {
        let (names, folders) = Self.addresses(of: movies)
        return (names, folders, Self.ranking(of: precomputed))
      })
    reasons = SimilarityReasons(movies, texts: texts)
    closeness = Closeness(precomputed)
    var references = Ragged<UInt8>()
    for movie in movies {
      var reference: [UInt8] = []
      reference.append(jsonReference: movie)
      references.appendRow(reference)
    }
    self.references = references
    userNames = memberNames.names(of: precomputed.users)

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

    let mean = meanRating
    let counts = precomputed.movieStatistics.map(\.count).filter { $0 > 0 }.sorted()
    let usual = max(3, counts.isEmpty ? 0 : counts[counts.count / 2])
    let best = movies.indices.map { movie -> Double in
      let statistics = precomputed.statistics(ofMovie: movie)
      let damping = Double(max(5, usual))
      return (Double(statistics.mean) * Double(statistics.count) + damping * mean)
        / (Double(statistics.count) + damping)
    }
    let years = movies.map { $0.year ?? 0 }

    var byGenre: [String: [Int32]] = [:]
    var byDecade: [Int: [Int32]] = [:]
    var byTag: [String: (spelling: String, movies: [Int32])] = [:]
    for movie in ranking {
      for genre in movies[Int(movie)].genres where byGenre[genre]?.last != movie {
        byGenre[genre, default: []].append(movie)
      }
      if let decade = movies[Int(movie)].decade { byDecade[decade, default: []].append(movie) }
      for tag in precomputed.tags(ofMovie: Int(movie)) where byTag[tag.lowercased()]?.movies.last != movie {
        byTag[tag.lowercased(), default: (tag, [])].movies.append(movie)
      }
    }
    var genreNames = UniqueNames(reserved: ["page", "index.html"])
    let genres = byGenre.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { name, movies in
      let part = genreNames.claim(Slug.of(name), key: name)
      return Shelf(
        .genre, name: name, title: texts.genre(name), folder: "genres/\(part)/", motif: PosterArt.motif(of: [name]),
        movies: movies, best: best, years: years)
    }
    genreTitles = PosterArt.tellingFirst(genres.map(\.name))
    let ranks = Dictionary(uniqueKeysWithValues: genreTitles.enumerated().map { ($1, Int32($0)) })
    var movieGenres = Ragged<Int32>()
    for movie in movies { movieGenres.appendRow(Set(movie.genres.compactMap { ranks[$0] }).sorted()) }
    genreLabels = genreTitles.map { texts.genre($0) }
    // IMAX tells how a film is shown, not what it is.
    let formats = Set(ranks.filter { Slug.of($0.key) == "imax" }.values)
    mainGenres = precomputed.mainGenres(movieGenres, besides: formats, genreCount: genreTitles.count, threads: threads)
    genreFolders = Dictionary(uniqueKeysWithValues: genres.map { ($0.name, $0.folder) })

    var tagNames = UniqueNames(reserved: ["page", "index.html"])
    let tags = byTag.filter { $0.value.movies.count >= Self.fewestOfTag }
      .sorted { ($1.value.movies.count, $0.key) < ($0.value.movies.count, $1.key) }.prefix(Self.mostTags)
      .map { key, tag in
        let part = tagNames.claim(Slug.of(key), key: key)
        return (
          key,
          Shelf(
            .tag, name: key, title: tag.spelling, folder: "tags/\(part)/",
            motif: PosterArt.motif(of: movies[Int(tag.movies[0])].genres), movies: tag.movies, best: best)
        )
      }
    tagFolders = Dictionary(uniqueKeysWithValues: tags.map { ($0.0, $0.1.folder) })

    let byFame = ranking
    let moods = Mood.allCases.map { mood -> Shelf in
      let strong = byFame.compactMap { movie in
        mood.strength(
          of: precomputed.statistics(ofMovie: Int(movie)), best: best[Int(movie)], mean: mean, usual: usual
        ).map { (strength: $0, movie: movie) }
      }
      let sorted = strong.enumerated().sorted {
        ($1.element.strength, $0.offset) < ($0.element.strength, $1.offset)
      }
      return Shelf(
        .mood, name: mood.rawValue, title: texts(mood.name), note: texts(mood.note), folder: "moods/\(mood.rawValue)/",
        motif: mood.motif, movies: sorted.prefix(Mood.length(of: movies.count)).map(\.element.movie))
    }
    shelves = [
      .genre: genres.enumerated()
        .sorted { ($1.element.movies.count, $0.offset) < ($0.element.movies.count, $1.offset) }.map(\.element),
      .decade: byDecade.sorted { $0.key > $1.key }.map { decade, movies in
        Shelf(
          .decade, name: String(decade), title: texts(.decade, ["decade": String(decade)]),
          folder: "decades/\(decade)s/", motif: PosterArt.motif(ofDecade: decade), movies: movies, best: best,
          years: years)
      },
      .mood: moods.filter { !$0.movies.isEmpty }, .tag: tags.map(\.1),
    ]
  }

  /// The same movies with other users.
  init(_ other: Catalogue, precomputed: Precomputed, userNames: [String]) {
    self = other
    self.precomputed = precomputed
    self.userNames = userNames
  }

  /// The fewest movies for which a tag has a page.
  private static let fewestOfTag = 3
  /// How many tags have a page.
  private static let mostTags = 400

  package var genres: [Shelf] { shelves[.genre] ?? [] }
  package var decades: [Shelf] { shelves[.decade] ?? [] }
}

extension Catalogue {
  /// The genre that says most about a movie; empty where it has none.
  package func mainGenre(of movie: Int) -> String {
    mainGenres[movie] < 0 ? "" : genreTitles[Int(mainGenres[movie])]
  }

  /// The same as the language calls it.
  func mainGenreLabel(of movie: Int) -> String { mainGenres[movie] < 0 ? "" : genreLabels[Int(mainGenres[movie])] }

  /// Why two movies are similar, in a few words of the site's language.
  ///
  /// - Parameter measure: by which they are similar; nil for the same kind.
  func reason(for similar: SimilarMovie, to movie: Int, measure: SimilarityMeasure?) -> String {
    var director: String?
    if measure == nil {
      let directors = precomputed.movies[movie].directors
      if !directors.isEmpty {
        director = precomputed.movies[Int(similar.movie)].directors.first { directors.contains($0) }
      }
    }
    return reasons.text(for: similar, to: movie, director: director, measure: measure)
  }
}

extension SimilarMovie {
  /// Why this movie is similar to `other`, as JSON and the command line say it: "83 people rated both · both Sci-Fi".
  package func reason(to other: Movie, movies: [Movie]) -> String {
    let own = movies[Int(movie)].genres
    let shared = other.genres.filter(own.contains)
    return reason(sharing: shared.first, and: shared.dropFirst().first)
  }

  /// - Parameters:
  ///   - first: a genre of both.
  ///   - second: another.
  func reason(sharing first: String?, and second: String?) -> String {
    var reason = ""
    if sharedUsers > 0 { reason = Numerals.count(Int(sharedUsers), "person", "people") + " rated both" }
    if let first { reason += (reason.isEmpty ? "both " : " · both ") + first }
    if let second { reason += " and " + second }
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

extension Precomputed {
  /// The genre of each movie that the films like it share beyond what is common: a drama with a war in it is a drama, a drama
  /// beside war films a war film. Where no film is like it, or as many share several, the most specific.
  ///
  /// - Parameters:
  ///   - movieGenres: of each movie, the most telling first.
  ///   - formats: what is a main genre only of a movie that has no other.
  /// - Returns: a genre of each movie, or -1.
  fileprivate func mainGenres(
    _ movieGenres: Ragged<Int32>, besides formats: Set<Int32>, genreCount: Int, threads: ThreadCount
  ) -> [Int32] {
    // Two films more, of everyday genres, so that few neighbours do not decide.
    let damping = 2.0
    var counts = [Double](repeating: 0, count: genreCount)
    for genre in movieGenres.elements { counts[Int(genre)] += 1 }
    let shares = counts.map { $0 / Double(max(1, movieGenres.rowCount)) }
    let (offsets, elements) = (movieGenres.offsets, movieGenres.elements)
    return threads.map(movies.count, blockSize: 512) { movie in
      let all = movieGenres[movie]
      let own: [Int32] = all.filter { !formats.contains($0) }
      guard let first = own.first, own.count > 1 else { return own.first ?? all.first ?? -1 }
      let neighbours = similarMovies(to: movie)
      guard !neighbours.isEmpty else { return first }
      var common = [Double](repeating: 0, count: own.count)
      for neighbour in neighbours {
        for position in offsets[Int(neighbour.movie)]..<offsets[Int(neighbour.movie) + 1] {
          if let place = own.firstIndex(of: elements[position]) { common[place] += 1 }
        }
      }
      var best = (genre: first, value: -Double.infinity)
      for (genre, common) in zip(own, common) {
        let share = shares[Int(genre)]
        let value = (common + damping * share) / (Double(neighbours.count) + damping) / share.squareRoot()
        if value > best.value { best = (genre, value) }
      }
      return best.genre
    }
  }
}
