import Platform

/// `sitemap.xml` (sitemaps.org 0.9): one file, or an index of files where there are too many addresses for one.
package enum Sitemap {
  /// The protocol allows 50,000 addresses in a file.
  package static let addressesPerFile = 45_000

  package static func fileCount(_ addresses: Int, perFile: Int = addressesPerFile) -> Int {
    addresses <= perFile ? 0 : (addresses + perFile - 1) / perFile
  }

  /// `sitemap.xml` as the index of `count` files.
  package static func append(indexOf count: Int, url: String, to bytes: inout [UInt8]) {
    bytes.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    bytes.append("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n")
    for number in 1...max(count, 1) {
      bytes.append("<sitemap>")
      bytes.append(xmlElement: "loc", "\(url)sitemap-\(number).xml")
      bytes.removeLast()
      bytes.append("</sitemap>\n")
    }
    bytes.append("</sitemapindex>\n")
  }

  /// The addresses of `folders` under `url`.
  package static func append(_ folders: some Sequence<String>, url: String, to bytes: inout [UInt8]) {
    bytes.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    bytes.append("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n")
    for folder in folders {
      bytes.append("<url><loc>")
      bytes.append(xml: url)
      bytes.append(xml: folder)
      bytes.append("</loc></url>\n")
    }
    bytes.append("</urlset>\n")
  }
}

/// `robots.txt` and `manifest.webmanifest`.
enum SiteFiles {
  static func append(robotsOf address: Address, to bytes: inout [UInt8]) {
    bytes.append("User-agent: *\nAllow: /\n\nSitemap: \(address.url)sitemap.xml\n")
  }

  static func append(
    manifestOf configuration: SiteConfiguration, address: Address, assets: PublishedAssets, to bytes: inout [UInt8]
  ) {
    bytes.append(#"{"name":"#)
    bytes.append(json: configuration.title)
    bytes.append(#","short_name":"#)
    bytes.append(json: String(configuration.title.prefix(12)))
    bytes.append(#","description":"#)
    bytes.append(json: configuration.description)
    bytes.append(#","lang":"#)
    bytes.append(json: configuration.language)
    bytes.append(#","id":"./","start_url":"#)
    bytes.append(json: address.home(root: ""))
    bytes.append(##","scope":"./","display":"standalone","background_color":"#f8f4eb","theme_color":"#4a0d18""##)
    let icons = icons.filter { assets.paths[$0.asset] != nil }
    if !icons.isEmpty {
      bytes.append(#","icons":"#)
      bytes.append(jsonList: icons) { bytes, icon in
        bytes.append(#"{"src":"#)
        bytes.append(json: assets.paths[icon.asset] ?? "")
        bytes.append(#","sizes":"\#(icon.sizes)","type":"\#(icon.type)","purpose":"\#(icon.purpose)"}"#)
      }
    }
    bytes.append("}\n")
  }

  private static let icons = [
    (asset: "icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any"),
    (asset: "icon-192.png", sizes: "192x192", type: "image/png", purpose: "any"),
    (asset: "icon-512.png", sizes: "512x512", type: "image/png", purpose: "any"),
    (asset: "icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable"),
  ]
}
