import Ingest
package import Pipeline
import Platform
import Store

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension DataSource {
  /// Adds the data to a database, which is made where there is none.
  ///
  /// - Returns: what changed, in words.
  package func add(to database: String) throws -> String {
    "\(database): \(try RatingStore.opening(database, .adding, dataset).change)"
  }

  /// Writes the account of each file as JSON: `{"files": [{"path", "format", "user", "lines", "ratings", …}]}`.
  package func writeAccounts(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      try (encoder.encode(["files": report?.files ?? []]) + Data("\n".utf8)).write(to: URL(fileURLWithPath: path))
    } catch {
      throw PlatformError.notWritable(path: path, reason: "\(error)")
    }
  }
}
