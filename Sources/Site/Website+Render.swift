import Precompute
import Templates

extension Website {
  /// Renders one file: `bytes` is emptied and then holds its content; the result is its path under the output folder.
  ///
  /// Safe to call from several threads at once; the same index always gives the same bytes.
  ///
  /// - Parameter index: 0..<`outputCount`.
  public func render(_ index: Int, into bytes: inout [UInt8]) throws -> String {
    bytes.removeAll(keepingCapacity: true)
    let output = outputs[index]
    if let folder = output.place(in: context.catalogue, lists: context.lists, pages: pageFolders, posts: postFolders) {
      renderPage(output, into: &bytes)
      return folder + "index.html"
    }
    return try renderFile(output, into: &bytes)
  }

  /// What renders a file: the name of a template, or "other files" for JSON, feeds and assets.
  public func template(of index: Int) -> String {
    outputs[index].kind?.rawValue ?? "other files"
  }

  private func renderPage(_ output: Output, into bytes: inout [UInt8]) {
    let (kind, model): (PageKind, TemplateObject) =
      switch output {
      case .models: (.models, ModelsPage.object(in: context))
      case .shelves(let kind): (.shelves, ShelvesPage.object(kind, in: context))
      case .news: (.news, NewsPage.object(posts, in: context))
      case .rate: (.rate, RatePage.object(in: context))
      case .you: (.you, YouPage.object(in: context))
      case .search: (.search, SearchPage.object(search, in: context))
      case .page(let index):
        (.page, ContentPage.object(pages[index].page, folder: pages[index].folder, isPost: false, in: context))
      case .post(let index):
        (.page, ContentPage.object(posts[index].post, folder: posts[index].folder, isPost: true, in: context))
      case .titles(let page): (.titles, TitlesPage.object(page, in: context))
      case .shelf(let kind, let index, let order, let page):
        (.shelf, ShelfPage.object(kind, index, order, page: page, in: context))
      case .lists: (.lists, ListsPage.object(in: context))
      case .list(let index): (.list, ListPage.object(index, in: context))
      case .members(let page): (.members, MembersPage.object(page, in: context))
      case .movie(let movie): (.movie, MoviePage.object(movie, in: context))
      case .member(let user): (.member, MemberPage.object(user, in: context))
      case .packedMember: (.packedMember, PackedMembers.page(in: context))
      default: (.home, home)
      }
    library.render(kind.rawValue, model, into: &bytes)
  }

  private var home: TemplateObject {
    let name = Slug.of(context.configuration.storyPage)
    let story = pages.first { $0.folder == name + "/" }
    return HomePage.object(story: story?.page, storyFolder: story?.folder ?? "", posts: posts, in: context)
  }

  private func renderFile(_ output: Output, into bytes: inout [UInt8]) throws -> String {
    let address = context.address
    switch output {
    case .notFound:
      library.render(PageKind.notFound.rawValue, NotFoundPage.object(in: context), into: &bytes)
      return "404.html"
    case .account:
      library.render(PageKind.account.rawValue, AccountPage.object(in: context), into: &bytes)
      return "account/index.html"
    case .offline:
      library.render(PageKind.offline.rawValue, OfflinePage.object(in: context), into: &bytes)
      return OfflinePage.path
    case .worker:
      ServiceWorker.append(worker, shell: shell, to: &bytes)
      return "sw.js"
    case .tasteMap:
      TasteMapView.append(
        context.catalogue, texts: context.texts, linkStyle: context.configuration.linkStyle, to: &bytes)
      return "api/taste-map.json"
    case .sitemap:
      if sitemapFiles > 0 {
        Sitemap.append(indexOf: sitemapFiles, url: address.url, to: &bytes)
      } else {
        Sitemap.append(folders, url: address.url, to: &bytes)
      }
      return "sitemap.xml"
    case .sitemapPart(let part):
      let start = part * Sitemap.addressesPerFile
      let end = min(start + Sitemap.addressesPerFile, folders.count)
      Sitemap.append(folders[start..<end], url: address.url, to: &bytes)
      return "sitemap-\(part + 1).xml"
    case .robots:
      SiteFiles.append(robotsOf: address, to: &bytes)
      return "robots.txt"
    case .feed:
      Feed.append(posts: posts, in: context, to: &bytes)
      return "feed.xml"
    case .manifest:
      SiteFiles.append(
        manifestOf: context.configuration, address: address, assets: assets, to: &bytes)
      return "manifest.webmanifest"
    case .modelsJSON:
      ModelsJSON.append(context.precomputed.models, quality: context.configuration.quality, to: &bytes)
      return "api/models.json"
    case .buildJSON:
      BuildJSON.append(context.configuration, precomputed: context.precomputed, stages: stages, to: &bytes)
      return "build.json"
    case .asset(let index):
      bytes += assets.files[index].bytes
      return assets.files[index].path
    case .taste(let index):
      bytes += taste.files[index].bytes
      return taste.files[index].path
    case .listCSV(let index):
      ListPage.append(csvOf: context.lists[index], in: context, to: &bytes)
      return context.lists[index].folder + "list.csv"
    case .listText(let index):
      ListPage.append(textOf: context.lists[index], in: context, to: &bytes)
      return context.lists[index].folder + "list.txt"
    case .poster(let index):
      bytes += try context.posters[index].read()
      return context.posters[index].path
    case .own(let index):
      bytes += try own[index].read()
      return own[index].path
    case .sharePicture(let index):
      bytes += context.drawings.file(of: context.sharePictures[index], context.inks)
      return context.sharePictures[index].path
    case .movieJSON(let movie):
      MovieJSON.append(movie, in: context.catalogue, to: &bytes)
      return "api/movies/\(context.catalogue.movieNames[movie]).json"
    case .memberJSON(let user):
      UserJSON.append(user, in: context.catalogue, to: &bytes)
      return "api/users/\(context.catalogue.userNames[user]).json"
    case .packedTemplate:
      packed?.appendTemplate(in: context, to: &bytes)
      return "users/packed/template.json"
    case .memberShard(let shard):
      packed?.append(shard: shard, in: context, to: &bytes)
      return "users/packed/\(shard).json"
    default:
      preconditionFailure("pages are rendered from templates")
    }
  }
}
