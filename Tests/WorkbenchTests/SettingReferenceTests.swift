import Settings
import Testing
import Workbench

@Suite struct `The reference of settings` {
  @Test func `what is printed of each setting of serve sets it again`() throws {
    var settings = ServeSettings()
    try settings.set("trusted-proxies", to: "10.0.0.0/8,proxy")
    try settings.set("registration", to: "closed")
    try settings.set("body-limit", to: "2048")
    var again = ServeSettings()
    let lines = settings.listing(folder: "output", hasEndpoint: true).split(separator: "\n").dropFirst(2)
    #expect(lines.count == ServeSettings.names.count)
    for line in lines {
      let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
      #expect(ServeSettings.names.contains(parts[0]))
      let value = parts[1].dropFirst()
      if !value.isEmpty { try again.set(parts[0], to: String(value)) }
    }
    #expect(again == settings)
  }

  @Test func `each setting stands there with its default`() throws {
    let page = ReferencePage.settings.text
    for name in ServeSettings.names { #expect(page.contains("| `\(name)` |"), "\(name)") }
    #expect(page.contains("| `per-page` | a whole number from 10 to 1000 | 60 |"))
    #expect(page.contains("| `members` | public, packed, unlisted, absent | public |"))
    #expect(page.contains("| `request-timeout` | 1 to 3600 seconds | `30` | `MARQUEE_REQUEST_TIMEOUT` |"))
  }

  @Test func `nothing in a table is taken for a mark of Markdown`() {
    #expect(MarkdownText.escaped("a|b <id> *c* `d` [e]") == #"a\|b &lt;id> \*c\* \`d\` \[e\]"#)
  }
}
