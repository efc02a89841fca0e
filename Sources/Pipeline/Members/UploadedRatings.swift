import Ingest
package import Ratings
package import Store

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// One person's ratings out of a file that was sent: an export of a film site, or any table or archive that `ingest` reads as
/// one person's.
package struct UploadedRatings: Sendable {
  /// Of each film the last rating, in the site's scale.
  package let ratings: [(movie: SourceID, stars: Float)]
  /// The films that the site does not have.
  package let unmatched: [String]

  /// - Throws: `UploadProblem` in words for the sender.
  package init(_ bytes: [UInt8], store: RatingStore, scale: RatingScale) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("marquee-upload-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("upload")
    try Data(bytes).write(to: file)
    let films: [ExportedFilm]
    do {
      films = try Ingest.newcomer(file.path).films
    } catch let error as IngestError {
      throw UploadProblem(description: error.description.replacing(folder.path + "/", with: ""))
    }
    let known = try store.moviesWithCounts()
    let matcher = FilmMatcher(known.map(\.movie), ratingCounts: known.map(\.ratingCount))
    let most = films.lazy.filter { $0.best == nil }.map(\.rating).max() ?? 0
    var stars: [Int: Float] = [:]
    var unmatched: [String] = []
    for film in films {
      if let index = matcher.match(film) {
        stars[index] = scale.nearest(to: film.rating, outOf: film.best ?? scale.best(of: most))
      } else {
        unmatched.append(film.name)
      }
    }
    ratings = stars.sorted { $0.key < $1.key }.map { (known[$0.key].movie.id, $0.value) }
    self.unmatched = unmatched
  }
}

/// Why a file that was sent is not read.
package struct UploadProblem: Error, CustomStringConvertible {
  package let description: String
}
