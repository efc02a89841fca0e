import Digests
import Ratings

/// How members are named in addresses.
package enum MemberNames: Sendable {
  /// By names of files that differ in more than capital letters.
  case files
  /// By what nobody can guess without a secret.
  case keyed(secret: String)
  /// By their ids as they are, where members share files.
  case ids

  init(_ configuration: SiteConfiguration) {
    self =
      switch configuration.members {
      case .unlisted: .keyed(secret: configuration.memberSecret)
      case .packed: .ids
      case .shown, .absent: .files
      }
  }

  func names(of users: [User]) -> [String] {
    var members = UniqueNames(reserved: Catalogue.reservedMemberNames)
    switch self {
    case .files:
      // Ids without capitals come first: those of accounts are theirs whatever else the data bring.
      var names = [String](repeating: "", count: users.count)
      let texts = users.map { $0.id.description }
      let order =
        texts.indices.filter { texts[$0] == texts[$0].lowercased() }
        + texts.indices.filter { texts[$0] != texts[$0].lowercased() }
      for user in order { names[user] = members.claim(users[user].id) }
      return names
    case .keyed(let secret):
      return users.map { members.claim(KeyedHash.name(of: $0.id.description, secret: secret), key: "") }
    case .ids: return users.map { $0.id.description }
    }
  }
}
