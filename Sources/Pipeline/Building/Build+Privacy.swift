import Content
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

extension Privacy {
  /// Who is left out, as one number.
  fileprivate func key(_ visibility: SiteConfiguration.Members) -> UInt64 {
    var result = Fingerprint()
    for id in hidden(visibility).sorted() { result.add(id.description) }
    return result.value
  }
}

extension Build {
  /// Whom this site may not show, as the database has it at this moment. It is asked after the ratings were read, so
  /// whoever is among them is known here.
  ///
  /// - Throws: `StoreError`: without knowing who is hidden, no site is published.
  func privacy() throws -> Privacy {
    guard folder.hasDatabase else { return Privacy() }
    return try RatingStore.privacy(at: folder.database)
  }

  /// Adds whom a site leaves out to what its pages depend on.
  func add(_ privacy: Privacy, to inputs: inout StageInputs) {
    let visibility = settings.site.members
    guard !privacy.hidden(visibility).isEmpty else { return inputs.remove(.hiddenMembers) }
    inputs.add(.hiddenMembers, privacy.key(visibility))
  }

  /// Whether what earlier builds kept may still know of somebody who was removed: it is not used, then.
  func mustForget() throws -> Bool { try privacy().hasPendingRemovals }

  /// Removes the members that a build left out from the previous site too, which is kept next to the published one.
  ///
  /// - Parameters:
  ///   - privacy: what the build knew.
  ///   - publication: that of the site, published.
  func forgetFormer(_ privacy: Privacy, output: String, _ publication: Publication) {
    if isPending(privacy, output: output) { publication.forgetFormer() }
  }

  /// Takes whom a build left out of everything else that builds keep, and says last that it is done: a build that is killed
  /// before leaves it to the next.
  mutating func forget(_ privacy: Privacy, output: String) throws {
    guard isPending(privacy, output: output) else { return }
    if privacy.hasPendingRemovals {
      cache.keepsFormer = false
      cache.removeUnused(&memory)
    }
    try RatingStore(path: folder.database).recordPublished(privacy: privacy.changed)
  }

  private func isPending(_ privacy: Privacy, output: String) -> Bool {
    privacy.isPending && output == folder.output && folder.hasDatabase
  }
}
