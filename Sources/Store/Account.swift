package import Ratings

/// Somebody who can log in.
package struct Account: Equatable, Sendable {
  package enum Role: Int, Sendable {
    case member
    /// May start builds.
    case owner
  }

  package var id: Int64
  /// The primary key of the user whose ratings these are.
  package var user: Int32
  /// The user's id in the ratings and in addresses.
  package var userID: SourceID
  package var name: String
  /// The hash, as text.
  package var password: String
  package var role: Role
  /// Whether everybody may see the member's page.
  package var isListed: Bool
  /// Seconds since 1970.
  package var created: Int
}

/// What a new account is made of.
package struct NewAccount: Sendable {
  package var name: String
  /// The hash, as text.
  package var password: String
  package var role: Account.Role
  package var isListed: Bool
  /// The imported user whose ratings the account takes over; nil for a new user with the account's name.
  package var importedUser: SourceID?

  package init(
    name: String, password: String, role: Account.Role = .member, isListed: Bool = true, importedUser: SourceID? = nil
  ) {
    self.name = name
    self.password = password
    self.role = role
    self.isListed = isListed
    self.importedUser = importedUser
  }
}

/// Why an account was not made.
package enum AccountRefusal: Error, Equatable, Sendable {
  /// Another account has the name, or an imported user has it as id.
  case nameTaken
  case unknownUser
  /// Another account has the user.
  case userTaken
  case invitationUnknown
}

/// Somebody logged in.
package struct Session: Equatable, Sendable {
  package enum Kind: Int, Sendable {
    case browser, token
  }

  package var account: Account
  package var kind: Kind
  /// Seconds since 1970.
  package var expires: Int

  package init(account: Account, kind: Kind, expires: Int) {
    self.account = account
    self.kind = kind
    self.expires = expires
  }
}
