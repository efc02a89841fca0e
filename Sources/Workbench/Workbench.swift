package import Ingest
package import LinearAlgebra
package import Models
import Pipeline
import Platform
package import Precompute
package import Ratings
import Settings
import Store

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Data and models for a question on the command line: predict, recommend, similar.
///
/// With data named, models are fitted to it. Without, the site's database answers, with the models that its last
/// build saved where they are of the same data.
package struct Workbench: Sendable {
  /// The data that questions are about.
  package let dataset: Dataset
  let training: TrainingSet
  let context: FitContext
  /// The settings of the site's models; defaults where data was named.
  let tuned: TunedSettings
  /// How further files of ratings are read.
  let reading: IngestOptions
  /// Whether the site's lists show films that were seen.
  let includesSeen: Bool
  /// The fingerprint that saved models must carry, and their folder; nil where data was named.
  private let saved: (folder: SiteFolder, dataset: UInt64)?
  /// Hears why a file of the last build is not used.
  private let note: @Sendable (String) -> Void

  /// - Parameters:
  ///   - data: files, folders or a database; empty for the data of the site at `site`.
  ///   - site: the site's folder.
  ///   - note: hears what is worth telling about the data, and why a file of the last build is not used.
  package init(
    data: [String], site: String, seed: UInt64, threads: ThreadCount, options: IngestOptions = IngestOptions(),
    note: @escaping @Sendable (String) -> Void
  ) throws {
    try BLAS.load()
    self.note = note
    let folder = SiteFolder(site)
    let site = data.isEmpty && folder.hasSettings ? try SiteSettings(readingFrom: folder) : nil
    let usesDatabase = data.isEmpty && folder.hasDatabase
    let paths = usesDatabase ? [folder.database] : data.isEmpty ? site?.data ?? [] : data
    guard !paths.isEmpty else { throw SettingsError.noData(settings: folder.settings) }
    var options = options
    if options.scale != nil, RatingStore.isDatabase(paths[0]) { throw PipelineError.scaleOfDatabase(path: paths[0]) }
    if let site { (options.users, options.scale) = (site.dataUsers, options.scale ?? site.scale) }
    reading = options
    let source = try DataSource(paths, options: options)
    for line in source.notes { note(line) }
    dataset = source.dataset
    training = TrainingSet(dataset.allRatings, of: dataset)
    context = FitContext(seed: seed, threads: threads)
    tuned = try (data.isEmpty ? TunedSettings(readingFrom: folder) : TunedSettings()).forInstalledLibraries()
    includesSeen = site?.includesSeen == true
    saved = usesDatabase ? (folder, dataset.trainingFingerprint.value) : nil
  }

  /// The model of that name, fitted with all ratings: read from the site's last build, or fitted now.
  ///
  /// - Parameter words: settings instead of the site's, such as `ease.lambda=300`; with any, the model is fitted now.
  package func model(_ type: any Recommender.Type, settings words: [String] = []) throws -> NamedModel {
    let name = type.descriptor.name
    if let saved, words.isEmpty {
      let path = saved.folder.model(name)
      if let model = left(at: path, "\(name) is fitted again", { try type.read(dataset: saved.dataset, from: path) }) {
        return NamedModel(name: name, model: model)
      }
    }
    let overrides = try SettingOverrides(words, models: [name])
    let settings = try Training.settings(of: type.descriptor, tuned: tuned, overrides: overrides)
    try checkMemory(for: type)
    return NamedModel(name: name, model: try type.fit(training, settings: settings, context: context))
  }

  /// Looks before fitting whether a model has a chance to fit into the memory that is there.
  ///
  /// - Throws: `PipelineError.tooLittleMemory`.
  func checkMemory(for type: any Recommender.Type) throws {
    let size = ModelMemory.Size(
      users: dataset.users.count, movies: dataset.movies.count, ratings: training.ratingCount)
    let (name, there) = (type.descriptor.name, MemoryLimit.bytes)
    let needed = ModelMemory.ofBuild(size) + type.descriptor.memory.bytes(size)
    if needed > there { throw PipelineError.tooLittleMemory(model: name, needed: needed, there: there) }
  }

  /// The model of that name, whose spelling is checked.
  package func model(named name: String, settings: [String] = []) throws -> NamedModel {
    try model(try ModelCatalogue.model(named: name), settings: settings)
  }

  /// Whether models of the site's last build may answer.
  var answersFromBuild: Bool { saved != nil }

  /// The artefact of the site's last build, if it is of the same data.
  var lastBuild: Precomputed? {
    guard let saved,
      let pages = left(
        at: saved.folder.precomputed, "answers come from the models alone",
        { try Precomputed(contentsOf: saved.folder.precomputed) }),
      pages.ratingCount == training.ratingCount,
      pages.users.count == training.userCount, pages.movies.count == training.movieCount
    else { return nil }
    return pages
  }

  /// What the last build left in a file; nil where there is none, or it cannot be used, which is said.
  private func left<Value>(at path: String, _ instead: String, _ read: () throws -> Value) -> Value? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    do {
      return try read()
    } catch {
      note("\(error) (\(instead))")
      return nil
    }
  }

  /// The index of a user given on the command line.
  package func user(_ id: String) throws -> Int {
    if let index = dataset.userIndex(of: SourceID(id)) { return index }
    let range = dataset.users.first.flatMap { first in dataset.users.last.map { "ids from \(first.id) to \($0.id)" } }
    throw WorkbenchError.unknownUser(id: id, range: range ?? "it has no users")
  }

  /// The index of a movie given on the command line, by its id; IMDb ids may have leading zeros or "tt".
  package func movie(_ id: String) -> Int? {
    if let index = dataset.movieIndex(of: SourceID(id)) { return index }
    let digits = id.hasPrefix("tt") ? id.dropFirst(2) : id[...]
    if let number = Int64(digits), let index = dataset.movieIndex(of: .number(number)) { return index }
    return nil
  }

  /// The same, where an unknown movie is an error.
  func knownMovie(_ id: String) throws -> Int {
    if let index = movie(id) { return index }
    let named = dataset.movies.first { $0.title.lowercased() == id.lowercased() }
    let nearest =
      named
      ?? Spelling.nearest(to: id, among: dataset.movies.lazy.map(\.title)).flatMap { title in
        dataset.movies.first { $0.title == title }
      }
    throw WorkbenchError.unknownMovie(id: id, nearest: nearest.map { "\($0.id) (\($0.title))" })
  }
}
