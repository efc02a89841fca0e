#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How much memory this process may have: that of the machine, of the container, or what a limit of the shell leaves.
package enum MemoryLimit {
  package static var bytes: Int {
    var limits = [Int(clamping: ProcessInfo.processInfo.physicalMemory)]
    var space = rlimit()
    #if canImport(Glibc)
      let isKnown = getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &space) == 0
    #else
      let isKnown = getrlimit(RLIMIT_AS, &space) == 0
    #endif
    // This limit counts addresses, also those that hold nothing yet.
    if isKnown { limits.append(max(0, Int(clamping: space.rlim_cur) - emptyAddresses)) }
    for path in [
      "/sys/fs/cgroup\(ownGroup)/memory.max", "/sys/fs/cgroup/memory.max",
      "/sys/fs/cgroup/memory/memory.limit_in_bytes",
    ] {
      guard let text = FileManager.default.contents(atPath: path).map({ String(decoding: $0, as: UTF8.self) }) else {
        continue
      }
      if let limit = Int(text.prefix { $0.isNumber }) { limits.append(limit) }
    }
    return limits.min() ?? Int.max
  }

  /// Addresses that this process has taken and that need no memory so far: room for stacks, arenas, libraries.
  private static var emptyAddresses: Int {
    let words = SystemFile.text("/proc/self/statm")?.split(separator: " ").compactMap { Int($0) }
    guard let words, words.count > 1 else { return 0 }
    return (words[0] - words[1]) * Int(sysconf(Int32(_SC_PAGESIZE)))
  }

  /// The group of processes that this one is in, as “0::/path” names it.
  private static var ownGroup: String {
    let text = SystemFile.text("/proc/self/cgroup")
    let line = text?.split(separator: "\n").first { $0.hasPrefix("0::") }
    return line.map { $0 == "0::/" ? "" : String($0.dropFirst(3)) } ?? ""
  }
}
