#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What the process has used so far.
package enum ResourceUsage {
  /// Seconds of processor time of all threads.
  package static var cpuSeconds: Double {
    let usage = own
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }

  private static var own: rusage {
    var usage = rusage()
    #if canImport(Glibc)
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    #else
      getrusage(RUSAGE_SELF, &usage)
    #endif
    return usage
  }

  /// Peak memory since `resetPeak`, in megabytes; where the system cannot reset it, since the start.
  package static var peakMegabytes: Double {
    if let status = SystemFile.text("/proc/self/status"),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let kibibytes = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap({ Double($0) })
    {
      return kibibytes * 1024 / 1e6
    }
    return Double(own.ru_maxrss) / 1e6
  }

  /// Starts counting the peak again (Linux; elsewhere the peak is that of the whole run).
  package static func resetPeak() {
    guard let file = fopen("/proc/self/clear_refs", "w") else { return }
    fputs("5", file)
    fclose(file)
  }

  private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
}
