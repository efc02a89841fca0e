import SiteCheck
import TestSupport

/// A small site in a folder of its own, right but for what a test changes.
struct BuiltSite {
  let folder: TemporaryFolder

  static let files = [
    "index.html": """
    <!doctype html>
    <html lang="en">
    <head><meta charset="utf-8"><title>Films</title>
    <link rel="canonical" href="https://films.example/club/">
    <link rel="stylesheet" href="/club/assets/site.css">
    </head>
    <body>
    <p>Welcome<br>
    <ul><li><a href="movies/1-heat/">Heat</a><li><a href="movies/2-a%20b/index.html?x=1#top">A b</a></ul>
    <a href="https://films.example/club/users/7/#list">You</a> <a href="https://elsewhere.example/x">Elsewhere</a>
    <a href="mailto:a@b.example">Write</a> <a href="#end">End</a>
    <p id="end">
    </body>
    </html>
    """,
    "404.html": "<!doctype html><title>Lost</title><p>Nothing here. <a href=\"/club/\">Home</a>",
    "movies/1-heat/index.html": """
    <!doctype html>
    <title>Heat <1995></title>
    <img src="../../assets/a.png" srcset="../../assets/a.png 1x, /club/assets/b.png 2x" alt="">
    <script type="application/ld+json">{"name": "Heat & </dust>"}</script>
    <svg viewBox="0 0 1 1"><path d="M0"/><a xlink:href="#x"><g id="x"></g></a></svg>
    """,
    "movies/2-a b/index.html": "<!doctype html><title>A b</title><a href=\"../1-heat/\">Heat</a>",
    "users/7/index.html": "<!doctype html><title>7</title><ol id=\"list\"></ol>",
    "assets/site.css": "@import \"more.css\"; /* url(nothing.png) */ body { background: url('a.png?v=1') }",
    "assets/more.css": "a { b: url(data:image/png;base64,AA) }",
    "assets/a.png": "", "assets/b.png": "",
    "sitemap.xml": """
    <?xml version="1.0" encoding="UTF-8"?>
    <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <url><loc>https://films.example/club/</loc></url>
    <url><loc>https://films.example/club/movies/1-heat/</loc></url>
    </urlset>
    """,
    "feed.xml": "<feed><title>A &amp; b</title><link href=\"https://films.example/club/movies/2-a%20b/\"/></feed>",
    "build.json": #"{"version": "1", "quality": "quick", "counts": {"users": 1}, "fingerprints": {"ingest": "ab"}}"#,
    "api/models.json":
      #"{"models": [{"name": "biases", "family": "bias", "settings": {}, "metrics": {"rmse": 0.9, "mae": null}, "protocol": "holdout"}]}"#,
    "api/movies/1.json":
      #"{"id": 1, "title": "Heat", "year": 1995, "genres": ["Crime"], "ratings": {"count": 2, "mean": 4.5, "histogram": [0, 2]}, "similar": [{"id": 2, "title": "A b", "score": 0.5, "reason": "liked by the same people"}]}"#,
    "api/movies/2.json":
      #"{"id": "2", "title": "A b", "year": null, "genres": [], "ratings": {"count": 0, "mean": null, "histogram": []}, "similar": []}"#,
    "api/users/7.json": """
    {"id": 7, "ratings": 1, "models": {"ease": [
    {"id": 2, "title": "A b", "stars": 4.0, "low": 3.5, "high": 4.5, "score": 1.5,
    "because": [{"id": 1, "title": "Heat", "weight": 0.75}]}
    ]}}
    """,
  ]

  /// - Parameter changes: new texts of files; a file with nil is left out.
  init(_ changes: [String: String?] = [:]) throws {
    folder = try TemporaryFolder()
    for (name, text) in Self.files.merging(changes.compactMapValues { $0 }, uniquingKeysWith: { $1 })
    where changes[name] != .some(nil) {
      try folder.write(text, to: name)
    }
  }

  /// With `piece` of one file replaced by `other`.
  init(_ file: String, _ piece: String, _ other: String) throws {
    let parts = (Self.files[file] ?? "").split(separator: piece, maxSplits: 1, omittingEmptySubsequences: false)
    precondition(parts.count == 2, "\(file) does not hold \(piece)")
    try self.init([file: parts.joined(separator: other)])
  }

  func check() throws -> SiteCheckReport { try SiteCheck(folder: folder.path).run() }

  func problems() throws -> [String] { try check().problems.map(\.description) }
}
