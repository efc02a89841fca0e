package import Ingest
package import Ratings
import Store

/// Where ratings come from: files in any format that Ingest reads, or one Marquee database.
package struct DataSource: Sendable {
  package let dataset: Dataset
  /// What was read, skipped and replaced; nil for a database.
  package let report: IngestReport?
  /// The path of the database, if it is one.
  package let database: String?
  /// What the owner said of the scale.
  let declaredScale: DeclaredScale?

  /// Reads all of `paths` into one data set. What people export is matched to the films of the database at `target` too.
  ///
  /// - Throws: `PipelineError`, `IngestError` or the store's error.
  package init(_ paths: [String], options: IngestOptions, target: String? = nil) throws {
    declaredScale = options.scale
    var options = options
    if let target, RatingStore.isDatabase(target) {
      options.knownMovies = {
        try RatingStore(path: target).moviesWithCounts().map { KnownMovie($0.movie, ratingCount: $0.ratingCount) }
      }
      options.knownScale = { try RatingStore(path: target).scale() }
      options.knownRatings = { user in
        let store = try RatingStore(path: target)
        guard let key = try store.userKey(of: SourceID(user)) else { return [:] }
        return Dictionary(try store.ratings(ofUser: key).map { ($0.movie, $0.stars) }) { $1 }
      }
    }
    let databases = paths.filter { RatingStore.isDatabase($0) }
    if databases.isEmpty {
      (dataset, report) = try Ingest.read(paths, options: options)
      database = nil
    } else {
      guard paths.count == 1 else { throw PipelineError.mixedData(paths: paths) }
      dataset = try RatingStore(path: paths[0]).dataset()
      report = nil
      database = paths[0]
    }
    guard !dataset.ratings.isEmpty else { throw PipelineError.noRatings(source: paths.joined(separator: ", ")) }
  }
}

extension DataSource {
  /// What is worth telling about the reading: bad lines, replaced ratings, things left out.
  package var notes: [String] { report?.words ?? [] }

  /// The account of each file of ratings, a line for each.
  package var accounts: [String] {
    let files = report?.files ?? []
    guard files.count > Self.mostAccounts else { return files.map(\.description) }
    let rest = files.count - Self.mostAccounts
    return files.prefix(Self.mostAccounts).map(\.description) + ["… and \(rest) more files; --report FILE has them all"]
  }

  /// A data set may have a file for each movie.
  private static let mostAccounts = 20
}

extension IngestProgress {
  /// How far reading is, from 0 to 1.
  package var fraction: Double { totalBytes > 0 ? Double(bytesRead) / Double(totalBytes) : 0 }
}
