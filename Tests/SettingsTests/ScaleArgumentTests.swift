import Ratings
import Settings
import Testing

@Suite struct `The scale on the command line` {
  @Test func `is a word, or numbers as site.yaml has them`() throws {
    let points = DeclaredScale(.points(minimum: 1, maximum: 6, step: nil))
    for words in ["minimum: 1, maximum: 6", "{minimum: 1, maximum: 6}"] {
      #expect(try DeclaredScale(argument: words) == points)
    }
    #expect(try DeclaredScale(argument: "thumbs") == DeclaredScale(.thumbs))
  }

  /// The parser of YAML is recursive.
  @Test(arguments: [
    String(repeating: "[", count: 100_000), "minimum: " + String(repeating: "{a: ", count: 30_000), "", "[",
  ])
  func `is refused with a sentence where it is neither`(argument: String) {
    #expect(throws: SettingsError.self) { try DeclaredScale(argument: argument) }
  }
}
