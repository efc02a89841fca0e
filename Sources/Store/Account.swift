public import Ratings

/// Somebody who can log in.
public struct Account: Equatable, Sendable {
  public enum Role: Int, Sendable {
    case member
    /// May start builds.
    case owner
  }

  public var id: Int64
  /// The primary key of the user whose ratings these are.
  public var user: Int32
  /// The user's id in the ratings and in addresses.
  public var userID: SourceID
  public var name: String
  /// The hash, as text.
  public var password: String
  public var role: Role
  /// Whether everybody may see the member's page.
  public var isListed: Bool
  /// Seconds since 1970.
  public var created: Int
}

/// What a new account is made of.
public struct NewAccount: Sendable {
  public var name: String
  /// The hash, as text.
  public var password: String
  public var role: Account.Role
  public var isListed: Bool
  /// The imported user whose ratings the account takes over; nil for a new user with the account's name.
  public var importedUser: SourceID?

  public init(
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
public enum AccountRefusal: Error, Equatable, Sendable {
  /// Another account has the name, or an imported user has it as id.
  case nameTaken
  case unknownUser
  /// Another account has the user.
  case userTaken
  case invitationUnknown
}

/// Somebody logged in.
public struct Session: Equatable, Sendable {
  public enum Kind: Int, Sendable {
    case browser, token
  }

  public var account: Account
  public var kind: Kind
  /// Seconds since 1970.
  public var expires: Int

  public init(account: Account, kind: Kind, expires: Int) {
    self.account = account
    self.kind = kind
    self.expires = expires
  }
}
