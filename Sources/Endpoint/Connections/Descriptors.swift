#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The limit of open files and connections of this process.
enum Descriptors {
  /// Reserved for files of the site, the database and child processes.
  private static let reserve = 100
  /// The highest limit to request.
  private static let most: UInt64 = 65_536

  /// Raises the limit of open files as far as the system allows, and returns how many connections fit below it.
  static func connections(wanted: Int) -> Int {
    var limit = rlimit()
    #if canImport(Glibc)
      let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
      let resource = RLIMIT_NOFILE
    #endif
    guard getrlimit(resource, &limit) == 0 else { return wanted }
    let goal = min(UInt64(limit.rlim_max), most)
    if UInt64(limit.rlim_cur) < goal {
      var raised = limit
      raised.rlim_cur = rlim_t(goal)
      if setrlimit(resource, &raised) == 0 { limit = raised }
    }
    let open = Int(min(UInt64(limit.rlim_cur), 1 << 30))
    return max(1, min(wanted, open - min(reserve, open / 2)))
  }
}
