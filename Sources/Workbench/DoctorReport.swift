import Content
import Deployment
import Ingest
import LinearAlgebra
import Models
import Platform
import Publishing
import Settings
import Site
import Store

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What this machine and this site have, and what they lack.
package struct DoctorReport: Sendable {
  /// One thing that was looked at.
  struct Finding: Sendable {
    enum State: String, Sendable {
      case present = "ok"
      /// Something can do without it.
      case absent = "--"
      /// A build needs it.
      case missing = "!!"
    }
    let state: State
    let name: String
    let words: String
  }

  let findings: [Finding]

  /// Whether nothing that a build needs is missing.
  package var isHealthy: Bool { !findings.contains { $0.state == .missing } }

  /// - Parameter curl: libcurl's version; nil where it is missing.
  package init(site: String, curl: String?) {
    var findings: [Finding] = []
    func note(_ state: Finding.State, _ name: String, _ words: String) {
      findings.append(Finding(state: state, name: name, words: words))
    }
    note(.present, "marquee", "\(Distribution.version), \(Self.system)")
    note(.present, "processors", "\(ProcessInfo.processInfo.activeProcessorCount)")
    note(.present, "memory", "\(ProcessInfo.processInfo.physicalMemory >> 20) MB")
    let kernels = BLAS.kernelName
    note(
      kernels == nil ? .missing : .present, "OpenBLAS",
      kernels.map { "kernels for \($0)" } ?? "\(LinearAlgebraError.libraryMissing)")
    note(.present, "SQLite", RatingStore.libraryVersion)
    note(.present, "libarchive", Ingest.archiveLibraryVersion)
    note(
      TreeLibrary.isInstalled ? .present : .absent, "XGBoost",
      TreeLibrary.isInstalled
        ? "for xgboost, random-forest, decision-tree and blend"
        : ModelCatalogue.knowsTrees
          ? "for xgboost, random-forest, decision-tree, and a little accuracy of blend; Debian: apt-get install libxgboost0"
          : "left out of this program: no xgboost, random-forest, decision-tree, svm")
    note(
      curl == nil ? .absent : .present, "libcurl",
      curl ?? "for fetch, enrich and deployment to S3; Debian: apt-get install libcurl4")
    let parquet = ParquetReader.installed
    note(
      parquet == nil ? .absent : .present, "Parquet",
      parquet.map { "read through \($0.name)" }
        ?? "for ratings as Parquet; python3 -m pip install pyarrow, or DuckDB's command")
    for (way, package) in [(Compression.gzip, "zlib1g"), (.brotli, "libbrotli1")] {
      let isThere = (try? way.packer()) != nil
      note(
        isThere ? .present : .absent, way.rawValue,
        isThere ? "for packed copies (compress: in site.yaml)" : "for packed copies; Debian: apt-get install \(package)"
      )
    }
    for (program, use) in [("rsync", "deployment by rsync"), ("git", "deployment to GitHub Pages")] {
      let path = Self.path(of: program)
      note(path == nil ? .absent : .present, program, path ?? "for \(use); Debian: apt-get install \(program)")
    }
    let environment = ProcessInfo.processInfo.environment
    for key in ["TMDB_API_KEY", "OMDB_API_KEY"] {
      let isSet = environment[key]?.isEmpty == false
      note(isSet ? .present : .absent, key, isSet ? "set" : "for posters and facts (marquee enrich)")
    }
    do { note(.present, "theme", try Distribution.folder() + "/site-templates") } catch {
      note(.missing, "theme", "\(error)")
    }
    Self.examine(SiteFolder(site), note)
    self.findings = findings
  }

  private static func examine(
    _ folder: SiteFolder, _ note: (Finding.State, String, String) -> Void
  ) {
    let manager = FileManager.default
    guard folder.hasSettings else {
      note(.absent, "site", "\(folder.path) is none; make one with: marquee new DIR")
      return
    }
    do {
      let settings = try SiteSettings(readingFrom: folder)
      note(.present, "site", "\(folder.settings): “\(settings.site.title)”")
      for line in settings.notes { note(.absent, "site", line) }
      for path in settings.data {
        let isThere = manager.fileExists(atPath: path)
        let words = isThere ? path : "\(path): does not exist; fix `data` in site.yaml"
        note(isThere ? .present : .missing, "data", words)
      }
      if settings.data.isEmpty { note(.absent, "data", "site.yaml names none; give build --data PATH") }
      examineTexts(folder, settings, note)
      examineData(folder, settings, note)
      examineTargets(settings, note)
    } catch {
      note(.missing, "site", "\(error)")
    }
    if !manager.isWritableFile(atPath: folder.path) {
      note(.missing, "folder", "\(folder.path): cannot be written; check its permissions")
    }
    let space = try? manager.attributesOfFileSystem(forPath: folder.path)[.systemFreeSize] as? Int
    if let space = space ?? nil {
      note(space < 1 << 28 ? .missing : .present, "free space", "\(space >> 20) MB in \(folder.path)")
    }
    examineOutput(folder, note)
  }

  /// Where the site will be put, and what hosts say to the one that is there.
  private static func examineOutput(_ folder: SiteFolder, _ note: (Finding.State, String, String) -> Void) {
    do {
      let place = try OutputPlace(folder.output, state: folder.trees)
      if place.isInPlace {
        note(
          .present, "output", "\(place.path): \(place.reasonInPlace), so its files are replaced one by one")
      }
    } catch {
      note(.missing, "output", "\(error)")
    }
    guard let built = try? folder.builtSite() else {
      note(.absent, "output", "not built yet: marquee build")
      return
    }
    let extent = HostLimits.Extent(of: built)
    note(.present, "output", "\(built): \(extent.words)")
    for host in HostLimits.usual {
      let excess = host.excess(of: extent)
      let advice = excess.flatMap { _ in (try? SiteSettings(readingFrom: folder)).flatMap { HostLimits.advice($0.site) }
      }
      note(
        excess == nil ? .present : .absent, "host",
        excess.map { "too much: \($0)\(advice.map { "; \($0)" } ?? "")" } ?? "\(host.host): fits")
    }
    let foreign = ForeignFiles.below(built, state: folder.trees)
    if !foreign.isEmpty {
      note(.present, "output", "not Marquee's, and stays: \(DeploymentOutcome.list(foreign))")
    }
  }

  /// What the owner's texts would stop a build with, or have it say.
  private static func examineTexts(
    _ folder: SiteFolder, _ settings: SiteSettings, _ note: (Finding.State, String, String) -> Void
  ) {
    var settings = settings
    settings.site.showsSampleNote = settings.data.contains { $0.hasSuffix("/content/sample") }
    do {
      let content = try ContentFolder(folder, settings: settings, today: SiteSettings.today)
      note(
        .present, "texts",
        "\(content.pages.count) pages, \(content.posts.count) posts, \(content.lists.count) lists, \(content.files.count) files"
      )
      for line in content.notes { note(.absent, "texts", line) }
      examineWhole(folder, settings, note)
    } catch {
      note(.missing, "texts", "\(error)")
    }
  }

  private static func path(of program: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/\(program)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  private static var system: String {
    #if os(Linux)
      let name = "Linux"
    #else
      let name = "macOS"
    #endif
    #if arch(arm64)
      return "\(name), arm64"
    #else
      return "\(name), x86-64"
    #endif
  }

  /// A line for each finding.
  package var text: String {
    let width = findings.map(\.name.count).max() ?? 0
    return findings.map { finding in
      "\(finding.state.rawValue)  \(finding.name)\(String(repeating: " ", count: width + 2 - finding.name.count))\(finding.words)\n"
    }.joined()
  }
}
