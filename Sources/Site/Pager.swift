import Templates

/// A list in pages: the first in its folder, the others under `page/2/` and so on.
package enum Pager {
  private static let numberSchema = TemplateSchema(
    "page number", [.number("number"), .text("path"), .flag("isCurrent"), .flag("followsGap")])
  static let schema = TemplateSchema(
    "pager",
    [
      .number("number"), .number("count"), .text("first"), .text("previous"), .text("next"), .text("last"),
      .list("numbers", numberSchema),
    ])

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

  /// Null where there is one page only.
  static func value(folder: String, page: Int, count: Int, address: Address) -> TemplateValue {
    guard count > 1 else { return .null }
    func link(_ page: Int) -> TemplateValue { .text(address.link(Self.folder(folder, page: page))) }
    let pages = linkedPages(from: page, count: count)
    let numbers = pages.enumerated().map { position, number in
      TemplateValue.object(
        TemplateObject(
          numberSchema,
          [
            .integer(number + 1), link(number), .flag(number == page),
            .flag(position > 0 && pages[position - 1] != number - 1),
          ]))
    }
    return .object(
      TemplateObject(
        schema,
        [
          .integer(page + 1), .integer(count), page > 0 ? link(0) : .null, page > 0 ? link(page - 1) : .null,
          page + 1 < count ? link(page + 1) : .null, page + 1 < count ? link(count - 1) : .null, .list(numbers),
        ]))
  }
}
