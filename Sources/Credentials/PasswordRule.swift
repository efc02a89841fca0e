/// The rules for passwords: long enough, not a very common one, not the name.
///
/// After NIST SP 800-63B, section 5.1.1.2: length and a list of common passwords, no composition rules.
package enum PasswordRule: Equatable, Sendable {
  case tooShort, tooLong, common, isName

  package static let shortest = 10
  /// In UTF-8 bytes; longer ones would only cost hashing time.
  package static let longest = 1024

  /// What is wrong with a new password; nil if nothing is.
  package static func fault(of password: String, name: String) -> PasswordRule? {
    if password.utf8.count > longest { return .tooLong }
    let password = OneForm.of(password)
    if password.utf8.count > longest { return .tooLong }
    if password.count < shortest { return .tooShort }
    let folded = password.lowercased()
    if folded == name.lowercased() || folded == String(name.lowercased().reversed()) { return .isName }
    return isCommon(folded) ? .common : nil
  }

  /// Ten characters rule out most common passwords; the rest are a common word with digits around
  /// it, a repeated pattern, or a keyboard walk.
  private static func isCommon(_ password: String) -> Bool {
    if Set(password).count < 4 { return true }
    if walks.contains(where: { isWalk(password, along: $0) }) { return true }
    let core = password.filter(\.isLetter)
    if words.contains(core) || words.contains(password) { return true }
    let half = String(core.prefix(core.count / 2))
    return !half.isEmpty && half + half == core && words.contains(half)
  }

  private static func isWalk(_ password: String, along keys: String) -> Bool {
    let forward = keys + keys
    return forward.contains(password) || String(forward.reversed()).contains(password)
  }

  private static let walks = [
    "1234567890", "0123456789", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn", "abcdefghijklmnopqrstuvwxyz", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik", "qazwsxedcrfvtgbyhnujmikolp",
  ]

  private static let words: Set<String> = [
    "password", "passwort", "motdepasse", "contrasena", "senha", "passw", "passwd", "pass", "letmein", "welcome",
    "iloveyou", "monkey", "dragon", "football", "baseball", "basketball", "superman", "batman", "starwars",
    "princess", "sunshine", "shadow", "master", "michael", "jennifer", "jordan", "michelle", "charlie", "ashley",
    "jessica", "nicole", "daniel", "liverpool", "chelsea", "arsenal", "whatever", "trustno", "computer", "internet",
    "qwerty", "qwertyuiop", "qwertz", "azerty", "asdfgh", "asdfghjkl", "zxcvbn", "zxcvbnm", "abc", "abcd", "abcdef",
    "abcdefg", "changeme", "default", "admin", "administrator", "root", "guest", "login", "secret", "test", "testing",
    "user", "hello", "helloworld", "freedom", "flower", "lovely", "loveyou", "mynameis", "mypassword",
    "yourpassword", "newpassword", "thepassword", "passwordpassword", "nopassword", "marquee", "movies", "movie",
    "films", "film", "cinema", "filmclub", "movieclub", "movienight", "summer", "winter", "spring", "autumn",
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "pokemon", "minecraft",
    "samsung", "google", "facebook", "instagram", "blink", "matrix", "hunter", "killer", "soccer", "hockey",
    "correcthorsebatterystaple", "qweasdzxc", "qazwsx", "onetwothree", "fuckyou", "asshole", "letmeinnow",
  ]
}

extension PasswordRule: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tooShort: "the password is too short; use at least \(Self.shortest) characters"
    case .tooLong: "the password is too long; use at most \(Self.longest) bytes"
    case .common: "this password is among the most common; choose another"
    case .isName: "the password is your name; choose another"
    }
  }
}
