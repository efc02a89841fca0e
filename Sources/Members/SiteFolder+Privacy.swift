import Platform
package import Settings
import Store

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension SiteFolder {
  /// Checks that the built site shows nobody who does not want to be seen any more, before it goes elsewhere.
  ///
  /// - Throws: `MemberError.notForgotten`; `StoreError` where that cannot be known.
  package func checkPrivacyIsPublished() throws {
    guard hasDatabase else { return }
    if try RatingStore.privacy(at: database, busyTimeout: 20).isPending {
      throw MemberError.notForgotten(site: path)
    }
  }
}
