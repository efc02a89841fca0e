/// A page of the handbook that is made of what the program knows.
package struct ReferencePage: Sendable {
  /// The file's name without its ending.
  package let name: String
  package let title: String
  /// Without quotation marks.
  package let description: String
  /// Its place among the handbook's pages.
  let order: Int
  let body: String

  /// - Parameter body: Markdown without the page's title.
  package init(name: String, title: String, description: String, order: Int, body: String) {
    (self.name, self.title, self.description, self.order, self.body) = (name, title, description, order, body)
  }

  /// The file: front matter and Markdown.
  package var text: String {
    """
    ---
    title: \(title)
    description: "\(description)"
    order: \(order)
    ---

    \(body.hasSuffix("\n") ? String(body.dropLast()) : body)

    *Made by `marquee manual --pages` from the program itself; whatever is edited here is lost.*

    """
  }
}

/// Markdown, put together of plain words.
package enum MarkdownText {
  /// Words in which nothing is taken for Markdown's marks.
  package static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\", "`", "*", "_", "[", "]", "|": result += "\\\(character)"
      case "<": result += "&lt;"
      case "\n": result += " "
      default: result.append(character)
      }
    }
    return result
  }

  /// Words of a program; nothing for none.
  package static func code(_ text: String) -> String {
    text.isEmpty ? "" : "`\(text.replacing("|", with: "\\|").replacing("\n", with: " "))`"
  }

  /// A table of cells that are Markdown themselves; nothing where it has no rows.
  package static func table(_ heads: [String], _ rows: [[String]]) -> String {
    if rows.isEmpty { return "" }
    let lines = [heads, heads.map { _ in "---" }] + rows
    return lines.map { "| \($0.joined(separator: " | ")) |\n" }.joined() + "\n"
  }
}
