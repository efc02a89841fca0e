import Templates

/// The frame of the pages that the endpoint makes for members: it puts its own words between `<!--account-->` and
/// `<!--/account-->`.
enum AccountPage {
  static let fields: [TemplateField] = []

  static func object(in context: PageContext) -> TemplateObject {
    let page = PageFrame.Page(
      folder: "account/", title: context.documentTitle("Your account"), description: "Log in and rate films.",
      isServedAnywhere: true)
    return context.object(.account, page, [])
  }
}
