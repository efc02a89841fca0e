import Templates

/// A page or post that the owner wrote.
enum ContentPage {
  static let fields: [TemplateField] = [
    .text("heading"), .text("date"), .text("day"), .html("content"), .flag("isPost"),
  ]

  static func object(_ markdown: MarkdownPage, folder: String, isPost: Bool, in context: PageContext) -> TemplateObject
  {
    let description = markdown.description.isEmpty ? context.configuration.description : markdown.description
    let page = PageFrame.Page(
      folder: folder, title: context.documentTitle(markdown.title), description: description,
      section: isPost ? .news : .none, kind: isPost ? "article" : "website")
    let content = context.address.rebasing(markdown.html, root: context.address.root(from: folder))
    return context.object(
      .page, page,
      [
        .text(markdown.title), .text(markdown.date), .text(context.texts.date(markdown.date)), .text(content),
        .flag(isPost),
      ])
  }
}

/// The list of posts.
enum NewsPage {
  static let postSchema = TemplateSchema(
    "post", [.text("title"), .text("path"), .text("date"), .text("day"), .text("excerpt")])

  static let fields: [TemplateField] = [.list("posts", postSchema), .flag("hasPosts")]

  static func object(_ posts: [(post: MarkdownPage, folder: String)], in context: PageContext) -> TemplateObject {
    let page = PageFrame.Page(
      folder: "news/", title: context.documentTitle(context.texts(.newsTitle)),
      description: context.configuration.description,
      section: .news)
    return context.object(
      .news, page,
      [.list(posts.map { value(of: $0.post, folder: $0.folder, in: context) }), .flag(!posts.isEmpty)])
  }

  static func value(of post: MarkdownPage, folder: String, in context: PageContext) -> TemplateValue {
    .object(
      TemplateObject(
        postSchema,
        [
          .text(post.title), .text(context.address.link(folder)), .text(post.date),
          .text(context.texts.date(post.date)), .text(post.excerpt),
        ]))
  }
}
