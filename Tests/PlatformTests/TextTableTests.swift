import Platform
import Testing

@Suite struct `Tables for a terminal` {
  @Test func `columns are aligned by characters and lines end without spaces`() {
    var table = TextTable(columns: [.right, .left, .right])
    table.add(["1", "Amélie", ""])
    table.add(["10", "Up", "4.5"])
    #expect(table.text == " 1  Amélie\n10  Up      4.5\n")
  }

  @Test func `no rows give no text`() {
    #expect(TextTable(columns: [.left]).text.isEmpty)
  }
}
