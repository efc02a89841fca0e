import Models
import Precompute
import Ratings
import Site
import Templates
import TestSupport
import Testing

/// A file that is made from the same must have the same bytes: a build keeps it unseen.
@Suite struct SourceTests {
  struct Change: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let apply: @Sendable (inout Precomputed) -> Void

    /// Whether only files without a source show it.
    func isElsewhere(_ everyPageTellsCounts: Bool) -> Bool {
      testDescription == "the charts" || testDescription == "how many ratings there are" && !everyPageTellsCounts
    }

    init(_ name: String, _ apply: @escaping @Sendable (inout Precomputed) -> Void) {
      testDescription = name
      self.apply = apply
    }
  }

  /// Each of what movies, members and shelves show, changed by itself.
  static let changes: [Change] = [
    Change("a title") { $0.movies[2].title = "Aliens" },
    Change("an id") { $0.movies[2].id = .number(9111) },
    Change("a year") { $0.movies[2].year = 1986 },
    Change("no year") { $0.movies[2].year = nil },
    Change("a year in another decade") { $0.movies[7].year = 1971 },
    Change("another genre") { $0.movies[2].genres = ["Horror"] },
    Change("a genre nobody has") { $0.movies[2].genres.append("Documentary") },
    Change("genres in another order") { $0.movies[2].genres.reverse() },
    Change("a director") { $0.movies[2].directors = ["James Cameron"] },
    Change("no director") { $0.movies[3].directors = [] },
    Change("a runtime") { $0.movies[2].runtime = 117 },
    Change("a language") { $0.movies[2].language = "en" },
    Change("an IMDb id") { $0.movies[2].imdbID = "tt0090605" },
    Change("a TMDB id") { $0.movies[2].tmdbID = 679 },
    Change("one rating more") { $0.movieStatistics[2].count += 1 },
    Change("many ratings more") { $0.movieStatistics[9].count += 500 },
    Change("another mean") { $0.movieStatistics[2].mean += 0.2 },
    Change("another histogram") { $0.movieStatistics[2].histogram[3] += 1 },
    Change("no ratings") { $0.movieStatistics[2] = RatingStatistics(count: 0, mean: 0, histogram: []) },
    Change("a tag") { $0.movieTags[2].append("airlock") },
    Change("a tag that gets a page") { for movie in 0..<4 { $0.movieTags[movie].append("Space") } },
    Change("a tag's spelling") { $0.movieTags[3][0] = "Noir" },
    Change("the order of the similar") { $0.similar = reversed($0.similar) },
    Change("the order of the also similar") { $0.alsoSimilar = reversed($0.alsoSimilar) },
    Change("no also similar") { $0.alsoSimilar = Ragged() },
    Change("the order of the kin") { $0.kin = reversed($0.kin) },
    Change("the measure") { $0.similarMeasure = .audience },
    Change("a similarity") { $0.similar = mapped($0.similar) { $0.score -= 0.02 } },
    Change("how many rated both") { $0.alsoSimilar = mapped($0.alsoSimilar) { $0.sharedUsers += 1 } },
    Change("a member's name") { $0.users[1].id = .text("Zoë") },
    Change("how often a member rated") { $0.userStatistics[0].count += 1 },
    Change("a member's mean") { $0.userStatistics[0].mean += 0.3 },
    Change("a member's histogram") { $0.userStatistics[0].histogram[1] += 1 },
    Change("everybody's mean") { for movie in 0..<11 { $0.movieStatistics[movie].mean -= 0.4 } },
    Change("favourites") { $0.favourites = reversed($0.favourites) },
    Change("a favourite's stars") { $0.favourites = mapped($0.favourites) { $0.value -= 0.5 } },
    Change("people's similarity") { $0.similarUsers = mapped($0.similarUsers) { $0.similarity += 0.03 } },
    Change("other people") { $0.similarUsers = mapped($0.similarUsers) { $0.user = 2 } },
    Change("people among each other") { $0.peopleSimilarities = mapped($0.peopleSimilarities) { $0 -= 90 } },
    Change("a genre's name in tastes") { $0.tastes.genreNames[0] = "Western" },
    Change("how often a genre was rated") { $0.tastes.genres = mapped($0.tastes.genres) { $0.count += 1 } },
    Change("a genre's mean") { $0.tastes.genres = mapped($0.tastes.genres) { $0.mean -= 0.2 } },
    Change("which genres") { $0.tastes.genres = mapped($0.tastes.genres) { $0.key = ($0.key + 1) % 3 } },
    Change("which decades") { $0.tastes.decades = mapped($0.tastes.decades) { $0.key -= 10 } },
    Change("a decade's count") { $0.tastes.decades = mapped($0.tastes.decades) { $0.count += 4 } },
    Change("mainstream") { $0.tastes.mainstream[0] = 0.5 },
    Change("a rated film") { $0.tastes.history = mapped($0.tastes.history) { $0.movie = 5 } },
    Change("given stars") { $0.tastes.history = mapped($0.tastes.history) { $0.value = 1 } },
    Change("the day of a rating") { $0.tastes.history = mapped($0.tastes.history) { $0.time += 90_000 } },
    Change("a recommended film") { $0.lists[0].entries = mapped($0.lists[0].entries) { $0.movie = 10 - $0.movie } },
    Change("predicted stars") { $0.lists[1].entries = mapped($0.lists[1].entries) { $0.stars -= 0.1 } },
    Change("a score") { $0.lists[1].entries = mapped($0.lists[1].entries) { $0.score += 0.25 } },
    Change("the low end") { $0.lists[0].entries = mapped($0.lists[0].entries) { $0.low -= 0.1 } },
    Change("the high end") { $0.lists[0].entries = mapped($0.lists[0].entries) { $0.high -= 0.1 } },
    Change("a reason") { $0.lists[0].reasons = mapped($0.lists[0].reasons) { $0.movie = 6 } },
    Change("a reason's weight") { $0.lists[0].reasons = mapped($0.lists[0].reasons) { $0.weight -= 0.1 } },
    Change("a list's model") { $0.lists[0].model = "ials" },
    Change("the model of the stars") { $0.lists[0].starsModel = "bayesian" },
    Change("what a model is for") { $0.models[1].purpose = "Something else." },
    Change("the order of the lists") { $0.lists.reverse() },
    Change("one list") { $0.lists.removeLast() },
    Change("how many ratings there are") { $0.ratingCount += 1 },
    Change("the charts") { $0.charts.reverse() },
    Change("another scale") { $0.scale = RatingScale(minimum: 0.5, maximum: 10, step: 0.5) },
  ]

  /// The fixture with films that only the other measure names.
  static func precomputed() -> Precomputed {
    var precomputed = Fixture.precomputed()
    precomputed.alsoSimilar = Ragged()
    for movie in precomputed.movies.indices {
      precomputed.alsoSimilar.appendRow(
        (5...6).map {
          SimilarMovie(movie: Int32((movie + $0) % 12), score: 0.2, sharedUsers: Int32($0), sharedGenres: 0)
        })
    }
    return precomputed
  }

  static let list = EditorsList(page: listPage("Night"), films: [EditorsList.Film(text: "Alien")])

  static func listPage(_ title: String) -> MarkdownPage {
    MarkdownPage(name: "night", path: "content/lists/night.md", title: title, html: "", excerpt: "")
  }

  @Test(.slow, arguments: [false, true]) func `A file with the same source has the same bytes, whatever changed`(
    everyPageTellsCounts: Bool
  ) throws {
    var theme = try Fixture.defaultTheme()
    if everyPageTellsCounts { theme = theme.telling("{{site.ratingCount}}", in: "movie") }
    let before = try Files(Self.precomputed(), theme)
    for change in Self.changes {
      var precomputed = Self.precomputed()
      change.apply(&precomputed)
      let after = try Files(precomputed, theme)
      var kept = 0
      for (path, source) in after.sources where before.sources[path] == source {
        kept += 1
        #expect(before.bytes[path] == after.bytes[path], "\(path) after a change of \(change.testDescription)")
      }
      let changed = before.sources.keys.filter { before.bytes[$0] != after.bytes[$0] }
      if change.isElsewhere(everyPageTellsCounts) {
        #expect(kept == after.sources.count, "\(change.testDescription)")
      } else {
        // The fixture must show what is changed, or nothing is tested.
        #expect(!changed.isEmpty, "\(change.testDescription) shows nowhere")
      }
    }
  }

  @Test func `The films of a list and another theme or setting are part of a source`() throws {
    let plain = try Files(Fixture.precomputed(), Fixture.defaultTheme())
    let listed = try Files(Fixture.precomputed(), Fixture.defaultTheme(), lists: [Self.list])
    let alien = "movies/111-alien/index.html"
    #expect(plain.bytes[alien] != listed.bytes[alien])
    #expect(plain.sources[alien] != listed.sources[alien])
    for (path, source) in listed.sources where plain.sources[path] == source {
      #expect(plain.bytes[path] == listed.bytes[path], "\(path)")
    }
    let renamed = try Files(
      Fixture.precomputed(), Fixture.defaultTheme(),
      lists: [EditorsList(page: Self.listPage("Dusk"), films: Self.list.films)])
    #expect(renamed.bytes[alien] != listed.bytes[alien])
    #expect(renamed.sources[alien] != listed.sources[alien])
    let other = try Files(Fixture.precomputed(), Fixture.defaultTheme(), inputs: 2)
    for (path, source) in other.sources { #expect(plain.sources[path] != source, "\(path)") }
  }

  @Test func `The owner's pages count by their place in the menu, not by their words`() throws {
    let page = { (title: String, text: TrustedHTML, isInMenu: Bool) in
      MarkdownPage(
        name: "about", path: "content/pages/about.md", title: title, html: text, excerpt: "", isInMenu: isInMenu)
    }
    let files = { (page: MarkdownPage) in
      try Files(Fixture.precomputed(), Fixture.defaultTheme(), pages: [page])
    }
    let before = try files(page("About", "<p>Words.</p>", true))
    let edited = try files(page("About", "<p>Other words.</p>", true))
    #expect(before.sources == edited.sources)
    #expect(before.sources.keys.allSatisfy { before.bytes[$0] == edited.bytes[$0] })
    for other in [page("Us", "<p>Words.</p>", true), page("About", "<p>Words.</p>", false)] {
      let after = try files(other)
      for (path, source) in after.sources where path.hasSuffix(".html") { #expect(before.sources[path] != source) }
    }
  }

  @Test func `One rating changes the source of few files`() throws {
    var precomputed = Fixture.precomputed()
    precomputed.movieStatistics[2].count += 1
    precomputed.userStatistics[0].count += 1
    precomputed.ratingCount += 1
    let before = try Files(Fixture.precomputed(), Fixture.defaultTheme())
    let after = try Files(precomputed, Fixture.defaultTheme())
    #expect(before.sources["search/index.json"] == after.sources["search/index.json"])
    #expect(before.sources["movies/607/index.html"] == after.sources["movies/607/index.html"])
    #expect(before.sources["movies/111-alien/index.html"] != after.sources["movies/111-alien/index.html"])
    #expect(before.sources["users/1/index.html"] != after.sources["users/1/index.html"])
  }

  @Test func `Without a fingerprint of its inputs a site has no sources`() throws {
    let website = try Fixture.website()
    #expect((0..<website.outputCount).allSatisfy { website.prepared($0).fingerprint == nil })
    #expect(website.searchSource == nil)
  }

  /// Every file, and the source of those that have one.
  struct Files {
    let bytes: [String: [UInt8]]
    var sources: [String: UInt64] = [:]

    init(
      _ precomputed: Precomputed, _ theme: Theme, pages: [MarkdownPage] = [], lists: [EditorsList] = [],
      inputs: UInt64 = 1
    ) throws {
      let website = try Website(
        configuration: Fixture.configuration, precomputed: precomputed, theme: theme, pages: pages, lists: lists,
        inputs: inputs)
      bytes = try Fixture.files(of: website)
      for index in 0..<website.outputCount {
        let file = website.prepared(index)
        if let source = file.fingerprint { sources[file.path] = source }
      }
      for file in website.searchFiles() { sources[file.path] = website.searchSource }
    }
  }

  private static func mapped<Element>(_ rows: Ragged<Element>, _ change: (inout Element) -> Void) -> Ragged<Element> {
    var elements = rows.elements
    for index in elements.indices { change(&elements[index]) }
    return Ragged(offsets: rows.offsets, elements: elements)
  }

  private static func reversed<Element>(_ rows: Ragged<Element>) -> Ragged<Element> {
    var result = Ragged<Element>()
    for row in 0..<rows.rowCount { result.appendRow(rows[row].reversed()) }
    return result
  }
}

extension Theme {
  /// The theme with words added to a template.
  fileprivate func telling(_ words: String, in template: String) -> Theme {
    let templates = templates.map {
      $0.name == template ? TemplateSource(name: $0.name, path: $0.path, text: $0.text + words) : $0
    }
    return Theme(templates: templates, assets: assets, texts: texts, folders: folders)
  }
}
