import Publishing
package import Ratings
package import Settings
import Site

extension SiteSettings {
  /// Removes the files of a member who left, or whom others may not see, from the published site.
  package func removeMember(_ member: SourceID, from folder: SiteFolder) throws {
    guard let output = try? folder.builtSite() else { return }
    let secret = site.members == .unlisted ? site.memberSecret : ""
    let published = PublishedSite(output: output)
    for name in Website.memberNames(of: member, secret: secret) {
      try published.remove(["users/\(name)/index.html", "api/users/\(name).json"])
      published.removeEmptyFolder("users/\(name)")
    }
  }

  /// Every name that the files of a member can have; none where members have no files of their own.
  package func memberPages(of id: SourceID) -> [String] {
    switch site.members {
    case .absent, .packed: []
    case .shown: Website.memberNames(of: id)
    case .unlisted: Website.memberNames(of: id, secret: site.memberSecret)
    }
  }

  /// The name of a member's page and JSON under `users/` and `api/users/`, for ids that names of accounts can be, and
  /// for numbers; nil where members have no pages.
  package func memberPage(of id: SourceID) -> String? {
    switch site.members {
    case .absent, .packed: nil
    case .shown: Website.memberName(of: id)
    case .unlisted: Website.memberName(of: id, secret: site.memberSecret)
    }
  }
}
