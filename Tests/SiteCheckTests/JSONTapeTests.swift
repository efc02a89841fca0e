import Foundation
import SiteCheck
import Testing

@Suite("The JSON parser of the check")
struct JSONTapeTests {
  func isJSON(_ text: String) -> Bool { (try? SiteCheck.JSONTape(Array(text.utf8))) != nil }

  @Test(
    "takes what is JSON",
    arguments: [
      "0", "-0", "1.5e-10", "1E+2", "\"\"", "\"\\u00e9\\ud83c\\udfac\\n\\/\"", "\"é🎬\"", "[]", "{}",
      " [ 1 , [ ] , { } ] ",
      "{\"a\":{\"b\":[null,true,false]}}", "\"\u{7F}\"",
    ])
  func valid(_ text: String) {
    #expect(isJSON(text))
  }

  @Test(
    "refuses what is not",
    arguments: [
      "", " ", "01", "-", "+1", "1.", ".5", "1e", "0x1", "NaN", "nul", "True", "\"", "\"\\x\"", "\"\\u12\"",
      "\"\\ud800\"",
      "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"\n\"", "\"\t\"", "'a'", "[1,]", "[,1]", "[1 2]", "[", "]", "{\"a\"}",
      "{\"a\":}", "{a:1}", "{\"a\":1,}", "{\"a\":1 \"b\":2}", "1 2", "[1]]", "// x\n1", "\u{FEFF}1", "\u{A0}1",
    ])
  func invalid(_ text: String) {
    #expect(!isJSON(text))
  }

  @Test("refuses bytes that are no UTF-8, and nesting without end")
  func bytes() {
    #expect(throws: SiteCheck.JSONTape.Fault.self) { try SiteCheck.JSONTape([0x22, 0xFF, 0x22]) }
    #expect(throws: SiteCheck.JSONTape.Fault.self) { try SiteCheck.JSONTape([0x22, 0xED, 0xA0, 0x80, 0x22]) }
    #expect(!isJSON(String(repeating: "[", count: 1_000_000)))
  }

  @Test("agrees with Foundation about texts with one byte changed", arguments: 0..<10)
  func foundation(_ seed: UInt64) {
    let text = Array(#"{"a":[1,-2.5e3,"x\u00e9\\",null,true],"b":{"c":"d e","f":[]},"g":0}"#.utf8)
    let bytes = Array(#"{}[]",:\0123456789-+.eEtfn aux/"#.utf8) + [0x09, 0x0A, 0x1F]
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    for _ in 0..<400 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      var changed = text
      changed[Int(state >> 40) % text.count] = bytes[Int(state >> 20 & 0xFFFF) % bytes.count]
      let ours = (try? SiteCheck.JSONTape(changed)) != nil
      let theirs = (try? JSONSerialization.jsonObject(with: Data(changed), options: .fragmentsAllowed)) != nil
      #expect(ours == theirs, "\(String(decoding: changed, as: UTF8.self))")
    }
  }
}
