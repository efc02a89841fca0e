/// Which text around a tag is kept, once the lines that hold nothing but tags are taken out.
struct TagLayout {
  /// Where the text before the tag ends.
  var textEnd: Int
  /// Where the text after the tag begins.
  var textStart: Int
  /// The tag and its like have the line to themselves.
  var isStandalone = false
  /// The white space before the first tag of a line, if nothing else is there.
  var indentation: Range<Int>?

  /// - Complexity: linear in the text.
  static func layouts(of tags: [Tag], in text: TemplateText) -> [TagLayout] {
    var layouts = tags.map { TagLayout(textEnd: $0.bytes.lowerBound, textStart: $0.bytes.upperBound) }
    var first = 0
    while first < tags.count {
      var last = first
      while last + 1 < tags.count, !text.bytes[between(tags, last)].contains(.newline) { last += 1 }
      let before = (first == 0 ? 0 : tags[first - 1].bytes.upperBound)..<tags[first].bytes.lowerBound
      let lineStart = text.bytes[before].lastIndex(of: .newline).map { $0 + 1 } ?? before.lowerBound
      let after =
        tags[last].bytes.upperBound..<(last + 1 < tags.count ? tags[last + 1].bytes.lowerBound : text.bytes.count)
      let lineEnd = text.bytes[after].firstIndex(of: .newline).map { $0 + 1 } ?? after.upperBound
      let lead = lineStart..<before.upperBound
      if text.startsLine(lineStart), text.isBlank(lead) {
        layouts[first].indentation = lead
        let isBlank =
          text.isBlank(after.lowerBound..<lineEnd) && (first..<last).allSatisfy { text.isBlank(between(tags, $0)) }
        if isBlank, mayStandAlone(tags, first...last) {
          for index in first...last {
            layouts[index].isStandalone = true
            layouts[index].textEnd = index == first ? lineStart : tags[index - 1].bytes.upperBound
            layouts[index].textStart = index == last ? lineEnd : tags[index].bytes.upperBound
          }
        }
      }
      first = last + 1
    }
    return layouts
  }

  private static func between(_ tags: [Tag], _ index: Int) -> Range<Int> {
    tags[index].bytes.upperBound..<tags[index + 1].bytes.lowerBound
  }

  /// One tag stands alone as the specification says. Several do so only if they are parents and blocks, at most one
  /// parent opens, and no block is empty: that one keeps its line, for what overrides it.
  private static func mayStandAlone(_ tags: [Tag], _ line: ClosedRange<Int>) -> Bool {
    if line.count == 1 { return tags[line.lowerBound].canStandAlone }
    var parents = 0
    for index in line {
      let tag = tags[index]
      let opener = tag.kind == .close ? tag.partner.map { tags[$0].kind } : tag.kind
      guard opener == .parent || opener == .block else { return false }
      if tag.kind == .parent { parents += 1 }
      if tag.kind == .block, tag.partner == index + 1, index < line.upperBound { return false }
    }
    return parents <= 1
  }
}
