import Artwork
import Precompute
import Search
import Templates

/// What the files of a site are made from.
struct SiteParts: Sendable {
  let context: PageContext
  let library: TemplateLibrary
  let assets: PublishedAssets
  /// What a visitor's browser predicts with; empty where the build has no model for it.
  let taste: TasteFiles
  let search: SearchIndex
  /// The members in few files; nil where each has a page.
  let packed: PackedMembers?
  /// The service worker as the theme has it.
  let worker: [UInt8]
  /// The owner's pages in the order of the menu.
  let pages: [(page: MarkdownPage, folder: String)]
  /// The latest date first.
  let posts: [(post: MarkdownPage, folder: String)]
  let stages: [(name: String, fingerprint: String)]
  /// A fingerprint of program, settings and theme; nil where it is not known: then no file has a source.
  let inputs: UInt64?

  /// What a browser keeps from the first visit on.
  private var shell: [String] {
    let address = context.address
    let own = taste.files.isEmpty ? [] : [address.link("rate/"), address.link("you/")]
    return [address.link(""), OfflinePage.path, address.link("search/"), "search/index.json"] + own
      + assets.files.map(\.path).filter { path in [".css", ".js", ".json", ".svg"].contains { path.hasSuffix($0) } }
  }
}

extension SiteParts {
  /// All files but the owner's own, in a fixed order.
  func files() -> [SiteFile] {
    let files = SitePages.all.flatMap { $0.files(of: self) } + dataFiles()
    return files + Sitemap.files(of: files, url: context.address.url)
  }

  /// The files that are no pages.
  private func dataFiles() -> [SiteFile] {
    let (context, assets, taste, posts, stages) = (context, assets, taste, posts, stages)
    let posters = context.posters
    let configuration = context.configuration
    return [
      SiteFile("robots.txt") { SiteFiles.append(robotsOf: context.address, to: &$0) },
      SiteFile("feed.xml") { Feed.append(posts: posts, in: context, to: &$0) },
      SiteFile("manifest.webmanifest") {
        SiteFiles.append(manifestOf: configuration, address: context.address, assets: assets, to: &$0)
      },
      SiteFile(ModelsJSON.path) {
        ModelsJSON.append(context.precomputed.models, quality: configuration.quality, to: &$0)
      },
      SiteFile("build.json") {
        BuildJSON.append(configuration, precomputed: context.precomputed, stages: stages, to: &$0)
      },
      SiteFile(ServiceWorker.asset) { [worker, shell] in ServiceWorker.append(worker, shell: shell, to: &$0) },
      SiteFile("api/taste-map.json") {
        TasteMapView.append(context.catalogue, texts: context.texts, linkStyle: configuration.linkStyle, to: &$0)
      },
      SiteFile(count: taste.files.count, path: { taste.files[$0].path }) { $1 += taste.files[$0].bytes },
      SiteFile(count: assets.files.count, path: { assets.files[$0].path }) { $1 += assets.files[$0].bytes },
      SiteFile(count: posters.count, path: { posters[$0].path }) { $1 += try posters[$0].read() },
    ] + pictures() + MovieJSON.files(of: self) + UserJSON.files(of: self) + PackedMembers.files(of: self)
  }

  /// The pictures that shared links show: the path says all that they are made from.
  private func pictures() -> [SiteFile] {
    let context = context
    return [
      SiteFile(
        count: context.sharePictures.count, path: { context.sharePictures[$0].path },
        base: inputs.map { context.frame.fingerprint(inputs: $0) },
        reading: { index, _ in context.sharePictures[index] }
      ) { picture, bytes in
        bytes += context.drawings.file(of: picture, context.inks)
      }
    ]
  }
}

extension Sitemap {
  /// `sitemap.xml` with every page that search engines may keep, in parts where they are many.
  fileprivate static func files(of files: [SiteFile], url: String) -> [SiteFile] {
    let folders = files.flatMap { file in
      (0..<file.count).lazy.filter { file.isIndexed($0) }.map { String(file.path($0).dropLast("index.html".count)) }
    }
    let parts = fileCount(folders.count)
    return [
      SiteFile("sitemap.xml") { bytes in
        if parts > 0 { append(indexOf: parts, url: url, to: &bytes) } else { append(folders, url: url, to: &bytes) }
      },
      SiteFile(count: parts, path: { "sitemap-\($0 + 1).xml" }) { part, bytes in
        let start = part * addressesPerFile
        append(folders[start..<min(start + addressesPerFile, folders.count)], url: url, to: &bytes)
      },
    ]
  }
}
