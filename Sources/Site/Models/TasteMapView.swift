import Platform
import Precompute
import Ratings
import Templates

/// The map of taste: JSON for `assets/taste-map.js`, and a table of what is near what.
struct TasteMapView {
  let context: PageContext

  private var map: TasteMap { context.precomputed.tasteMap }

  static let model = PageModel<TasteMapView>("taste map") {
    List(
      "mapRows", "The best known films with what is near them on the map, at most 40.", announcedBy: "hasMap",
      of: Row.model
    ) { view in
      view.map.movies.indices.prefix(rowCount).lazy.map { Row(place: $0, view: view) }
    }
    Text("mapCount", "How many films the map has, in words.") { $0.context.texts.count(.films, $0.map.movies.count) }
  }

  /// How many of the best known films the table has, and how many near ones it names.
  private static let rowCount = 40
  private static let nearCount = 3

  private struct Row {
    let place: Int
    let view: TasteMapView

    var movie: Int { Int(view.map.movies[place]) }

    static let model = PageModel<Row>("map row") {
      Text("title", "The film's title.") { $0.view.link($0.movie).title }
      Text("path", "The film's page, behind `root`.") { $0.view.link($0.movie).path }
      Number("year", "The film's year; absent where it is not known.") {
        $0.view.context.precomputed.movies[$0.movie].year
      }
      Text("genre", "The genre that says most about the film; may be empty.") {
        $0.view.context.texts.genre($0.view.context.catalogue.mainGenre(of: $0.movie))
      }
      List("near", "The three nearest films on the map.", of: Link.model) { row in
        TasteMapView.nearest(to: row.place, on: row.view.map).lazy.map { row.view.link(Int(row.view.map.movies[$0])) }
      }
    }
  }

  private func link(_ movie: Int) -> Link {
    context.link(context.precomputed.movies[movie].title, to: context.catalogue.movieFolders[movie])
  }

  fileprivate static func nearest(to place: Int, on map: TasteMap) -> ArraySlice<Int> {
    func square(_ other: Int) -> Float {
      let (x, y) = (map.x[place] - map.x[other], map.y[place] - map.y[other])
      return x * x + y * y
    }
    return map.movies.indices.filter { $0 != place }.sorted { (square($0), $0) < (square($1), $1) }.prefix(nearCount)
  }

  /// `api/taste-map.json`: columns of titles, years, folders, genres, numbers of ratings and places, 0 to 1.
  static func append(
    _ catalogue: Catalogue, texts: Texts, linkStyle: SiteConfiguration.LinkStyle, to bytes: inout [UInt8]
  ) {
    let map = catalogue.precomputed.tasteMap
    let movies = catalogue.precomputed.movies
    var counts: [String: Int] = [:]
    for movie in map.movies { counts[catalogue.mainGenre(of: Int(movie)), default: 0] += 1 }
    let genres = counts.filter { !$0.key.isEmpty }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    let places = Dictionary(uniqueKeysWithValues: genres.enumerated().map { ($1, $0) })
    func list(_ name: String, _ body: (inout [UInt8], Int32) -> Void) {
      bytes.append(",\"\(name)\":")
      bytes.append(jsonList: map.movies, body)
    }
    bytes.append(#"{"page":"#)
    bytes.append(json: linkStyle == .files ? "index.html" : "")
    bytes.append(#","genres":"#)
    bytes.append(jsonList: genres) { $0.append(json: texts.genre($1)) }
    list("title") { $0.append(json: movies[Int($1)].title) }
    list("year") { $0.append(number: movies[Int($1)].year ?? 0) }
    list("folder") { $0.append(json: catalogue.movieFolders[Int($1)]) }
    list("genre") { $0.append(number: places[catalogue.mainGenre(of: Int($1))] ?? -1) }
    list("ratings") { $0.append(number: catalogue.precomputed.statistics(ofMovie: Int($1)).count) }
    for (name, values) in [("x", map.x), ("y", map.y)] {
      bytes.append(",\"\(name)\":")
      bytes.append(jsonList: values) { $0.append(json: Double($1)) }
    }
    bytes.append("}\n")
  }
}
