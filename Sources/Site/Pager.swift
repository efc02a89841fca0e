import Templates

/// A list in pages: the first in its folder, the others under `page/2/` and so on.
package struct Pager {
  /// A page that the pager names.
  private struct Named {
    let number: Int
    let path: String
    let isCurrent: Bool
    let followsGap: Bool

    static let model = PageModel<Named>("page number") {
      Number("number", "The page's number, from 1.") { $0.number }
      Text("path", "The page, behind `root`.") { $0.path }
      Flag("isCurrent", "Whether it is this page.") { $0.isCurrent }
      Flag("followsGap", "Whether numbers are left out before it.") { $0.followsGap }
    }
  }

  private let folder: String
  /// Counted from 0.
  private let page: Int
  private let count: Int
  private let address: Address

  static let model = PageModel<Pager>("pager") {
    Number("number", "This page's number, from 1.") { $0.page + 1 }
    Number("count", "How many pages there are.") { $0.count }
    Text("first", "The first page, behind `root`; absent on it.") { $0.page > 0 ? $0.link(0) : nil }
    Text("previous", "The page before this one, behind `root`; absent on the first.") {
      $0.page > 0 ? $0.link($0.page - 1) : nil
    }
    Text("next", "The page after this one, behind `root`; absent on the last.") {
      $0.page + 1 < $0.count ? $0.link($0.page + 1) : nil
    }
    Text("last", "The last page, behind `root`; absent on it.") { $0.page + 1 < $0.count ? $0.link($0.count - 1) : nil }
    List("numbers", "The first, the last, those around this page, and steps between.", of: Named.model) { $0.numbers }
  }

  /// Nil where there is one page only.
  init?(folder: String, page: Int, count: Int, address: Address) {
    guard count > 1 else { return nil }
    (self.folder, self.page, self.count, self.address) = (folder, page, count, address)
  }

  private func link(_ page: Int) -> String { address.link(Self.folder(folder, page: page)) }

  private var numbers: [Named] {
    let pages = Self.linkedPages(from: page, count: count)
    return pages.enumerated().map { position, number in
      Named(
        number: number + 1, path: link(number), isCurrent: number == page,
        followsGap: position > 0 && pages[position - 1] != number - 1)
    }
  }

  /// How many pages `items` take; an empty list has one.
  package static func pageCount(_ items: Int, perPage: Int) -> Int { max(1, (items + perPage - 1) / perPage) }

  /// The range of items on `page`, counted from 0.
  static func items(onPage page: Int, perPage: Int, of count: Int) -> Range<Int> {
    let start = min(page * perPage, count)
    return start..<min(start + perPage, count)
  }

  /// The folder of `page`, counted from 0, of the list in `folder`.
  package static func folder(_ folder: String, page: Int) -> String {
    page == 0 ? folder : folder + "page/\(page + 1)/"
  }

  /// The pages that `page` links to by number, counted from 0: its neighbours, steps of 10 and tenths of the whole, so
  /// that every page is a few links from the first even when there are thousands.
  package static func linkedPages(from page: Int, count: Int) -> [Int] {
    var pages: Set<Int> = [0, count - 1]
    for distance in [0, 1, 2, 10] { pages.formUnion([page - distance, page + distance]) }
    if count > 20 { for tenth in 1..<10 { pages.insert(count * tenth / 10) } }
    return pages.filter { (0..<count).contains($0) }.sorted()
  }
}
