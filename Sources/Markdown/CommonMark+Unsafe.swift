// Unsafe: holds cmark-gfm's nodes, which live as long as their document; it is freed once, and so is each text that cmark returns, after
// it was copied.

import CCMarkGFM
import Synchronization

/// The C library cmark-gfm.
enum CommonMark {
  struct Rendered {
    var html = ""
    var headings: [MarkdownDocument.Heading] = []
    var excerpt = ""
    var links: [MarkdownDocument.Link] = []
    var omissions: [MarkdownDocument.Omission] = []
  }

  /// Registers the extensions once. Its parser changes a process-wide table of special characters while it
  /// works, so two threads would corrupt each other's pages.
  private static let library = Mutex<Void>({ cmark_gfm_core_extensions_ensure_registered() }())

  static func render(
    _ text: String, firstLine: Int, rawHTML: MarkdownDocument.RawHTML, rewrite: (MarkdownDocument.Link) -> String?
  ) -> Rendered {
    library.withLock { _ in
      var options = CMARK_OPT_FOOTNOTES | CMARK_OPT_VALIDATE_UTF8 | CMARK_OPT_TABLE_PREFER_STYLE_ATTRIBUTES
      if rawHTML == .all { options |= CMARK_OPT_UNSAFE }
      guard let parser = cmark_parser_new(options) else { return Rendered() }
      defer { cmark_parser_free(parser) }
      for name in ["table", "strikethrough", "autolink", "tasklist"] {
        if let found = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, found) }
      }
      var text = text
      text.withUTF8 { utf8 in
        utf8.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
      }
      guard let document = cmark_parser_finish(parser) else { return Rendered() }
      defer { cmark_node_free(document) }
      let tree = Tree(
        document: document, options: options, extensions: cmark_parser_get_syntax_extensions(parser),
        firstLine: firstLine)
      return tree.render(rawHTML, rewrite)
    }
  }
}

/// A parsed page on its way to HTML.
private struct Tree {
  let document: OpaquePointer
  let options: CInt
  let extensions: UnsafeMutablePointer<cmark_llist>?
  /// The line of the file where the text begins.
  let firstLine: Int

  func render(
    _ rawHTML: MarkdownDocument.RawHTML, _ rewrite: (MarkdownDocument.Link) -> String?
  ) -> CommonMark.Rendered {
    var rendered = CommonMark.Rendered()
    rendered.excerpt = excerpt()
    if rawHTML != .all { rendered.omissions = clean(keepsSafe: rawHTML == .safe) }
    for node in nodes(["link", "image"]) {
      disarm(node)
      guard let address = cmark_node_get_url(node).map({ String(cString: $0) }), !address.isEmpty else { continue }
      let link = MarkdownDocument.Link(address: address, line: line(of: node), isImage: type(of: node) == "image")
      rendered.links.append(link)
      if let other = rewrite(link) { cmark_node_set_url(node, other) }
    }
    for item in nodes(["tasklist"]) { label(item) }
    var slugs = Slugs()
    for heading in nodes(["heading"]) {
      let text = plainText(of: heading)
      let level = Int(cmark_node_get_heading_level(heading))
      let anchor = slugs.slug(for: text)
      rendered.headings.append(MarkdownDocument.Heading(level: level, text: text, anchor: anchor))
      name(heading, level, anchor)
    }
    rendered.html = html(of: document)
    // A class, since sites forbid inline styles and HTML has no align attribute any more.
    for (cell, side) in ["td", "th"].flatMap({ cell in ["left", "center", "right"].map { (cell, $0) } }) {
      rendered.html.replace("<\(cell) style=\"text-align: \(side)\">", with: "<\(cell) class=\"align-\(side)\">")
    }
    return rendered
  }

  /// The line of a node in its file; inline nodes may only have that of their paragraph.
  private func line(of node: OpaquePointer) -> Int {
    var next: OpaquePointer? = node
    while let node = next {
      let line = Int(cmark_node_get_start_line(node))
      if line > 0 { return line + firstLine - 1 }
      next = cmark_node_parent(node)
    }
    return firstLine
  }

  /// Replaces HTML in the text with the part of it that is allowed.
  private func clean(keepsSafe: Bool) -> [MarkdownDocument.Omission] {
    var safe = SafeHTML(keepsSafe: keepsSafe)
    let found = nodes(["html_block", "html_inline"])
    for (number, node) in found.enumerated() {
      let literal = cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
      let place = cmark_node_parent(node).map { Int(bitPattern: $0) } ?? 0
      safe.add(literal, node: number, place: place, line: line(of: node))
    }
    for (node, html) in zip(found, safe.results()) {
      let isBlock = type(of: node) == "html_block"
      guard !html.isEmpty, let kept = cmark_node_new(isBlock ? CMARK_NODE_CUSTOM_BLOCK : CMARK_NODE_CUSTOM_INLINE)
      else {
        cmark_node_unlink(node)
        cmark_node_free(node)
        continue
      }
      cmark_node_set_on_enter(kept, html)
      cmark_node_replace(node, kept)
      cmark_node_free(node)
    }
    return safe.omissions
  }

  private func html(of node: OpaquePointer) -> String {
    guard let html = cmark_render_html(node, options, extensions) else { return "" }
    defer { cmark_get_default_mem_allocator().pointee.free(html) }
    return String(cString: html)
  }

  /// Calls `body` on entering each node.
  private func walk(_ root: OpaquePointer, _ body: (OpaquePointer, String) -> Void) {
    guard let iterator = cmark_iter_new(root) else { return }
    defer { cmark_iter_free(iterator) }
    while true {
      let event = cmark_iter_next(iterator)
      if event == CMARK_EVENT_DONE { return }
      if event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(iterator) { body(node, type(of: node)) }
    }
  }

  private func type(of node: OpaquePointer) -> String {
    cmark_node_get_type_string(node).map { String(cString: $0) } ?? ""
  }

  private func nodes(_ types: Set<String>) -> [OpaquePointer] {
    var found: [OpaquePointer] = []
    walk(document) { if types.contains($1) { found.append($0) } }
    return found
  }

  private func plainText(of node: OpaquePointer) -> String {
    var text = ""
    walk(node) { child, type in
      switch type {
      case "text", "code": text += cmark_node_get_literal(child).map { String(cString: $0) } ?? ""
      case "softbreak", "linebreak": text += " "
      default: break
      }
    }
    return text
  }

  private func excerpt() -> String {
    var child = cmark_node_first_child(document)
    while let node = child {
      if type(of: node) == "paragraph" {
        let text = plainText(of: node)
        if !text.isEmpty { return text }
      }
      child = cmark_node_next(node)
    }
    return ""
  }

  /// Removes the address from a link that would run a script or open a file.
  private func disarm(_ node: OpaquePointer) {
    guard let address = cmark_node_get_url(node) else { return }
    let url = String(cString: address).unicodeScalars.filter { $0.value > 0x20 }.map(\.properties.lowercaseMapping)
      .joined()
    let isImage = ["png", "gif", "jpeg", "webp"].contains { url.hasPrefix("data:image/\($0)") }
    let isDangerous = ["javascript:", "vbscript:", "file:", "data:"].contains { url.hasPrefix($0) }
    if isDangerous, !isImage { cmark_node_set_url(node, "") }
  }

  /// Makes the text of a task the label of its checkbox, which the library leaves without one.
  private func label(_ task: OpaquePointer) {
    guard let item = cmark_node_new(CMARK_NODE_ITEM) else { return }
    let box = cmark_gfm_extensions_get_tasklist_item_checked(task) ? "checked disabled" : "disabled"
    while let child = cmark_node_first_child(task) { cmark_node_append_child(item, child) }
    cmark_node_replace(task, item)
    cmark_node_free(task)
    guard let label = cmark_node_new(CMARK_NODE_CUSTOM_INLINE) else { return }
    cmark_node_set_on_enter(label, "<label><input type=\"checkbox\" \(box)> ")
    cmark_node_set_on_exit(label, "</label>")
    if let first = cmark_node_first_child(item), type(of: first) == "paragraph" {
      while let child = cmark_node_first_child(first) { cmark_node_append_child(label, child) }
      cmark_node_append_child(first, label)
    } else if let paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH) {
      cmark_node_append_child(paragraph, label)
      cmark_node_prepend_child(item, paragraph)
    }
  }

  /// Gives a heading an id: the library prints none, so the heading is rendered here and inserted as it is.
  private func name(_ heading: OpaquePointer, _ level: Int, _ anchor: String) {
    let plain = html(of: heading)
    guard plain.hasPrefix("<h\(level)>"), let named = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK) else { return }
    let end = plain.hasSuffix("\n") ? plain.dropLast() : plain[...]
    cmark_node_set_on_enter(named, "<h\(level) id=\"\(anchor)\">\(end.dropFirst(4))")
    cmark_node_replace(heading, named)
    cmark_node_free(heading)
  }
}
