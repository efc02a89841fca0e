import BinaryFiles
import Models
import Precompute
public import Ratings
import Site
public import Store

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

/// Answers about single members from what the last build left: their lists with the ratings of this moment, folded in
/// without training, and their page with them.
public final class MemberDesk: Sendable {
  let folder: SiteFolder
  let settings: SiteSettings
  let pages: Precomputed
  /// The models of the member pages' lists, in their order.
  let lists: [NamedModel]
  let stars: NamedModel
  private let website: Website
  /// What the file of the artefact was when it was read.
  private let stamp: ArtefactStamp

  /// Reads the artefact and the models of the site's last build.
  ///
  /// - Complexity: that of reading them; memory for both.
  /// - Throws: `PipelineError.notBuilt` where there was no build yet, or where its files do not belong together.
  public init(site folder: SiteFolder) throws {
    self.folder = folder
    settings = try SiteSettings(readingFrom: folder)
    guard let stamp = ArtefactStamp(folder.precomputed), let pages = try? Precomputed(contentsOf: folder.precomputed),
      let first = pages.lists.first
    else { throw PipelineError.notBuilt(folder: folder.path) }
    self.stamp = stamp
    self.pages = pages
    stars = try Self.model(first.starsModel, of: folder, pages: pages)
    lists = try pages.lists.map { try Self.model($0.model, of: folder, pages: pages) }
    website = try Website(pages, of: folder, settings: settings)
  }

  static func model(
    _ name: String, of folder: SiteFolder, pages: Precomputed, isMapped: Bool = false
  ) throws -> NamedModel {
    let type = try ModelCatalogue.model(named: name)
    let model = try type.read(from: folder.model(name), isMapped: isMapped)
    guard model.movieCount == pages.movies.count else { throw PipelineError.notBuilt(folder: folder.path) }
    return NamedModel(name: name, model: model)
  }

  /// Whether another build has put its artefact in the place of this one.
  public var isOutdated: Bool { ArtefactStamp(folder.precomputed) != stamp }

  /// A model that the last build trained.
  func ranker(named name: String?) throws -> NamedModel {
    guard let name else { return lists[0] }
    if let known = (lists + [stars]).first(where: { $0.name == name }) { return known }
    _ = try ModelCatalogue.model(named: name)
    guard FileManager.default.fileExists(atPath: folder.model(name)) else {
      throw MemberError.modelNotTrained(name: name, trained: pages.models.map(\.name).sorted())
    }
    return try Self.model(name, of: folder, pages: pages)
  }

  /// The ratings by the artefact's movies; those of movies that came after the build are left out.
  func indexed(_ ratings: [MemberRating]) -> [MovieRating] {
    ratings.compactMap { rating in
      pages.movieIndex(of: rating.movie).map { MovieRating(movie: Int32($0), value: rating.stars, time: rating.time) }
    }.sorted { $0.movie < $1.movie }
  }

  func listMaker(count: Int) -> ListMaker {
    ListMaker(newcomersOf: pages, stars: stars, count: count, includesSeen: settings.includesSeen)
  }

  /// Writes the member's two files into the published site, each in one step.
  ///
  /// A member whom others may not see has none there; whoever asks not to be seen meanwhile loses them again.
  ///
  /// - Parameters:
  ///   - ratings: all of the member's ratings.
  ///   - privacy: tells whom others may not see.
  /// - Returns: the paths that changed, under the output folder.
  /// - Complexity: one fold-in and one scoring of all movies for each list model.
  public func refresh(
    _ member: SourceID, ratings: [MemberRating], privacy: () throws -> Privacy
  ) throws -> [String] {
    guard settings.memberPage(of: member) != nil else { return [] }
    let hidden = try privacy().hidden(settings.site.members)
    guard !hidden.contains(member) else {
      try settings.removeMember(member, from: folder)
      return []
    }
    let changed = try write(files(of: member, ratings: ratings, hidden: hidden))
    if try privacy().hidden(settings.site.members).contains(member) {
      try settings.removeMember(member, from: folder)
      return []
    }
    return changed
  }

  /// The member's page and JSON for the member alone, who may be hidden from all others; nil where members have no pages.
  public func ownFiles(
    of member: SourceID, ratings: [MemberRating], privacy: Privacy
  ) -> (page: [UInt8], json: [UInt8])? {
    guard settings.memberPage(of: member) != nil else { return nil }
    let hidden = privacy.hidden(settings.site.members).subtracting([member])
    let files = files(of: member, ratings: ratings, hidden: hidden)
    guard let page = files.first(where: { $0.path.hasSuffix(".html") })?.bytes,
      let json = files.first(where: { $0.path.hasSuffix(".json") })?.bytes
    else { return nil }
    return (page, json)
  }

  private func files(
    of member: SourceID, ratings: [MemberRating], hidden: Set<SourceID>
  ) -> [(path: String, bytes: [UInt8])] {
    let indexed = indexed(ratings)
    let maker = listMaker(count: Precomputed.listLength)
    let known = pages.userIndex(of: member)
    let own = pages.about(
      known.map { pages.users[$0] } ?? User(id: member), ratings: indexed,
      lists: lists.map { maker.list(by: $0, newcomer: indexed) }, maker: maker, known: known)
    return website.memberFiles(own.without(hidden))
  }

  private func write(_ files: [(path: String, bytes: [UInt8])]) throws -> [String] {
    var changed: [String] = []
    let output = try folder.builtSite()
    let list = output + "/" + SiteManifest.name
    let packers = try settings.copies.map { ($0.suffix, try $0.packer()) }
    // A theme that is newer than the site has files that are not there yet: its page waits for the build.
    let hasTheme = website.assetPaths.allSatisfy { FileManager.default.fileExists(atPath: "\(output)/\($0)") }
    for file in files where hasTheme || !file.path.hasSuffix(".html") {
      let path = "\(output)/\(file.path)"
      if RawFile.holds(file.bytes, at: path) { continue }
      // What a server wrote is Marquee's too. A build that finds the file must find it in the list.
      if !RawFile.exists(path) {
        try RawFile.append(SiteManifest.lines([file.path] + packers.map { file.path + $0.0 }), to: list)
      }
      try RawFile.creatingFolders(for: path) { try RawFile.replace(file.bytes, at: path) }
      // After it: a compressed form that is older than its file is not sent.
      let isPacked = Compression.suits(path, size: file.bytes.count)
      for (suffix, packer) in packers {
        if isPacked {
          try RawFile.replace(packer.pack(file.bytes), at: path + suffix)
        } else {
          try RawFile.remove(path + suffix)
        }
      }
      changed.append(file.path)
    }
    return changed
  }
}

extension SiteSettings {
  /// Removes the files of a member who left, or whom others may not see, from the published site.
  public func removeMember(_ member: SourceID, from folder: SiteFolder) throws {
    guard let output = try? folder.builtSite() else { return }
    let secret = site.members == .unlisted ? site.memberSecret : ""
    for name in Website.memberNames(of: member, secret: secret) {
      for file in ["users/\(name)/index.html", "api/users/\(name).json"] {
        for suffix in [""] + Compression.allCases.map(\.suffix) { try RawFile.remove("\(output)/\(file)\(suffix)") }
      }
      // The folder stays where the owner put something else into it.
      rmdir("\(output)/users/\(name)")
    }
  }

  /// Every name that the files of a member can have; none where members have no files of their own.
  public func memberPages(of id: SourceID) -> [String] {
    switch site.members {
    case .absent, .packed: []
    case .shown: Website.memberNames(of: id)
    case .unlisted: Website.memberNames(of: id, secret: site.memberSecret)
    }
  }

  /// The name of a member's page and JSON under `users/` and `api/users/`, for ids that names of accounts can be, and
  /// for numbers; nil where members have no pages.
  public func memberPage(of id: SourceID) -> String? {
    switch site.members {
    case .absent, .packed: nil
    case .shown: Website.memberName(of: id)
    case .unlisted: Website.memberName(of: id, secret: site.memberSecret)
    }
  }
}

/// What tells one version of a file from the next.
struct ArtefactStamp: Equatable {
  private let size: Int
  private let number: UInt64
  private let modified: Double

  init?(_ path: String) {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else { return nil }
    size = attributes[.size] as? Int ?? 0
    number = attributes[.systemFileNumber] as? UInt64 ?? 0
    modified = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
  }
}

extension Precomputed {
  /// Users are in the order of their ids. Complexity: O(log users).
  func userIndex(of id: SourceID) -> Int? { Self.index(of: id, in: users) { $0.id } }

  func movieIndex(of id: SourceID) -> Int? { Self.index(of: id, in: movies) { $0.id } }

  private static func index<Item>(of id: SourceID, in items: [Item], _ key: (Item) -> SourceID) -> Int? {
    var (low, high) = (0, items.count)
    while low < high {
      let middle = (low + high) / 2
      if key(items[middle]) < id { low = middle + 1 } else { high = middle }
    }
    return low < items.count && key(items[low]) == id ? low : nil
  }
}
