import Ingest
package import Platform
import Ratings
import Settings
import Store

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Build {
  /// Brings the ratings into the site's database and finds out what they are.
  ///
  /// - Returns: the data set where it had to be read; nil where it is known to be that of the last build.
  mutating func ingest() throws -> Dataset? {
    let inputs = try ingestInputs()
    let result = try report.run(.ingest, observer: observer) { [options, folder, settings, observer, memory] record in
      record.bytes = settings.data.reduce(0) { $0 + RawFile.size(of: $1) }
      if var known = memory.ingested, known.inputs == inputs, let now = DatabaseFiles.stamps(folder.database),
        known.database == now
      {
        known.database = now
        record.isReused = true
        record.items = known.ratings
        return (ingested: known, dataset: Dataset?.none)
      }
      let source = Distribution.stamped(inputs.key).description
      let dataset: Dataset
      if !options.isClean, let stored = try Self.stored(in: folder.database, from: source) {
        record.isReused = true
        dataset = stored
      } else {
        var ingest = IngestOptions()
        ingest.isStrict = options.isStrict
        ingest.users = settings.dataUsers
        ingest.scale = settings.scale
        ingest.progress = { progress in observer.progress(progress.file, progress.fraction) }
        let read = try DataSource(settings.data, options: ingest)
        for line in read.notes + read.remarks + read.accounts { observer.note(line) }
        let (store, _) = try RatingStore.opening(folder.database, .replacing, read.dataset)
        try store.setImportedSource(source)
        // Where members brought nothing, what the files say is all there is.
        dataset = try store.isImportedOnly() ? read.dataset : store.dataset()
      }
      let ratings = dataset.ratings.count + dataset.validation.count
      record.items = ratings
      let ingested = BuildMemory.Ingested(
        inputs: inputs, dataset: dataset.fingerprint.value, training: dataset.trainingFingerprint.value,
        users: dataset.users.count, movies: dataset.movies.count, ratings: ratings, database: [])
      return (ingested, dataset)
    }
    memory.ingested = result.ingested
    report.counts = (result.ingested.users, result.ingested.movies, result.ingested.ratings)
    return result.dataset
  }

  /// The data in the database, if what was imported came from those files; nil otherwise.
  private static func stored(in database: String, from source: String) throws -> Dataset? {
    guard RawFile.isFile(database) else { return nil }
    let store = try RatingStore(path: database)
    return try store.importedSource() == source ? store.dataset() : nil
  }

  /// What the reading of the data depends on.
  mutating func ingestInputs() throws -> StageInputs {
    var inputs = StageInputs()
    for (position, path) in settings.data.enumerated() {
      let place = path.split(separator: "/").last.map(String.init) ?? path
      var files = FileTree.files(at: path)
      guard !files.isEmpty else { throw PlatformError.missing(path: path) }
      // The latest changes of a database are in its journal.
      if files.count == 1, RawFile.isFile(path + "-wal") { files.append((path + "-wal", "-wal")) }
      let hashes = try memory.files.hashes(of: files.map(\.path), threads: options.threads)
      for (file, hash) in zip(files, hashes) {
        let name = file.name.isEmpty ? place : file.name.hasPrefix("-") ? place + file.name : "\(place)/\(file.name)"
        inputs.add(.data, "\(name)\(position > 0 ? " (\(position + 1))" : "")", hash)
      }
    }
    for (path, user) in settings.dataUsers.sorted(by: { $0.key < $1.key }) {
      inputs.add(.owner, path.split(separator: "/").last.map(String.init) ?? path, user)
    }
    if let scale = settings.scale { inputs.add(.setting, "scale", scale.description) }
    inputs.add(.option, "strict", options.isStrict ? 1 : 0)
    return inputs
  }
}

/// The database's files, by whose stamps a build sees that nobody wrote to it.
package enum DatabaseFiles {
  /// Nil if there is no database.
  package static func stamps(_ path: String) -> [FileStamp?]? {
    guard let database = FileStamp(path: path) else { return nil }
    return [database, FileStamp(path: path + "-wal")]
  }

  /// The stamps once nothing can be written any more that would have the same: a clock's tick later.
  static func settled(_ path: String) -> [FileStamp?] {
    usleep(UInt32(FileStamp.fineTick / 1000 + 1000))
    guard let stamps = stamps(path), stamps.allSatisfy({ $0?.isSettled ?? true }) else { return [nil] }
    return stamps
  }
}
