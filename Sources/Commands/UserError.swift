import Credentials

/// Why an account could not be managed.
enum UserError: Error, CustomStringConvertible {
  case name(String)
  case taken(name: String)
  case unknown(name: String, nearest: String?)
  case noSuchUser(id: String)
  case userTaken(id: String)
  case password(PasswordRule)

  var description: String {
    switch self {
    case .name(let name): "“\(name)” is not a valid name; \(AccountName.rule)"
    case .taken(let name): "the name “\(name)” is taken by an account or an imported user; choose another"
    case .unknown(let name, let nearest):
      "there is no account “\(name)”\(nearest.map { "; did you mean “\($0)”?" } ?? ""); marquee user list shows them"
    case .noSuchUser(let id): "the data have no user \(id); omit --user, or name another"
    case .userTaken(let id): "another account has the user \(id); marquee user list shows it"
    case .password(let fault): "\(fault)"
    }
  }
}
