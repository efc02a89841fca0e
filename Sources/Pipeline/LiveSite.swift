import Models
import Precompute
public import Ratings
import Site

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A published site that shows a member's new ratings at once: they are folded into the models of the last build, and
/// that member's page and JSON are written anew. Everything else waits for the next build.
///
/// Reading it takes about as long as a build that changes nothing but pages; one answer takes milliseconds. After each
/// build it has to be read again.
public final class LiveSite: Sendable {
  private let output: String
  private let website: Website
  private let pages: Precomputed
  private let models: FoldInModels
  private let includesSeen: Bool
  private let movies: [SourceID: Int32]

  /// Reads what the last build of the site left.
  ///
  /// - Parameters:
  ///   - site: the site's folder.
  ///   - output: the folder of the built site, if it is not the one in the site's folder.
  /// - Throws: `PipelineError.notBuilt`, or what is wrong with the settings, the theme or a file of the build.
  public init(site: String, output: String? = nil) throws {
    let folder = SiteFolder(site)
    self.output = try output ?? folder.builtSite()
    guard RawFile.isFile(folder.precomputed) else { throw PipelineError.notBuilt(folder: folder.path) }
    var options = BuildOptions()
    options.site = site
    // Ratings may have come from elsewhere; the pages have them already.
    options.data = (try? SiteSettings(readingFrom: folder).data).flatMap { $0.isEmpty ? nil : $0 } ?? [folder.database]
    var build = try Build(options, observer: BuildObserver())
    if let quality = build.memory.quality { build.settings.site.quality = quality }
    pages = try Precomputed(contentsOf: folder.precomputed)
    website = try build.website(pages, stages: [])
    models = try FoldInModels(of: pages) { folder.model($0) }
    includesSeen = build.settings.includesSeen
    movies = Dictionary(
      pages.movies.enumerated().map { ($1.id, Int32($0)) }, uniquingKeysWith: { first, _ in first })
  }

  /// Shows the ratings of one member, all of them, as of now.
  ///
  /// - Parameter ratings: movies that the site does not have yet are left out; of a movie named twice the last counts.
  /// - Returns: the paths under the output folder that were written.
  /// - Throws: `PipelineError.notWritable`; a page is written whole or not at all.
  @discardableResult
  public func show(_ member: SourceID, ratings: [(movie: SourceID, stars: Float, time: UInt32)]) throws -> [String] {
    var known: [Int32: MovieRating] = [:]
    for rating in ratings {
      guard let movie = movies[rating.movie] else { continue }
      known[movie] = MovieRating(movie: movie, value: rating.stars, time: rating.time)
    }
    let (pages, user) = pages.foldingIn(
      member, ratings: known.values.sorted { $0.movie < $1.movie }, models: models, includesSeen: includesSeen)
    return try website.files(ofMember: user, in: pages).map { path, bytes in
      let full = output + "/" + path
      do {
        try RawFile.creatingFolders(for: full) { try RawFile.replace(bytes, at: full) }
      } catch {
        throw PipelineError.notWritable(path: full, reason: "\(error)")
      }
      return path
    }
  }
}
