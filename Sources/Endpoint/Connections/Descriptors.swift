#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How many files and connections the system lets this process have open.
enum Descriptors {
  /// What files of the site, the database and child processes need besides connections.
  private static let reserve = 100
  /// More is never asked for.
  private static let most: UInt64 = 65_536

  /// Raises the limit of open files as far as the system allows, and tells how many connections fit below it.
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
