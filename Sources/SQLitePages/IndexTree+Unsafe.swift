// Unsafe: keeps the bytes of one page from `init` to `deinit`; `BTreePage` writes into them.

/// Writes the B-tree of an index or of a table without row ids, page after page in the order of its keys.
///
/// An INSERT costs SQLite a microsecond: it walks down the tree and makes room on a page for each row. Rows that come in order
/// need none of that. Pages are full; the record between two pages is in their parent, as in every index tree
/// (https://www.sqlite.org/fileformat2.html, sections 1.6 and 2). Who appends the records answers for their order.
package struct IndexTree: ~Copyable {
  private let scratch: UnsafeMutableRawBufferPointer
  private var page: BTreePage
  private var leaves = Level()
  /// A record that found no room on the page: it goes between that page and the next, unless it is the last of all.
  private var waiting: [UInt8] = []
  private var isEmpty = true

  /// What a level of the tree leaves to the one above: its pages, and the records between them.
  private struct Level {
    var pages: [UInt32] = []
    var records: [[UInt8]] = []
  }

  package init() {
    scratch = .allocate(byteCount: DatabaseFile.pageSize, alignment: 16)
    page = BTreePage(scratch, kind: .leaf)
  }

  deinit { scratch.deallocate() }

  package mutating func append(_ record: borrowing IndexRecord, to file: inout DatabaseFile) throws(PageFailure) {
    isEmpty = false
    if !waiting.isEmpty {
      try turn(dividing: waiting, in: &file)
      waiting = []
    }
    if !page.append(record.bytes) { waiting = Array(record.bytes) }
  }

  /// The page is full; a new one begins behind `record`.
  private mutating func turn(dividing record: [UInt8], in file: inout DatabaseFile) throws(PageFailure) {
    leaves.pages.append(try file.append(page.finish(last: nil)))
    leaves.records.append(record)
    page = BTreePage(scratch, kind: .leaf)
  }

  /// Writes what is left, and page `root`, which was that of an empty table, last.
  ///
  /// - Complexity: O(pages).
  package consuming func finish(root: UInt32, in file: inout DatabaseFile) throws(PageFailure) {
    guard !isEmpty else { return }
    if !waiting.isEmpty {
      // No page may stay empty: the record before the last goes between the pages instead.
      try turn(dividing: page.removeLast(), in: &file)
      waiting.withUnsafeBytes { _ = page.append($0) }
    }
    var level = try Self.ending(leaves, with: page.finish(last: nil), root: root, in: &file)
    while level.pages.count > 1 { level = try Self.above(level, scratch, root: root, in: &file) }
  }

  /// A level with its last page, which is the root where it is the only one.
  private static func ending(
    _ level: Level, with last: UnsafeRawBufferPointer, root: UInt32, in file: inout DatabaseFile
  ) throws(PageFailure) -> Level {
    var level = level
    if level.pages.isEmpty {
      try file.replace(root, with: last)
      level.pages = [root]
    } else {
      level.pages.append(try file.append(last))
    }
    return level
  }

  /// The pages above `below`: of each record the child left of it, and the last child in the page's head.
  private static func above(
    _ below: Level, _ scratch: UnsafeMutableRawBufferPointer, root: UInt32, in file: inout DatabaseFile
  ) throws(PageFailure) -> Level {
    var level = Level()
    var page = BTreePage(scratch, kind: .interior)
    var position = 0
    while position < below.records.count {
      if below.records[position].withUnsafeBytes({ page.append($0, child: below.pages[position]) }) {
        position += 1
        continue
      }
      if position == below.records.count - 1 {
        position -= 1
        page.removeLast()
      }
      level.pages.append(try file.append(page.finish(last: below.pages[position])))
      level.records.append(below.records[position])
      page = BTreePage(scratch, kind: .interior)
      position += 1
    }
    return try ending(level, with: page.finish(last: below.pages[position]), root: root, in: &file)
  }
}
