import Precompute
import Ratings

/// The image of a movie's poster, read when it is published.
public struct PosterFile: Sendable {
  /// The movie's id, as its file is called without the ending.
  public var id: String
  /// "jpg", "png", "webp", "avif".
  public var ending: String
  /// Where it is published.
  var path = ""
  let load: @Sendable () throws -> [UInt8]

  public init(id: String, ending: String, load: @escaping @Sendable () throws -> [UInt8]) {
    self.id = id
    self.ending = ending
    self.load = load
  }

  func read() throws -> [UInt8] { try load() }
}

/// Which movies have an image.
struct PosterImages: Sendable {
  /// Those of movies of the catalogue, by movie.
  private(set) var files: [PosterFile] = []
  /// Movie to the path of its image.
  private(set) var paths: [Int: String] = [:]

  init(_ posters: [PosterFile], of catalogue: Catalogue) {
    guard !posters.isEmpty else { return }
    let byID = Dictionary(posters.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for (movie, facts) in catalogue.precomputed.movies.enumerated() {
      guard var file = byID[facts.id.description] ?? facts.imdbID.flatMap({ byID[$0] }) else { continue }
      file.path = "posters/\(catalogue.movieNames[movie]).\(file.ending)"
      paths[movie] = file.path
      files.append(file)
    }
  }
}
