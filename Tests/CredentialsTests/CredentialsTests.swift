import Credentials
import Digests
import Testing

@Suite("Credentials")
struct CredentialsTests {
  private static let cheap = ScryptCost(n: 16, r: 1, p: 1)

  @Test func `A stored password is verified, and another is rejected`() throws {
    let stored = try PasswordHash(of: "a quiet evening", cost: Self.cheap).description
    let read = try #require(PasswordHash(stored))
    #expect(try read.matches("a quiet evening"))
    #expect(try !read.matches("a quiet evening "))
    #expect(try !read.matches(""))
  }

  @Test(arguments: [
    ("caf\u{e9} am Abend", "cafe\u{301} am Abend"), ("geheim \u{ff11}\u{ff12}\u{ff13}", "geheim 123"),
    ("\u{ac00}\u{b098} und mehr", "\u{1100}\u{1161}\u{1102}\u{1161} und mehr"),
    ("ein\u{a0}langer Satz", "ein langer Satz"),
  ])
  func `A password is the same in every form that Unicode has for it`(one: String, other: String) throws {
    for (made, typed) in [(one, other), (other, one)] {
      #expect(try PasswordHash(of: made, cost: Self.cheap).matches(typed))
    }
    #expect(AccountName(" Dora\n")?.text == "dora")
    #expect(AccountName("\u{ff21}nna\u{3000}")?.text == "anna")
    #expect(AccountName("an na") == nil)
  }

  @Test func `A password that was hashed as it was typed is still known`() throws {
    // scrypt of "café" with a combining accent, as another program makes it: N 16, r 1, p 1, salt "NaCl".
    let stored = try #require(
      PasswordHash("$scrypt$n=16,r=1,p=1$4e61436c$aac4d1869e4a88a44e0c1f2d7d018d517c3292f7dfee7278b667f1f29cc4c696"))
    #expect(try stored.matches("cafe\u{301}"))
    #expect(try !stored.matches("caf\u{e9}!"))
  }

  @Test func `The key is that of RFC 7914`() throws {
    // Section 12, the second vector: password "password", salt "NaCl", N 1024, r 8, p 16; its first 32 bytes.
    let stored = "$scrypt$n=1024,r=8,p=16$4e61436c$fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
    #expect(try #require(PasswordHash(stored)).matches("password"))
  }

  @Test func `Two hashes of one password differ`() throws {
    #expect(try PasswordHash(of: "x", cost: Self.cheap) != PasswordHash(of: "x", cost: Self.cheap))
  }

  @Test(arguments: [
    "", "$scrypt$", "$scrypt$n=16,r=1,p=1$00$00", "$bcrypt$n=16,r=1,p=1$00$" + String(repeating: "0", count: 64),
    "$scrypt$n=1099511627776,r=8,p=1$00$" + String(repeating: "0", count: 64),
    "$scrypt$n=15,r=1,p=1$00$" + String(repeating: "0", count: 64),
    "$scrypt$n=16,r=1,p=0$00$" + String(repeating: "0", count: 64),
  ])
  func `An invalid stored password is rejected`(text: String) {
    #expect(PasswordHash(text) == nil)
  }

  @Test func `A token is stored as its digest`() throws {
    let token = SecretToken()
    #expect(token.text.utf8.count == 64)
    #expect(SecretToken(token.text)?.digest == token.digest)
    #expect(token.digest.hexadecimal != token.text)
    #expect(SecretToken(token.text.uppercased()) == nil || !token.text.contains(where: \.isLetter))
    #expect(SecretToken("") == nil)
    // FIPS 180-2, appendix B.1.
    #expect(
      SecretToken.digest(of: Array("abc".utf8)).hexadecimal
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test func `Passwords that everybody tries are refused, and long ones are fine`() {
    for password in [
      "password123", "Password2024!", "1234567890", "qwertyuiop", "aaaaaaaaaaaa", "poiuytrewq", "letmein1234",
    ] {
      #expect(PasswordRule.fault(of: password, name: "anna") == .common, "\(password)")
    }
    #expect(PasswordRule.fault(of: "short", name: "anna") == .tooShort)
    #expect(PasswordRule.fault(of: "anna-and-bert", name: "Anna-and-Bert") == .isName)
    #expect(PasswordRule.fault(of: String(repeating: "ab1x", count: 300), name: "anna") == .tooLong)
    for password in ["mild ginger otter", "Zimt&Zucker7", "käsebrot im zug"] {
      #expect(PasswordRule.fault(of: password, name: "anna") == nil, "\(password)")
    }
  }

  @Test func `A name begins with a letter and has no surprises`() {
    #expect(AccountName("Anna-Maria_7")?.text == "anna-maria_7")
    for name in ["", "a", "1anna", "anna b", "änna", "anna/../x", "anna\0", "me", String(repeating: "a", count: 31)] {
      #expect(AccountName(name) == nil, "\(name)")
    }
  }
}
