package import Platform
import Ratings

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a site's builds remember of each other, in `.marquee/stages.json`. Losing it costs time, never correctness.
package struct BuildMemory: Codable, Sendable {
  /// What the last ingest gave.
  package struct Ingested: Codable, Equatable, Sendable {
    var inputs: StageInputs
    /// Fingerprint of everything in the data set, and of what models are fitted to.
    var dataset: UInt64
    var training: UInt64
    package var users: Int
    package var movies: Int
    package var ratings: Int
    /// The database and its journal as the build left them; unknown files are not trusted.
    package var database: [FileStamp?]
  }

  /// The last training, which a quick rebuild folds ratings into.
  struct Trained: Codable, Equatable, Sendable {
    /// Fingerprint of the artefact that pages were made from.
    var pages: UInt64
    /// What else than ratings it depends on, and the movies.
    var settings: UInt64
    var movies: UInt64
    /// Fingerprint of each model's file.
    var models: [String: UInt64]
  }

  /// The inputs of each stage when it was done last.
  struct Stages: Codable, Equatable, Sendable {
    /// By model.
    var train: [String: StageInputs] = [:]
    var precompute: StageInputs?
    var render: StageInputs?
  }

  /// The program that wrote it: another one may mean something else by the same names.
  var program: UInt64
  var files = FileHashes()
  var stages = Stages()
  package var ingested: Ingested?
  var trained: Trained?
  /// The exact result that the last build stood in for by a fold-in, if it did.
  var foldedIn: UInt64?
  /// How much work the last build put into the models.
  package var quality: String?
  /// How many builds were done, and for each artefact of the cache the last one that used it.
  var builds = 0
  var artefacts: [String: Int] = [:]

  package init(program: UInt64) { self.program = program }

  /// Reads the memory; an empty one where there is none that can be read.
  package init(readingFrom path: String) {
    if let data = FileManager.default.contents(atPath: path),
      let memory = try? JSONDecoder().decode(BuildMemory.self, from: data)
    {
      self = memory
    } else {
      self.init(program: 0)
    }
  }

  /// Forgets what stages depended on, so that all of them run; what is known of files stays.
  mutating func forgetStages() {
    stages = Stages()
    ingested = nil
    trained = nil
    foldedIn = nil
  }

  package func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    do {
      try RawFile.replace(Array(try encoder.encode(self)), at: path)
    } catch {
      throw PlatformError.notWritable(path: path, reason: "\(error)")
    }
  }
}
