import NIOCore
import Platform
import Synchronization

/// A memory cache of recently requested small files. A stat call checks whether they are unchanged, for files that many
/// request at once not each time.
final class FileCache: Sendable {
  struct Key: Hashable {
    /// The path below the folder.
    let file: String
    let takesGzip: Bool
  }

  private struct Entry {
    let answer: FileAnswer
    let location: String
    let file: FileStamp
    /// Of the compressed copy; nil if there is none.
    let compressed: FileStamp?
    /// When the file was last seen unchanged.
    var checked: NIODeadline
  }

  private struct State {
    /// Two generations: entries that are requested again move to the recent one, and the rest is dropped with the old one.
    var recent: [Key: Entry] = [:]
    var older: [Key: Entry] = [:]
    /// The size of the recent generation.
    var bytes = 0
  }

  private let state = Mutex(State())

  /// The limit of each generation in bytes.
  private static let half = 12 << 20
  private static let largestFile = 256 << 10
  /// The overhead of an entry in bytes.
  private static let overhead = 1024

  /// For so long a file is taken to be unchanged: a request that comes within it gets what it would have got a moment before.
  static let freshness = TimeAmount.milliseconds(5)

  /// The cached response, if the file is unchanged.
  ///
  /// - Parameter freshness: how long ago that may have been checked.
  func answer(_ key: Key, freshness: TimeAmount) -> FileAnswer? {
    let entry = state.withLock { state -> Entry? in
      if let entry = state.recent[key] { return entry }
      guard let entry = state.older.removeValue(forKey: key) else { return nil }
      Self.add(entry, key, to: &state)
      return entry
    }
    let now = NIODeadline.now()
    if let entry, now - entry.checked < freshness { return entry.answer }
    guard let entry, entry.file.isSameVersion(at: entry.location),
      !key.takesGzip || Self.isUnchanged(entry.compressed, at: entry.location + ".gz")
    else { return nil }
    state.withLock { $0.recent[key]?.checked = now }
    return entry.answer
  }

  /// Whether there is still such a compressed copy, or none.
  private static func isUnchanged(_ copy: FileStamp?, at location: String) -> Bool {
    copy?.isSameVersion(at: location) ?? !RawFile.exists(location)
  }

  /// Caches a response if its file is small.
  ///
  /// - Parameter location: the path of the file.
  /// - Returns: the response, from memory if it is cached.
  func keep(
    _ answer: FileAnswer, of key: Key, at location: String, file: FileStamp, compressed: FileStamp?
  ) -> FileAnswer {
    guard answer.size <= Self.largestFile, let small = answer.inMemory else { return answer }
    let entry = Entry(
      answer: small, location: location, file: file, compressed: compressed, checked: .now())
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
