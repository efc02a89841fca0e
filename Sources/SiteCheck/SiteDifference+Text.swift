#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension SiteDifference {
  /// A few lines for people, with at most `limit` of each kind named.
  package func text(limit: Int = 20) -> String {
    var text =
      "\(added.count) files added, \(removed.count) removed, \(changed.count) changed, \(unchangedCount) the same\n"
    for (sign, paths) in [("+", added), ("-", removed), ("~", changed)] {
      for path in paths.prefix(limit) { text += "\(sign) \(path)\n" }
      if paths.count > limit { text += "\(sign) and \(paths.count - limit) more\n" }
    }
    if listCount > 0 { text += "\(moves.count) of \(listCount) lists moved\n" + lines(moves.map(words), limit: limit) }
    if !figures.isEmpty {
      text += "\(figures.count) figures of models moved\n" + lines(figures.map(words), limit: limit)
    }
    return text
  }

  /// The same as Markdown, what people look for first: lists, figures, and the files folded away.
  package func markdown(limit: Int = 20) -> String {
    var text = "\(moves.count) of \(listCount) lists moved.\n"
    if !moves.isEmpty { text += "\n```text\n" + lines(moves.map(words), limit: limit) + "```\n" }
    if !figures.isEmpty {
      text += "\n| model | figure | before | now |\n|---|---|---:|---:|\n"
      for move in figures.prefix(limit) {
        text += "| \(move.model) | \(move.figure) | \(move.before) | \(move.now) |\n"
      }
      if figures.count > limit { text += "\nand \(figures.count - limit) more figures\n" }
    }
    let files = zip(["+", "-", "~"], [added, removed, changed]).map { sign, paths in
      lines(paths.map { "\(sign) \($0)" }, limit: limit)
    }.joined()
    return text
      + "\n<details><summary>\(added.count) files added, \(removed.count) removed, \(changed.count) changed, \(unchangedCount) the same</summary>\n\n```text\n\(files)```\n\n</details>\n"
  }

  private func lines(_ words: [String], limit: Int) -> String {
    let more = words.count > limit ? ["and \(words.count - limit) more"] : []
    return (words.prefix(limit) + more).map { "  \($0)\n" }.joined().replacing("```", with: "'''")
  }

  private func words(_ move: ListMove) -> String {
    "member \(move.user), \(move.model): \(move.new) of \(move.length) films are new, others moved by up to \(move.places) places"
  }

  private func words(_ move: FigureMove) -> String {
    "\(move.model), \(move.figure): \(move.before) before, \(move.now) now"
  }

  package var json: String {
    struct Answer: Encodable {
      let added, removed, changed: [String]
      let unchanged, lists: Int
      let moved: [ListMove]
      let figures: [FigureMove]
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    let answer = Answer(
      added: added, removed: removed, changed: changed, unchanged: unchangedCount, lists: listCount, moved: moves,
      figures: figures)
    guard let data = try? encoder.encode(answer) else { preconditionFailure("texts and numbers can be encoded") }
    return String(decoding: data, as: UTF8.self) + "\n"
  }
}
