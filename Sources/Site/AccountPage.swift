import Templates

/// The frame of the pages that the endpoint makes for members: it puts its own words between `<!--account-->` and
/// `<!--/account-->`.
enum AccountPage {
  static let fields: [TemplateField] = []

  static func object(in context: PageContext) -> TemplateObject {
    let texts = context.texts
    let page = PageFrame.Page(
      folder: "account/", title: context.documentTitle(texts(.accountTitle)), description: texts(.accountDescription),
      isServedAnywhere: true)
    return context.object(.account, page, [])
  }
}
