import Platform
import Testing

@Suite struct `Texts in addresses and tables` {
  @Test func `every byte is read back from an address`() {
    let text = String(decoding: (1...127).map { UInt8($0) }, as: UTF8.self) + "é𝄞ß漢"
    #expect(PercentEncoding.text(of: PercentEncoding.encoded(text)) == text)
    #expect(PercentEncoding.text(of: PercentEncoding.encoded(text, keeping: "")) == text)
    #expect(PercentEncoding.encoded("a b/ü~_.-%") == "a%20b%2F%C3%BC~_.-%25")
    #expect(PercentEncoding.encoded("a b/c-d", keeping: "/") == "a%20b/c%2Dd")
  }

  @Test func `a sign without two digits stays, and a plus is a blank in forms alone`() {
    #expect(PercentEncoding.text(of: "100%") == "100%" && PercentEncoding.text(of: "%4") == "%4")
    #expect(PercentEncoding.text(of: "%zz%41+") == "%zzA+" && PercentEncoding.text(of: "a+b", isForm: true) == "a b")
  }

  @Test func `a field has marks where it needs them, and those in it twice`() {
    #expect(CSVField.text("plain") == "plain" && CSVField.text("") == "")
    #expect(
      CSVField.text("a,b") == "\"a,b\"" && CSVField.text("a\nb") == "\"a\nb\"" && CSVField.text("\r\n") == "\"\r\n\"")
    #expect(CSVField.text("say \"no\"") == "\"say \"\"no\"\"\"" && CSVField.quoted("x") == "\"x\"")
    // A mark under a combining accent is one, too.
    #expect(CSVField.text("\"\u{301}") == "\"\"\"\u{301}\"")
  }
}
