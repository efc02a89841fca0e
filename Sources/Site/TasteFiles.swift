import Platform
import Precompute
import Ratings

/// What a visitor's browser fetches to predict and recommend: the compact model, and films with titles in small files.
///
///     taste/index.json              {"model": path, "films": path, "ids": path, "more": path}: names that change with what they hold
///     taste/model.<fingerprint>.bin `CompactModel`
///     taste/films.<fingerprint>.json
///       {"chunk": films a file, "titles": [paths], "genres": [names], "ids": […], "years": [0 where unknown],
///        "kinds": [a bit for each of the genres]}, all by film of the model; where they are known of some film also
///        "minutes": [0 where unknown] and "languages": [codes] with "spoken": [place in them from 1 on, 0 where unknown];
///        where a film stands under several ids also "twins": [[its places, rising], …]
///     taste/titles-<n>.<fingerprint>.json   [[title, address of the page, class of the poster], …]
///     taste/ids.<fingerprint>.json  {"imdb": [the digits of the id, 0 where unknown], "tmdb": [0 where unknown]}
///     taste/more.<fingerprint>.json [[id, title, year or 0, address of the page, IMDb or 0, TMDB or 0], …]: films that the
///       model does not know, for imports; none where it knows all
///
/// There are no files where a build has no model for browsers.
struct TasteFiles: Sendable {
  private(set) var files: [(path: String, bytes: [UInt8])] = []

  private static let filmsPerFile = 250
  /// As many as bits of a number that scripts shift.
  private static let mostGenres = 30

  init(_ context: PageContext) {
    let catalogue = context.catalogue
    let precomputed = catalogue.precomputed
    guard let browser = precomputed.browser else { return }
    let model = add("model", "bin", browser.starBytes)
    let lists = add("lists", "bin", browser.listBytes)
    var titles: [String] = []
    for start in stride(from: 0, to: browser.movies.count, by: Self.filmsPerFile) {
      let part = browser.movies[start..<min(start + Self.filmsPerFile, browser.movies.count)]
      var bytes: [UInt8] = []
      bytes.append(jsonList: part) { bytes, movie in
        let index = Int(movie)
        bytes.append(
          jsonList: [
            precomputed.movies[index].title, context.address.link(catalogue.movieFolders[index]),
            context.cards.posters[index],
          ]
        ) { $0.append(json: $1) }
      }
      titles.append(add("titles-\(titles.count)", "json", bytes))
    }
    let films = add("films", "json", Self.films(browser, titles: titles, in: catalogue))
    let ids = add("ids", "json", Self.ids(browser, in: catalogue))
    var index: [UInt8] = []
    index.append(#"{"model":"#)
    index.append(json: model)
    index.append(#","lists":"#)
    index.append(json: lists)
    index.append(#","films":"#)
    index.append(json: films)
    index.append(#","ids":"#)
    index.append(json: ids)
    if let more = Self.more(browser, context) {
      index.append(#","more":"#)
      index.append(json: add("more", "json", more))
    }
    index.append("}\n")
    files.append(("taste/index.json", index))
  }

  private static func films(_ browser: BrowserModel, titles: [String], in catalogue: Catalogue) -> [UInt8] {
    let movies = browser.movies.map { catalogue.precomputed.movies[Int($0)] }
    let genres = catalogue.genres.prefix(mostGenres).map(\.name)
    let bits = Dictionary(uniqueKeysWithValues: genres.enumerated().map { ($1, $0) })
    var bytes: [UInt8] = []
    bytes.append(#"{"chunk":"#)
    bytes.append(number: filmsPerFile)
    bytes.append(#","titles":"#)
    bytes.append(jsonList: titles) { $0.append(json: $1) }
    bytes.append(#","genres":"#)
    bytes.append(jsonList: genres) { $0.append(json: $1) }
    bytes.append(#","names":"#)
    bytes.append(jsonList: genres) { $0.append(json: catalogue.texts.genre($1)) }
    bytes.append(#","ids":"#)
    bytes.append(jsonList: movies) { $0.append(json: $1.id) }
    bytes.append(#","years":"#)
    bytes.append(jsonList: movies) { $0.append(number: $1.year ?? 0) }
    bytes.append(#","kinds":"#)
    bytes.append(jsonList: movies) { bytes, movie in
      bytes.append(number: movie.genres.reduce(0) { $0 | (bits[$1].map { 1 << $0 } ?? 0) })
    }
    if movies.contains(where: { $0.runtime != nil }) {
      bytes.append(#","minutes":"#)
      bytes.append(jsonList: movies) { $0.append(number: $1.runtime ?? 0) }
    }
    let languages = Set(movies.lazy.compactMap(\.language)).sorted()
    if !languages.isEmpty {
      let places = Dictionary(uniqueKeysWithValues: languages.enumerated().map { ($1, $0 + 1) })
      bytes.append(#","languages":"#)
      bytes.append(jsonList: languages) { $0.append(json: $1) }
      bytes.append(#","spoken":"#)
      bytes.append(jsonList: movies) { $0.append(number: $1.language.flatMap { places[$0] } ?? 0) }
    }
    let twins = Twins(movies).groups
    if !twins.isEmpty {
      bytes.append(#","twins":"#)
      bytes.append(jsonList: twins) { bytes, group in bytes.append(jsonList: group) { $0.append(number: Int($1)) } }
    }
    bytes.append("}\n")
    return bytes
  }

  /// What the movies are called at IMDb and TMDB.
  private static func ids(_ browser: BrowserModel, in catalogue: Catalogue) -> [UInt8] {
    let movies = browser.movies.map { catalogue.precomputed.movies[Int($0)] }
    var bytes: [UInt8] = []
    bytes.append(#"{"imdb":"#)
    bytes.append(jsonList: movies) { $0.append(number: $1.imdbNumber ?? 0) }
    bytes.append(#","tmdb":"#)
    bytes.append(jsonList: movies) { $0.append(number: $1.tmdbID ?? 0) }
    bytes.append("}\n")
    return bytes
  }

  /// The movies that the model does not know; nil where it knows all.
  private static func more(_ browser: BrowserModel, _ context: PageContext) -> [UInt8]? {
    let catalogue = context.catalogue
    let known = Set(browser.movies)
    let others = catalogue.precomputed.movies.indices.filter { !known.contains(Int32($0)) }
    guard !others.isEmpty else { return nil }
    var bytes: [UInt8] = []
    bytes.append(jsonList: others) { bytes, index in
      let movie = catalogue.precomputed.movies[index]
      bytes.append("[")
      bytes.append(json: movie.id)
      bytes.append(",")
      bytes.append(json: movie.title)
      bytes.append(",")
      bytes.append(number: movie.year ?? 0)
      bytes.append(",")
      bytes.append(json: context.address.link(catalogue.movieFolders[index]))
      for number in [movie.imdbNumber ?? 0, movie.tmdbID ?? 0] {
        bytes.append(",")
        bytes.append(number: number)
      }
      bytes.append("]")
    }
    return bytes
  }

  private mutating func add(_ name: String, _ ending: String, _ bytes: [UInt8]) -> String {
    var fingerprint = Fingerprint()
    fingerprint.add(bytes)
    let path = "taste/\(name).\(fingerprint.description.prefix(8)).\(ending)"
    files.append((path, bytes))
    return path
  }
}

extension Movie {
  /// The digits of the movie's id at IMDb: 114709 for "tt0114709".
  fileprivate var imdbNumber: Int? {
    guard let imdbID, imdbID.hasPrefix("tt"), let number = Int(imdbID.dropFirst(2)), number > 0 else { return nil }
    return number
  }
}
