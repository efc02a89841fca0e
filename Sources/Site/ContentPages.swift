import Templates

/// A page or post that the owner wrote.
enum ContentPage: SitePage {
  static let template = "page"

  /// A text and its address.
  struct Input {
    let context: PageContext
    let page: MarkdownPage
    let folder: String
    let isPost: Bool
  }

  static let model = PageModel<Input>(template) {
    Text("heading", "The page's title.") { $0.page.title }
    Text("date", "The date of a post, as `2026-11-30`; empty for pages.") { $0.page.date }
    Text("day", "The date in the site's language.") { $0.context.texts.date($0.page.date) }
    HTML("content", "The text, made from Markdown.") {
      $0.context.address.rebasing($0.page.html, root: $0.context.address.root(from: $0.folder))
    }
    Flag("isPost", "Whether it is news and not one of the owner's pages.") { $0.isPost }
  }

  static func head(_ input: Input) -> PageFrame.Page {
    let (page, context) = (input.page, input.context)
    return PageFrame.Page(
      folder: input.folder, title: context.documentTitle(page.title),
      description: page.description.isEmpty ? context.configuration.description : page.description,
      section: input.isPost ? .news : .none, kind: input.isPost ? "article" : "website")
  }

  static func files(of site: SiteParts) -> [SiteFile] {
    func files(_ texts: [(page: MarkdownPage, folder: String)], isPost: Bool) -> SiteFile {
      file(of: site, count: texts.count, path: { texts[$0].folder + "index.html" }) { index in
        Input(context: site.context, page: texts[index].page, folder: texts[index].folder, isPost: isPost)
      }
    }
    return [
      files(site.pages, isPost: false), files(site.posts.map { (page: $0.post, folder: $0.folder) }, isPost: true),
    ]
  }
}

/// The list of posts.
enum NewsPage: SitePage {
  static let template = "news"

  /// What a list says of a post.
  struct Post {
    let post: MarkdownPage
    let folder: String
    let shared: SharedContext

    static let model = PageModel<Post>("post") {
      Text("title", "The post's title.") { $0.post.title }
      Text("path", "Its page, behind `root`.") { $0.shared.address.link($0.folder) }
      Text("date", "Its date, as `2026-11-30`; may be empty.") { $0.post.date }
      Text("day", "Its date in the site's language.") { $0.shared.texts.date($0.post.date) }
      Text("excerpt", "Its first paragraph, without markup; may be empty.") { $0.post.excerpt }
    }
  }

  static func posts(of site: SiteParts) -> [Post] {
    site.posts.map { Post(post: $0.post, folder: $0.folder, shared: site.context.shared) }
  }

  static let model = PageModel<SiteParts>(template) {
    List("posts", "All news, the latest first.", announcedBy: "hasPosts", of: Post.model) { posts(of: $0) }
  }

  static func head(_ site: SiteParts) -> PageFrame.Page {
    let context = site.context
    return PageFrame.Page(
      folder: "news/", title: context.documentTitle(context.texts(.newsTitle)),
      description: context.configuration.description, section: .news)
  }

  static func files(of site: SiteParts) -> [SiteFile] {
    site.posts.isEmpty ? [] : [file(of: site, path: { _ in "news/index.html" }) { _ in site }]
  }
}
