import Deployment
import LinearAlgebra
import Platform
import Settings

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The program with all that it needs on a bare Linux, as one archive that a cluster sends around.
///
///     marquee/bin/marquee
///     marquee/lib/marquee/…                     the libraries that are not the C library's own
///     marquee/share/marquee/site-templates/…    the theme
///     marquee/share/marquee/spark/…             the job for Spark
///
/// The tarball that `make dist` makes is laid out the same way, and does as well.
package enum Bundle {
  /// What every Linux has, and what must be the one that its loader belongs to.
  private static let own = [
    "linux-vdso", "ld-linux", "libc.so", "libm.so", "libpthread.so", "libdl.so", "librt.so", "libresolv.so",
    "libutil.so",
  ]

  /// Writes the archive. The same program gives the same bytes.
  ///
  /// - Throws: `PipelineError`, or what the system's `ldd` or `tar` said.
  package static func write(to path: String) throws {
    let manager = FileManager.default
    let folder = manager.temporaryDirectory.appendingPathComponent("marquee-bundle-\(UUID().uuidString)").path
    defer { try? manager.removeItem(atPath: folder) }
    let place = folder + "/marquee"
    for part in ["bin", "lib/marquee", "share/marquee/spark"] {
      try manager.createDirectory(atPath: "\(place)/\(part)", withIntermediateDirectories: true)
    }
    let program = ProgramStart.executable()
    try manager.copyItem(atPath: program, toPath: place + "/bin/marquee")
    for library in try libraries(of: program) {
      let name = library.split(separator: "/").last.map(String.init) ?? library
      try manager.copyItem(
        atPath: URL(fileURLWithPath: library).resolvingSymlinksInPath().path, toPath: "\(place)/lib/marquee/\(name)")
    }
    let share = place + "/share/marquee"
    try manager.copyItem(atPath: try Distribution.folder() + "/site-templates", toPath: share + "/site-templates")
    try RawFile.write(SparkJob.text, to: "\(share)/spark/\(SparkJob.name)")
    let full = URL(fileURLWithPath: path).path
    _ = try Program(
      "tar",
      [
        "-C", folder, "--sort=name", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner", "-czf", full, "marquee",
      ]
    ).run()
  }

  /// The libraries that the program has to find, and those that OpenBLAS needs, which is loaded by hand.
  private static func libraries(of program: String) throws -> [String] {
    _ = BLAS.chosenKernels
    var found = Set(try needed(by: program))
    if let blas = loaded("libopenblas") {
      found.insert(blas)
      found.formUnion(try needed(by: blas))
    }
    return found.sorted()
  }

  private static func needed(by file: String) throws -> [String] {
    let lines = String(decoding: try Program("ldd", [file]).run(), as: UTF8.self).split(separator: "\n")
    return lines.compactMap { line in
      let words = line.split(whereSeparator: \.isWhitespace)
      guard let name = words.first, !own.contains(where: { name.contains($0) }), words.count > 2, words[1] == "=>"
      else { return nil }
      return String(words[2])
    }
  }

  /// The path of a library that this process has loaded.
  private static func loaded(_ name: String) -> String? {
    guard let maps = SystemFile.text("/proc/self/maps") else { return nil }
    return maps.split(separator: "\n").lazy
      .compactMap { $0.split(separator: " ").last.map(String.init) }
      .first { $0.hasPrefix("/") && $0.contains("/" + name) }
      .map { path in
        // By the name under which it is looked for.
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        return FileManager.default.fileExists(atPath: "\(folder)/\(name).so.0") ? "\(folder)/\(name).so.0" : path
      }
  }
}
