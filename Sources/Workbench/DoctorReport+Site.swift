import Content
import Deployment
import Models
import Pipeline
import Platform
import Precompute
import Publishing
import Ratings
import Settings
import Site
import Store

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension DoctorReport {
  /// What the ratings of the last build were taken for, and whether the models fit into the memory.
  static func examineData(
    _ folder: SiteFolder, _ settings: SiteSettings, _ note: (Finding.State, String, String) -> Void
  ) {
    let choice: ModelChoice
    do {
      choice = try ModelChoice(names: settings.models, quality: settings.quality)
    } catch {
      return note(.missing, "models", "\(error)")
    }
    guard RawFile.isFile(folder.database), let store = try? RatingStore(path: folder.database),
      let movies = try? store.moviesWithCounts()
    else { return }
    if let scale = try? store.scale() {
      note(.present, "scale", DataSource.words(of: scale, declared: settings.scale))
    }
    if let twins = DataSource.twins(of: movies.map(\.movie)) { note(.absent, "films", twins) }
    guard let ingested = BuildMemory(readingFrom: folder.memory).ingested else { return }
    let size = ModelMemory.Size(users: ingested.users, movies: ingested.movies, ratings: ingested.ratings)
    let there = MemoryLimit.bytes
    do {
      let suited = try choice.suited(size, memory: there)
      let isWhole = choice.bytes(size) <= there
      let words = "a build takes some \(suited.bytes(size) >> 20) MB of the \(there >> 20) MB that are there"
      note(
        isWhole ? .present : .absent, "memory",
        isWhole ? words : words + ", with \(suited.all.map { $0.descriptor.name }.joined(separator: ", ")) alone")
    } catch {
      note(.missing, "memory", "\(error)")
    }
  }

  /// Where the site is sent, as far as it can be seen from here.
  static func examineTargets(_ settings: SiteSettings, _ note: (Finding.State, String, String) -> Void) {
    for target in settings.deployment {
      note(.present, "target", "\(target.kind) \(target.description)")
      guard case .folder(let path) = target else { continue }
      var isFolder = false
      let isThere = FileManager.default.fileExists(atPath: path)
      isFolder = RawFile.isFolder(path)
      if isThere, !isFolder {
        note(.missing, "target", "\(path): is not a folder; name one, or a place where one can be made")
      }
      if isFolder, !FileManager.default.isWritableFile(atPath: path) {
        note(.missing, "target", "\(path): cannot be written; check its permissions")
      }
      guard isFolder, SiteManifest(folder: path) == nil, let names = RawFile.entries(of: path), !names.isEmpty else {
        continue
      }
      note(
        .absent, "target",
        "\(path): holds what Marquee did not put there, and which stays: \(DeploymentOutcome.list(names.sorted()))")
    }
    if !settings.deployment.isEmpty, settings.site.url.contains("://localhost") {
      note(.absent, "url", "\(settings.site.url): set the site's own address in site.yaml before it is sent anywhere")
    }
  }

  /// What would stop a build that has its data: addresses that meet, lists of films that are not there, links to nothing,
  /// faults of templates and texts.
  static func examineWhole(
    _ folder: SiteFolder, _ settings: SiteSettings, _ note: (Finding.State, String, String) -> Void
  ) {
    guard let pages = try? Precomputed(contentsOf: folder.precomputed) else {
      return note(.absent, "pages", "addresses, links and lists of films are looked at by the first build")
    }
    do {
      _ = try Website(pages, of: folder, settings: settings)
      note(.present, "pages", "templates, addresses, links and lists of films are in order")
    } catch {
      note(.missing, "pages", "\(error)")
    }
  }
}
