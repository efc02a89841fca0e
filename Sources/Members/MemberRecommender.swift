import BinaryFiles
import Content
import LinearAlgebra
import Models
import Platform
package import Precompute
import Publishing
package import Ratings
package import Settings
import Site
package import Store

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
package final class MemberRecommender: Sendable {
  package let folder: SiteFolder
  package let settings: SiteSettings
  let pages: Precomputed
  /// The models of the member pages' lists, in their order.
  package let lists: [NamedModel]
  package let stars: NamedModel
  private let website: Website
  /// What the file of the artefact was when it was read.
  private let stamp: FileStamp

  /// Reads the artefact and the models of the site's last build.
  ///
  /// - Complexity: that of reading them; memory for both.
  /// - Throws: `SettingsError.notBuilt` where there was no build yet, or where its files do not belong together.
  package init(site folder: SiteFolder) throws {
    self.folder = folder
    settings = try SiteSettings(readingFrom: folder)
    guard let stamp = FileStamp(path: folder.precomputed), let pages = try? Precomputed(contentsOf: folder.precomputed),
      let first = pages.lists.first
    else { throw SettingsError.notBuilt(folder: folder.path) }
    self.stamp = stamp
    self.pages = pages
    stars = try Self.model(first.starsModel, of: folder, pages: pages)
    lists = try pages.lists.map { try Self.model($0.model, of: folder, pages: pages) }
    website = try Website(pages, of: folder, settings: settings)
  }

  package static func model(
    _ name: String, of folder: SiteFolder, pages: Precomputed, isMapped: Bool = false
  ) throws -> NamedModel {
    try BLAS.load()
    let type = try ModelCatalogue.model(named: name)
    let model = try type.read(from: folder.model(name), isMapped: isMapped)
    guard model.movieCount == pages.movies.count else { throw SettingsError.notBuilt(folder: folder.path) }
    return NamedModel(name: name, model: model)
  }

  /// Whether another build has replaced this artefact.
  package var isOutdated: Bool { FileStamp(path: folder.precomputed)?.isSameVersion(as: stamp) != true }

  /// A model that the last build trained.
  package func ranker(named name: String?) throws -> NamedModel {
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
  ///   - privacy: who may not be seen by others.
  /// - Returns: the paths that changed, under the output folder.
  /// - Complexity: one fold-in and one scoring of all movies for each list model.
  package func refresh(
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
  package func ownFiles(
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
    let site = PublishedSite(output: try folder.builtSite())
    // A theme that is newer than the site has files that are not there yet: its page waits for the build.
    let hasTheme = website.assetPaths.allSatisfy { site.holds($0) }
    return try site.replace(files.filter { hasTheme || !$0.path.hasSuffix(".html") }, copies: settings.copies)
  }
}
