import Synchronization

/// Small files that were asked for lately, in memory. Each time they are asked for, one look at the disk tells whether
/// they are still the ones that lie there.
final class FileCache: Sendable {
  struct Key: Hashable {
    let parts: [String]
    let isFolder: Bool
    let takesGzip: Bool
  }

  private struct Entry {
    let answer: FileAnswer
    let location: String
    let file: FileVersion
    /// Of the compressed form; nil where there is none.
    let compressed: FileVersion?
  }

  private struct State {
    /// Those of now, and those of before: what is asked for again comes over, and the rest goes when it is their turn.
    var recent: [Key: Entry] = [:]
    var older: [Key: Entry] = [:]
    /// Of the recent ones.
    var bytes = 0
  }

  private let state = Mutex(State())

  /// Bytes of either half.
  private static let half = 12 << 20
  private static let largestFile = 256 << 10
  /// What an entry takes besides the bytes of its file.
  private static let overhead = 1024

  /// The answer that was kept, if the file is still the same.
  func answer(_ key: Key) -> FileAnswer? {
    let entry = state.withLock { state -> Entry? in
      if let entry = state.recent[key] { return entry }
      guard let entry = state.older.removeValue(forKey: key) else { return nil }
      Self.add(entry, key, to: &state)
      return entry
    }
    guard let entry, FileVersion(path: entry.location) == entry.file,
      !key.takesGzip || FileVersion(path: entry.location + ".gz") == entry.compressed
    else { return nil }
    return entry.answer
  }

  /// Keeps an answer if its file is small.
  ///
  /// - Parameter location: where the file lies.
  /// - Returns: the answer, from memory if it is kept.
  func keep(
    _ answer: FileAnswer, of key: Key, at location: String, file: FileVersion, compressed: FileVersion?
  ) -> FileAnswer {
    guard answer.size <= Self.largestFile, let small = answer.inMemory else { return answer }
    let entry = Entry(answer: small, location: location, file: file, compressed: compressed)
    state.withLock { Self.add(entry, key, to: &$0) }
    return small
  }

  private static func add(_ entry: Entry, _ key: Key, to state: inout State) {
    if let old = state.recent.updateValue(entry, forKey: key) { state.bytes -= old.answer.size + overhead }
    state.bytes += entry.answer.size + overhead
    guard state.bytes > half else { return }
    state.older = state.recent
    state.recent = [:]
    state.bytes = 0
  }
}
