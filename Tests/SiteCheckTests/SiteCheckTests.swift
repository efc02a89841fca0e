import SiteCheck
import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite("The check of a built site")
struct SiteCheckTests {
  @Test("finds nothing wrong with a site that is right")
  func right() throws {
    let report = try BuiltSite().check()
    #expect(report.problems.map(\.description) == [])
    #expect(report.problemCount == 0)
    #expect(report.pages == 5)
    #expect(report.jsonFiles == 5)
    #expect(report.links == 17)
  }

  @Test("refuses a folder that is not there, or has no index.html")
  func noSite() throws {
    let site = try BuiltSite(["index.html": nil])
    #expect(throws: SiteCheckError.noIndex(site.folder.path)) { try site.check() }
    let nowhere = site.folder.path("nowhere")
    #expect(throws: SiteCheckError.noFolder(nowhere)) { try SiteCheck(folder: nowhere).run() }
    #expect(
      "\(SiteCheckError.noFolder("x"))"
        == "x: there is no such folder; build the site first, or name the folder it was built in")
  }

  @Test(
    "finds links that lead nowhere",
    arguments: [
      (
        "movies/2-a%20b/index.html?x=1#top", "movies/3/",
        "index.html:9: “movies/3/” leads to movies/3/index.html, which is not there; add the file or fix the link"
      ),
      (
        "href=\"movies/1-heat/\"", "href=\"movies/1-heat\"",
        "index.html:9: “movies/1-heat” leads to movies/1-heat, which is not there; that is a folder; end the link with “/”"
      ),
      (
        "href=\"movies/1-heat/\"", "href=\"../movies/1-heat/\"",
        "index.html:9: “../movies/1-heat/” leads to ../movies/1-heat/, which is not there; it leads out of the site; take a “../” out"
      ),
      (
        "/club/assets/site.css", "/assets/site.css",
        "index.html:5: “/assets/site.css” leads to /assets/site.css, which is not there; the site's address is /club/, so begin the link with that"
      ),
      (
        "https://elsewhere.example/x", "//films.example/club/x&amp;y.html",
        "index.html:10: “//films.example/club/x&y.html” leads to x&y.html, which is not there; add the file or fix the link"
      ),
      (
        "<br>", "<form action=search/></form>",
        "index.html:8: “search/” leads to search/index.html, which is not there; add the file or fix the link"
      ),
      (
        "<br>", "<video poster=\"p.jpg\"></video>",
        "index.html:8: “p.jpg” leads to p.jpg, which is not there; add the file or fix the link"
      ),
      (
        "<br>", "<img alt=\"\" srcset=\"assets/a.png 1x,\n  assets/c.png 2x\">",
        "index.html:9: “assets/c.png” leads to assets/c.png, which is not there; add the file or fix the link"
      ),
      (
        "<br>", "<i style=\"background: url(&quot;no.png&quot;)\"></i><b style=\"background: url(assets/a.png)\"></b>",
        "index.html:8: “no.png” leads to no.png, which is not there; add the file or fix the link"
      ),
      (
        "<meta charset=\"utf-8\">", "<meta http-equiv=\"refresh\" content=\"0; URL='gone.html'\">",
        "index.html:3: “gone.html” leads to gone.html, which is not there; add the file or fix the link"
      ),
      (
        "<meta charset=\"utf-8\">", "<meta property=\"og:image\" content=\"https://films.example/club/og.png\">",
        "index.html:3: “https://films.example/club/og.png” leads to og.png, which is not there; add the file or fix the link"
      ),
      (
        "#end", "#ende", "index.html:11: “#ende” is not an id in this page; add the id or fix the link"
      ),
      (
        "#list", "#lst", "index.html:10: “#lst” is not an id in users/7/index.html; add the id or fix the link"
      ),
    ])
  func brokenLinks(_ piece: String, _ other: String, _ expected: String) throws {
    let problems = try BuiltSite("index.html", piece, other).problems()
    #expect(problems.filter { $0.hasPrefix("index.html") } == [expected])
  }

  @Test("finds them in style sheets, sitemaps and feeds")
  func brokenLinksElsewhere() throws {
    #expect(
      try BuiltSite("assets/site.css", "more.css", "less.css").problems()
        == [
          "assets/site.css:1: “less.css” leads to assets/less.css, which is not there; add the file or fix the link"
        ])
    #expect(
      try BuiltSite("sitemap.xml", "1-heat", "9-heat").problems()
        == [
          "sitemap.xml:4: “https://films.example/club/movies/9-heat/” leads to movies/9-heat/index.html, which is not there; add the file or fix the link"
        ])
    #expect(
      try BuiltSite("feed.xml", "2-a%20b", "2-a").problems()
        == [
          "feed.xml:1: “https://films.example/club/movies/2-a/” leads to movies/2-a/index.html, which is not there; add the file or fix the link"
        ])
  }

  @Test("knows the site's address from the sitemap, or does without")
  func address() throws {
    let canonical = "<link rel=\"canonical\" href=\"https://films.example/club/\">"
    #expect(try BuiltSite("index.html", canonical, "").problems() == [])
    let without = try BuiltSite([
      "index.html": "<!doctype html><a href=\"/movies/1-heat/\">a</a> <a href=\"https://films.example/x\">b</a>",
      "404.html": nil, "movies/2-a b/index.html": nil, "users/7/index.html": nil, "sitemap.xml": nil, "feed.xml": nil,
      "movies/1-heat/index.html": "<!doctype html><a href=\"/\">home</a> <a href=\"/../x\">up</a>",
    ]).problems()
    #expect(
      without == [
        "movies/1-heat/index.html:1: “/../x” leads to ../x, which is not there; it leads out of the site; take a “../” out"
      ])
  }

  @Test("finds pages that no links lead to, and what is wrong with them")
  func unreachable() throws {
    let site = try BuiltSite([
      "old/index.html": "<!doctype html><a href=\"more.html\">More</a>\n<a href=\"none\">None</a>",
      "old/more.html": "<!doctype html>",
    ])
    #expect(
      try site.problems() == [
        "old/index.html:1: no links lead here from index.html; link to this page or take it out",
        "old/index.html:2: “none” leads to old/none, which is not there; add the file or fix the link",
        "old/more.html:1: no links lead here from index.html; link to this page or take it out",
      ])
  }

  @Test(
    "finds tags and ids that are wrong",
    arguments: [
      ("<div>", "index.html:8: <div> is still open at </body> in line 13; close it before"),
      ("<section><b></section>", "index.html:8: <b> is still open at </section> in line 8; close it before"),
      ("</div>", "index.html:8: </div> closes nothing; take it out or open it"),
      ("</br>", "index.html:8: </br> closes an element that holds nothing; take it out"),
      ("<div/>", "index.html:8: <div> is still open at </body> in line 13; close it before"),
      ("<i id=\"end\"></i>", "index.html:12: the id “end” is in this page already; choose another"),
      ("<i id=\"a b\"></i>", "index.html:8: the id “a b” is empty or has spaces; write one word"),
      ("1 < 2", "index.html:8: a bare “<” is not a tag; write &lt;"),
      (
        "<i title=\"a\"class=\"b\"></i>",
        "index.html:8: a space is missing between the attributes of <i>; look for a stray quote"
      ),
      ("<i title=a\"b></i>", "index.html:8: the value of “title” has no quotes and needs them; write \"…\""),
      (
        "<i title=\"say \"hi\"></i>",
        "index.html:8: a space is missing between the attributes of <i>; look for a stray quote"
      ),
      ("<!-- ", "index.html:8: this comment never ends; close it with -->"),
      (
        "<script type=\"application/ld+json\">\n{\"a\": }</script>",
        "index.html:9: the JSON in this script does not parse: no value begins like this; write one"
      ),
    ])
  func markup(_ other: String, _ expected: String) throws {
    #expect(try BuiltSite("index.html", "<br>", other).problems().contains(expected))
  }

  @Test("finds an element that stays open to the page's end")
  func unclosed() throws {
    #expect(
      try BuiltSite(["users/7/index.html": "<!doctype html>\n<ol id=list><li>a<p>b"]).problems()
        == ["users/7/index.html:2: <ol> is never closed; close it"])
  }

  @Test("takes what HTML allows")
  func allowed() throws {
    let page = """
      <!DOCTYPE html><TITLE>a < b</TITLE>
      <table><thead><tr><th>a<th>b<tbody><tr><td><p>c<td>d<tr><td>e</table>
      <dl><dt>a<dd>b<dt>c<dd>d</dl><select><optgroup label=x><option>a<option selected>b</select>
      <p>a<div>b</div><textarea><b></textarea><script>if (a < b) { "</div>" }</script><!-- <div> -->
      <input disabled value=a/b><img alt="" src='/club/assets/a.png' /><a name="old"></a><a href="#old">x</a>
      <a href="">self</a><a href="?q=1">query</a><a href=" ./#%6Fld ">spaces</a><custom-element></custom-element>
      """
    #expect(try BuiltSite(["users/7/index.html": page + "<i id=list></i>"]).problems() == [])
  }

  @Test(
    "finds JSON that does not parse or breaks the contract",
    arguments: [
      ("build.json", "}}", "}", "build.json:1: this does not parse as JSON: “,” or “}” is missing; write it"),
      ("build.json", "\"version\"", "\"vers\"", "build.json:1: version is missing; the contract promises it"),
      (
        "api/movies/1.json", "1995", "\"1995\"",
        "api/movies/1.json:1: year is a text, but the contract says a whole number"
      ),
      (
        "api/movies/1.json", "1995", "1995.5",
        "api/movies/1.json:1: year is 1995.5, but the contract says a whole number"
      ),
      (
        "api/movies/1.json", "[\"Crime\"]", "[1]",
        "api/movies/1.json:1: genres[0] is a number, but the contract says a text"
      ),
      (
        "api/movies/1.json", "\"id\": 1", "\"id\": 3",
        "api/movies/1.json:1: id is 3, but the file is called 1.json; call it 3.json"
      ),
      (
        "api/movies/1.json", "\"id\": 2", "\"id\": 9",
        "api/movies/1.json:1: similar[0].id names the movie 9, which has no file in api/movies; write that or take it out"
      ),
      (
        "api/movies/2.json", "\"mean\": null, ", "",
        "api/movies/2.json:1: ratings.mean is missing; the contract promises it"
      ),
      (
        "api/users/7.json", "4.5", "3.75",
        "api/users/7.json:2: models.ease[0].stars is 4.0, which is not from low (3.5) to high (3.75); fix the interval"
      ),
      (
        "api/users/7.json", "0.75", "1.5",
        "api/users/7.json:3: models.ease[0].because[0].weight is 1.5; it must be from 0 to 1"
      ),
      (
        "api/users/7.json", "0.75}", "0.75}, {\"id\": \"2\", \"title\": \"\", \"weight\": 0.5}",
        "api/users/7.json:2: the weights of models.ease[0].because add up to 1.25; they may reach 1"
      ),
      (
        "api/users/7.json", "{\"id\": 1,", "{\"id\": 8,",
        "api/users/7.json:3: models.ease[0].because[0].id names the movie 8, which has no file in api/movies; write that or take it out"
      ),
      (
        "api/models.json", "\"rmse\": 0.9", "\"rmse\": \"0.9\"",
        "api/models.json:1: models[0].metrics[0] is a text, but the contract says a number"
      ),
    ])
  func json(_ file: String, _ piece: String, _ other: String, _ expected: String) throws {
    let problems = try BuiltSite(file, piece, other).problems().filter { $0.hasPrefix(file) }
    #expect(problems.contains(expected), "\(problems)")
  }

  @Test("follows no symbolic link out of the site")
  func symbolicLinks() throws {
    let site = try BuiltSite()
    let outside = try TemporaryFolder()
    try outside.write("<a href=\"nothing\">", to: "page.html")
    let files = FileManager.default
    try files.createSymbolicLink(atPath: site.folder.path("out"), withDestinationPath: outside.path)
    try files.createSymbolicLink(atPath: site.folder.path("page.html"), withDestinationPath: outside.path("page.html"))
    try files.createSymbolicLink(atPath: site.folder.path("loop"), withDestinationPath: site.folder.path)
    try files.createSymbolicLink(atPath: site.folder.path("assets/c.png"), withDestinationPath: "a.png")
    #expect(
      try site.problems()
        == ["loop", "out", "page.html"].map {
          "\($0):1: this symbolic link is not followed, since it leads to no file of the site; put the file itself here"
        })
  }

  @Test("counts all problems and keeps the first of them")
  func manyProblems() throws {
    let links = String(repeating: "<a href=\"none\">x</a>\n", count: SiteCheckReport.problemLimit + 5)
    let report = try BuiltSite(["users/7/index.html": "<!doctype html><i id=list></i>" + links]).check()
    #expect(report.problemCount == SiteCheckReport.problemLimit + 5)
    #expect(report.problems.count == SiteCheckReport.problemLimit)
    #expect(report.problems[1].line == 2 && report.problems[1].kind == .brokenLink)
  }

  @Test("comes to an end on any bytes", arguments: 0..<20)
  func anything(_ seed: UInt64) throws {
    let pieces = [
      "<", ">", "\"", "'", "=", "/", " ", "<a href=", "<!--", "-->", "<script>", "</script", "</", "&", "&#x", ";",
      "<p",
      "srcset=", ",", "url(", "#", "%", "%4", "//", "é", "\u{0}", "style=", "content=", "<?", "]]>", "{", "\\u", "[",
    ]
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    var text = ""
    for _ in 0..<400 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      text += pieces[Int(state >> 33) % pieces.count]
    }
    let site = try BuiltSite(["users/7/index.html": text, "feed.xml": text, "assets/site.css": text, "a.json": text])
    #expect(try site.check().pages == 5)
  }
}
