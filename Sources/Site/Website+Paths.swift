extension Website {
  /// The path of a file under the output folder, known without rendering it.
  ///
  /// - Parameter index: 0..<`outputCount`.
  public func path(of index: Int) -> String { path(of: outputs[index]) }

  func path(of output: Output) -> String {
    if let folder = output.place(in: context.catalogue, lists: context.lists, pages: pageFolders, posts: postFolders) {
      return folder + "index.html"
    }
    switch output {
    case .notFound: return "404.html"
    case .account: return "account/index.html"
    case .offline: return OfflinePage.path
    case .worker: return "sw.js"
    case .tasteMap: return "api/taste-map.json"
    case .sitemap: return "sitemap.xml"
    case .sitemapPart(let part): return "sitemap-\(part + 1).xml"
    case .robots: return "robots.txt"
    case .feed: return "feed.xml"
    case .manifest: return "manifest.webmanifest"
    case .modelsJSON: return "api/models.json"
    case .buildJSON: return "build.json"
    case .asset(let index): return assets.files[index].path
    case .taste(let index): return taste.files[index].path
    case .listCSV(let index): return context.lists[index].folder + "list.csv"
    case .listText(let index): return context.lists[index].folder + "list.txt"
    case .poster(let index): return context.posters[index].path
    case .sharePicture(let index): return context.sharePictures[index].path
    case .movieJSON(let movie): return "api/movies/\(context.catalogue.movieNames[movie]).json"
    case .memberJSON(let user): return "api/users/\(context.catalogue.userNames[user]).json"
    case .packedTemplate: return "users/packed/template.json"
    case .own(let index): return own[index].path
    case .memberShard(let shard): return "users/packed/\(shard).json"
    case .home, .models, .news, .lists, .search, .rate, .you, .packedMember, .page, .post, .titles, .shelves, .shelf,
      .list, .members, .movie, .member:
      preconditionFailure("pages have a folder")
    }
  }
}
