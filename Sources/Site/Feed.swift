import Platform
import Precompute
import Ratings
import Templates

/// `feed.xml`: an Atom feed of the news and then the newest films (RFC 4287).
enum Feed {
  private static let films = 20

  static func append(
    posts: [(post: MarkdownPage, folder: String)], in context: PageContext, to bytes: inout [UInt8]
  ) {
    let configuration = context.configuration
    let newest = newest(in: context)
    let moments = posts.compactMap(\.post.atomDate) + newest.map { moment(context.precomputed.movies[Int($0)].year) }
    bytes.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"")
    bytes.append(xml: configuration.language)
    bytes.append("\">\n")
    bytes.append(xmlElement: "id", context.address.url)
    bytes.append(xmlElement: "title", configuration.title)
    bytes.append(xmlElement: "subtitle", configuration.description)
    // The data's own dates: a clock would make two equal builds differ.
    bytes.append(xmlElement: "updated", moments.max() ?? moment(nil))
    append(link: context.address.url, relation: "alternate", to: &bytes)
    append(link: context.address.url + "feed.xml", relation: "self", to: &bytes)
    bytes.append("<author>")
    bytes.append(xmlElement: "name", configuration.author.isEmpty ? configuration.title : configuration.author)
    bytes.append("</author>\n")
    for (post, folder) in posts {
      bytes.append("<entry>\n")
      bytes.append(xmlElement: "id", context.address.canonical(folder))
      bytes.append(xmlElement: "title", post.title)
      bytes.append(xmlElement: "updated", post.atomDate ?? moment(nil))
      append(link: context.address.canonical(folder), relation: "alternate", to: &bytes)
      bytes.append("<content type=\"html\">")
      // Notes are on the post's own page.
      let html = context.address.rebasing(post.html, root: context.address.url).text
      bytes.append(xml: html.replacing("href=\"#", with: "href=\"\(context.address.canonical(folder))#"))
      bytes.append("</content>\n</entry>\n")
    }
    for movie in newest {
      let facts = context.precomputed.movies[Int(movie)]
      let url = context.address.canonical(context.catalogue.movieFolders[Int(movie)])
      bytes.append("<entry>\n")
      bytes.append(xmlElement: "id", url)
      bytes.append(xmlElement: "title", facts.year.map { "\(facts.title) (\($0))" } ?? facts.title)
      bytes.append(xmlElement: "updated", moment(facts.year))
      append(link: url, relation: "alternate", to: &bytes)
      if !facts.genres.isEmpty {
        bytes.append(xmlElement: "summary", facts.genres.map { context.texts.genre($0) }.joined(separator: ", "))
      }
      bytes.append("</entry>\n")
    }
    bytes.append("</feed>\n")
  }

  private static func append(link: String, relation: String, to bytes: inout [UInt8]) {
    bytes.append("<link rel=\"\(relation)\" href=\"")
    bytes.append(xml: link)
    bytes.append("\"/>\n")
  }

  private static func newest(in context: PageContext) -> ArraySlice<Int32> {
    let chart = context.precomputed.charts.first { $0.order == .newest && $0.scope == .all }
    if let chart { return chart.movies.prefix(films) }
    let movies = context.precomputed.movies
    let dated = context.catalogue.ranking.filter { movies[Int($0)].year != nil }
    return dated.enumerated().sorted { left, right in
      let (a, b) = (movies[Int(left.element)].year ?? 0, movies[Int(right.element)].year ?? 0)
      return a != b ? a > b : left.offset < right.offset
    }.map(\.element).prefix(films)
  }

  /// The beginning of a year as a moment of Atom.
  private static func moment(_ year: Int?) -> String {
    let digits = String(min(max(year ?? 1970, 0), 9999))
    return String(repeating: "0", count: 4 - digits.count) + digits + "-01-01T00:00:00Z"
  }
}
