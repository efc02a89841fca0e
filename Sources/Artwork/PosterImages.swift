package import Ratings

/// The image of a movie's poster, read when it is published.
package struct PosterFile: Sendable {
  /// The movie's id, as its file is called without the ending.
  package var id: String
  /// "jpg", "png", "webp", "avif".
  package var ending: String
  /// Where it is published.
  package fileprivate(set) var path = ""
  let load: @Sendable () throws -> [UInt8]

  package init(id: String, ending: String, load: @escaping @Sendable () throws -> [UInt8]) {
    self.id = id
    self.ending = ending
    self.load = load
  }

  package func read() throws -> [UInt8] { try load() }
}

/// Which movies have an image.
package struct PosterImages: Sendable {
  /// Those of movies of the site, by movie.
  package private(set) var files: [PosterFile] = []
  /// Movie to the path of its image.
  package private(set) var paths: [Int: String] = [:]

  /// - Parameter names: per movie, its name in addresses.
  package init(_ posters: [PosterFile], of movies: [Movie], names: [String]) {
    guard !posters.isEmpty else { return }
    let byID = Dictionary(posters.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for (movie, facts) in movies.enumerated() {
      guard var file = byID[facts.id.description] ?? facts.imdbID.flatMap({ byID[$0] }) else { continue }
      file.path = "posters/\(names[movie]).\(file.ending)"
      paths[movie] = file.path
      files.append(file)
    }
  }
}
