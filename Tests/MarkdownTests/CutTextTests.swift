import Markdown
import Testing
import YAML

@Suite struct `Values that a comment cuts short` {
  private func cut(_ yaml: String) throws -> [String] {
    try MarkdownDocument.frontMatter(of: "---\n\(yaml)---\n\nText\n", path: "a.md").cut.map {
      "\($0.line) \($0.key) \($0.lost)"
    }
  }

  @Test func `are told with their line`() throws {
    #expect(try cut("title: Number #9\ndraft: no\n") == ["2 title #9"])
    #expect(try cut("order: 3\ntitle: Number # 9\n") == ["3 title # 9"])
    #expect(try cut("title: #1 of all\n") == ["2 title #1 of all"])
    #expect(try cut("title: x\nfilms:\n  - Mission #9 (2001)\n  - film: Room #5\n    note: ok\n").count == 2)
    #expect(try cut("title: Überfahrt 🎬 #9\n") == ["2 title #9"])
  }

  @Test(arguments: [
    "title: \"Number #9\"\n", "title: 'Number #9'\n", "title: C#\n", "title: Number#9\n", "order: 3 # the third\n",
    "# title: Number #9\ntitle: x\n", "title: >\n  Number #9\n", "title: |\n  Number #9\n", "draft: no  ## not yet\n",
  ])
  func `and comments are comments`(yaml: String) throws { #expect(try cut(yaml) == []) }
}
