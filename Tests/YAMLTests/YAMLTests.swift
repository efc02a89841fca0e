import Testing
import YAML
import Yams

@Suite struct `The reader of YAML` {
  @Test(arguments: ["", "\n", "# nothing\n", "---\n"])
  func `takes a text without values for nothing`(text: String) throws { #expect(try YAMLText.root(of: text) == nil) }

  @Test(arguments: [
    ("a: 1\nb: [1\n", 3), ("a: 1\ntitle: Heat: a film\n", 2), ("\"x\n", 2), ("# a\na: 1\nb: 2\na: 3\n", 2),
    ("a: \u{1}\n", 1),
  ]) func `says in which line something is wrong`(text: String, line: Int) {
    let fault = #expect(throws: YAMLFault.self) { try YAMLText.root(of: text) }
    #expect(fault?.line == line && fault?.problem.isEmpty == false, "\(fault.map { "\($0)" } ?? "none")")
  }

  /// The parser is recursive: these would overflow the stack or never end.
  @Test(arguments: [
    String(repeating: "[", count: 200_000), String(repeating: "- ", count: 200_000),
    String(repeating: "{a: ", count: 100_000),
    (0..<60).map { String(repeating: " ", count: 6 * $0) + "a:\n" }.joined(),
  ]) func `refuses what is nested without end`(text: String) {
    let fault = #expect(throws: YAMLFault.self) { try YAMLText.root(of: text) }
    #expect(fault.map { if case .tooDeep = $0 { true } else { false } } == true)
  }

  @Test func `refuses aliases that make a small text large or deep`() {
    let laughs =
      "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
      + (1..<12).map {
        "a\($0): &a\($0) [" + Array(repeating: "*a\($0 - 1)", count: 10).joined(separator: ", ") + "]\n"
      }
      .joined()
    let chain = "a0: &a0 [x]\n" + (1..<100).map { "a\($0): &a\($0) [*a\($0 - 1)]\n" }.joined()
    for text in [laughs, chain] {
      let fault = #expect(throws: YAMLFault.self) { try YAMLText.root(of: text) }
      #expect(fault.map { if case .tooDeep = $0 { true } else { false } } == true)
    }
    #expect(throws: Never.self) { try YAMLText.root(of: "a: &a [x]\nb: *a\n") }
  }
}
