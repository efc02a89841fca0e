import Credentials
import Site

extension PasswordRule {
  /// What is wrong with a password, in the language of the site.
  func text(in texts: Texts) -> String {
    switch self {
    case .tooShort: texts(.problemPasswordShort, ["shortest": texts.number(Self.shortest)])
    case .tooLong: texts(.problemPasswordLong, ["longest": texts.number(Self.longest)])
    case .common: texts(.problemPasswordCommon)
    case .isName: texts(.problemPasswordName)
    }
  }
}
