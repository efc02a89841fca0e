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
  package let account: Account

  /// What became of the lines of the file.
  package struct Account: Codable, Sendable {
    /// For each file of ratings, as `ingest --report` writes it.
    let files: [FileAccount]
    /// What is worth a sentence: bad lines, dates that could not be read.
    let notes: [String]
  }

  /// - Throws: `UploadProblem` in words for the sender.
  package init(_ bytes: [UInt8], store: RatingStore, scale: RatingScale) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("marquee-upload-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("upload")
    try Data(bytes).write(to: file)
    let known = try store.moviesWithCounts()
    do {
      let read = try Ingest.newcomer(
        file.path, among: known.map(\.movie), ratingCounts: known.map(\.ratingCount), scale: scale)
      ratings = read.ratings.map { (known[$0.movie].movie.id, $0.stars) }
      unmatched = read.unmatched
      account = Account(
        files: read.report.files.map { $0.within(folder.path) },
        notes: read.report.words.map { $0.replacing(folder.path + "/", with: "") })
    } catch let error as IngestError {
      throw UploadProblem(description: error.description.replacing(folder.path + "/", with: ""))
    }
  }
}

/// Why a file that was sent is not read.
package struct UploadProblem: Error, CustomStringConvertible {
  package let description: String
}
