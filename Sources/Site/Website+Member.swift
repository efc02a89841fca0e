import Digests
package import Precompute
package import Ratings
import Templates

extension Website {
  /// The page and the JSON of one member, made from newer ratings than the rest of the site.
  ///
  /// - Parameter pages: the artefact for that member alone, as `Precomputed.about` makes it.
  /// - Returns: paths under the output folder and contents.
  package func memberFiles(_ pages: Precomputed) -> [(path: String, bytes: [UInt8])] {
    let secret = context.configuration.members == .unlisted ? context.configuration.memberSecret : ""
    let catalogue = Catalogue(context.catalogue, about: pages, secret: secret)
    let context = PageContext(context, catalogue: catalogue)
    var reader = SourceReader.uncounted
    let member = MemberSource(0, in: context, &reader)
    var page: [UInt8] = []
    parts.library.render(MemberPage.template, MemberPage.framedModel(in: context.frame)(member), into: &page)
    var json: [UInt8] = []
    UserJSON.append(member, to: &json)
    return [(MemberPage.path(member.name), page), (UserJSON.path(member.name), json)]
  }
}

extension Website {
  /// A shard of packed members, as `users/packed/` has it.
  ///
  /// - Parameter pages: the artefact with the shard's members alone, by their ids.
  package func packedMembers(_ pages: Precomputed) -> [UInt8] {
    let names = MemberNames.ids.names(of: pages.users)
    let context = PageContext(
      context, catalogue: Catalogue(context.catalogue, precomputed: pages, userNames: names))
    var bytes: [UInt8] = []
    PackedMembers.append(pages.users.indices.map { Int32($0) }, in: context, to: &bytes)
    return bytes
  }
}

extension Website {
  /// The theme's files under the output folder, which every page needs.
  package var assetPaths: [String] { parts.assets.files.map(\.path) }

  /// Every name that a build can have given a member's files: the plain one, and the one that keeps it apart from others.
  package static func memberNames(of id: SourceID, secret: String = "") -> [String] {
    let plain = memberName(of: id, secret: secret)
    guard secret.isEmpty else { return [plain] }
    var taken = UniqueNames(reserved: Catalogue.reservedMemberNames + [plain.lowercased()])
    return [plain, taken.claim(id)]
  }

  /// The name of a member's files, unless another member's name is the same but for upper and lower case.
  ///
  /// - Parameter secret: what the addresses of unlisted members are made from; empty for those of listed ones.
  package static func memberName(of id: SourceID, secret: String = "") -> String {
    guard secret.isEmpty else { return KeyedHash.name(of: id.description, secret: secret) }
    var names = UniqueNames(reserved: Catalogue.reservedMemberNames)
    return names.claim(id)
  }
}

extension Catalogue {
  /// The same movies with the users of `pages`. Users who are not in `other` get the name that their id gives them.
  fileprivate init(_ other: Catalogue, about pages: Precomputed, secret: String) {
    var names = UniqueNames(reserved: Catalogue.reservedMemberNames)
    let userNames = pages.users.map { user in
      other.userIndex(of: user.id).map { other.userNames[$0] }
        ?? (secret.isEmpty ? names.claim(user.id) : KeyedHash.name(of: user.id.description, secret: secret))
    }
    self.init(other, precomputed: pages, userNames: userNames)
  }

  /// The index of a user; users are in the order of their ids. Complexity: O(log users).
  private func userIndex(of id: SourceID) -> Int? {
    var (low, high) = (0, precomputed.users.count)
    while low < high {
      let middle = (low + high) / 2
      if precomputed.users[middle].id < id { low = middle + 1 } else { high = middle }
    }
    return low < precomputed.users.count && precomputed.users[low].id == id ? low : nil
  }
}
