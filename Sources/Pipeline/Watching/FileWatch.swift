import Platform
import Site
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Tells when something at or below some places changes: the kernel says so where it can (inotify), elsewhere every file's
/// stamp is compared again and again.
package final class FileWatch: Sendable {
  /// How changes are seen.
  package enum Method: Sendable { case kernel, polling }

  private let roots: [String]
  private let kernel: KernelWatch?
  private let seen: Mutex<UInt64>

  /// - Parameter roots: files and folders, which need not be there yet.
  package init(_ roots: [String], method: Method = .kernel) {
    self.roots = roots
    kernel = method == .kernel ? KernelWatch() : nil
    seen = Mutex(0)
    kernel?.watch(Self.folders(roots))
    if kernel?.isWhole != true { seen.withLock { $0 = Self.stamp(roots) } }
  }

  /// Waits for a change, and after it until nothing changed for `quiet`: whoever saves several files, or one in several
  /// steps, is heard once.
  ///
  /// - Parameters:
  ///   - seconds: the longest wait for the first change.
  ///   - quiet: seconds; at most ten times as long.
  /// - Returns: whether something changed.
  package func wait(seconds: Double, quiet: Double = 0.012) -> Bool {
    guard next(seconds) else { return false }
    var rounds = 0
    while rounds < 10, next(quiet) { rounds += 1 }
    return true
  }

  private func next(_ seconds: Double) -> Bool {
    if let kernel, kernel.isWhole {
      guard kernel.wait(seconds) else { return false }
      // Folders may have come, and with them files.
      kernel.watch(Self.folders(roots))
      return true
    }
    let start = ContinuousClock.now
    while true {
      let looked = ContinuousClock.now
      let now = Self.stamp(roots)
      let isChanged = seen.withLock { seen in
        defer { seen = now }
        return seen != now
      }
      if isChanged { return true }
      let rest = seconds - (ContinuousClock.now - start) / .seconds(1)
      guard rest > 0 else { return false }
      // A tenth of the time at most goes into looking.
      let pause = max(0.1, 10 * ((ContinuousClock.now - looked) / .seconds(1)))
      usleep(UInt32(min(pause, rest, 10) * 1e6))
    }
  }

  /// Every folder that a change can be in. Of a file it is the one that holds it: editors put another file in its place;
  /// of a link it is that of the file behind it too.
  private static func folders(_ roots: [String]) -> Set<String> {
    var folders: Set<String> = []
    for root in roots {
      guard let below = Self.folders(below: root, within: []) else {
        folders.insert(parent(root))
        if let target = ResolvedPath.of(root) { folders.insert(parent(target)) }
        continue
      }
      folders.formUnion(below)
    }
    return folders
  }

  private static let deepest = 8

  /// Nil if `path` is not a folder. A link back to a parent folder is not followed.
  private static func folders(below path: String, within outer: Set<String>) -> [String]? {
    guard let names = RawFile.entries(of: path) else { return nil }
    guard outer.count < deepest, let place = ResolvedPath.of(path), !outer.contains(place) else { return [path] }
    return names.reduce(into: [path]) { folders, name in
      let entry = path + "/" + name
      if name.hasPrefix(".") { return }
      if RawFile.isFolder(entry) {
        folders += Self.folders(below: entry, within: outer.union([place])) ?? []
      } else if RawFile.isLink(entry), let target = ResolvedPath.of(entry) {
        folders.append(parent(target))
      }
    }
  }

  private static func parent(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  /// One number of all files and their stamps.
  private static func stamp(_ roots: [String]) -> UInt64 {
    var text = ""
    for root in roots {
      for file in FileTree.files(at: root) {
        guard let stamp = FileStamp(path: file.path) else { continue }
        text += "\(file.path)\0\(stamp.size) \(stamp.modified) \(stamp.changed) \(stamp.inode)\n"
      }
    }
    return ContentHash(text).value
  }
}

/// The kernel's own watch on folders.
private final class KernelWatch: Sendable {
  private let descriptor: Int32
  private let missed = Mutex(false)

  #if os(Linux)
    private static let events = UInt32(
      IN_CREATE | IN_DELETE | IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF
        | IN_MOVE_SELF | IN_ONLYDIR)

    init?() {
      descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
      guard descriptor >= 0 else { return nil }
    }

    deinit { close(descriptor) }

    /// Adds folders; those that are watched already stay so.
    func watch(_ folders: Set<String>) {
      for folder in folders where inotify_add_watch(descriptor, folder, Self.events) < 0 {
        // The kernel has a limit on the number of watches (fs.inotify.max_user_watches).
        if errno == ENOSPC || errno == ENOMEM { missed.withLock { $0 = true } }
      }
    }

    func wait(_ seconds: Double) -> Bool {
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, Int32(max(0, seconds) * 1000)) > 0 else { return false }
      // The listener looks up what changed, so the events are not decoded.
      var block = [UInt8](repeating: 0, count: 65_536)
      while read(descriptor, &block, block.count) > 0 {}
      return true
    }
  #else
    init?() { return nil }

    func watch(_ folders: Set<String>) {}

    func wait(_ seconds: Double) -> Bool { false }
  #endif

  /// Whether all folders are watched.
  var isWhole: Bool { missed.withLock { !$0 } }
}
