import Ratings
import Store

/// The body of a registration or login.
struct Credential: InterfaceBody {
  static let schemaName: String? = "Credential"
  let name: String
  let password: String
  let invitation: String?

  static func details(_ scale: RatingScale) -> [String: JSONValue] {
    [
      "name": ["minLength": 2, "maxLength": 30, "pattern": "^[A-Za-z][A-Za-z0-9_-]+$"],
      "password": ["minLength": 10, "maxLength": 1024], "invitation": ["maxLength": 64],
    ]
  }
}

/// A new session.
struct OpenedSession: InterfaceBody, Encodable {
  static let schemaName: String? = "Session"
  let name: String
  let token: String
  let expires: Int

  static func details(_ scale: RatingScale) -> [String: JSONValue] {
    ["expires": ["description": "Seconds since 1970."]]
  }
}

/// An account, as its member sees it.
struct Me: InterfaceBody, Encodable {
  static let schemaName: String? = "Me"
  let name: String
  let id: String
  let role: Role
  let listed: Bool
  let ratings: Int
  /// Nil if members have no pages.
  let page: String?

  enum Role: String, InterfaceChoice, Encodable {
    case member, owner

    init(_ role: Account.Role) { self = role == .owner ? .owner : .member }
  }

  static func details(_ scale: RatingScale) -> [String: JSONValue] {
    ["page": ["description": "The path of the member's page; missing if the site has none."]]
  }
}

/// Changes of a member's account.
struct AccountChange: InterfaceBody {
  static let schemaName: String? = "Change"

  struct Password: InterfaceBody {
    let old: String
    let new: String

    static func details(_ scale: RatingScale) -> [String: JSONValue] {
      ["old": ["maxLength": 1024], "new": ["minLength": 10, "maxLength": 1024]]
    }
  }

  let listed: Bool?
  let password: Password?

  enum CodingKeys: CodingKey { case listed, password }

  /// A key that is present has a value: null is not allowed.
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    listed = try container.contains(.listed) ? container.decode(Bool.self, forKey: .listed) : nil
    password = try container.contains(.password) ? container.decode(Password.self, forKey: .password) : nil
  }
}

/// The password again, before irreversible actions.
struct Confirmation: InterfaceBody {
  static let schemaName: String? = "Confirmation"
  let password: String

  static func details(_ scale: RatingScale) -> [String: JSONValue] { ["password": ["maxLength": 1024]] }
}
