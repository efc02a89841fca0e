import Artwork
import Models
import Precompute
import Ratings
import Site
import Templates

/// A small community: twelve real films and four members with made-up ratings.
enum Fixture {
  static let movies: [Movie] = [
    Movie(
      id: .number(1), title: "Toy Story", year: 1995, genres: ["Adventure", "Animation", "Children", "Comedy"],
      directors: ["John Lasseter"], imdbID: "tt0114709", tmdbID: 862),
    Movie(
      id: .number(47), title: "Seven Samurai", year: 1954, genres: ["Action", "Adventure", "Drama"],
      directors: ["Akira Kurosawa"], imdbID: "tt0047478", tmdbID: 346),
    Movie(
      id: .number(111), title: "Alien", year: 1979, genres: ["Horror", "Sci-Fi"], directors: ["Ridley Scott"],
      imdbID: "tt0078748", tmdbID: 348),
    Movie(
      id: .number(112), title: "Blade Runner", year: 1982, genres: ["Action", "Sci-Fi", "Thriller"],
      directors: ["Ridley Scott"], imdbID: "tt0083658", tmdbID: 78),
    Movie(
      id: .number(201), title: "Amélie", year: 2001, genres: ["Comedy", "Romance"],
      directors: ["Jean-Pierre Jeunet"], imdbID: "tt0211915", tmdbID: 194),
    Movie(
      id: .number(202), title: "Spirited Away", year: 2001, genres: ["Animation", "Fantasy"],
      directors: ["Hayao Miyazaki"], imdbID: "tt0245429", tmdbID: 129),
    Movie(
      id: .number(303), title: "The Good, the Bad and the Ugly", year: 1966, genres: ["Adventure", "Western"],
      directors: ["Sergio Leone"], imdbID: "tt0060196", tmdbID: 429),
    Movie(
      id: .number(304), title: "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb", year: 1964,
      genres: ["Comedy", "War"], directors: ["Stanley Kubrick"], imdbID: "tt0057012", tmdbID: 935),
    Movie(
      id: .number(405), title: "The Matrix", year: 1999, genres: ["Action", "Sci-Fi", "Thriller"],
      directors: ["Lana Wachowski", "Lilly Wachowski"], imdbID: "tt0133093", tmdbID: 603),
    Movie(
      id: .number(506), title: "Singin’ in the Rain", year: 1952, genres: ["Comedy", "Musical", "Romance"],
      directors: ["Stanley Donen", "Gene Kelly"], imdbID: "tt0045152", tmdbID: 872),
    Movie(id: .number(607), title: "となりのトトロ", year: 1988, genres: ["Animation", "Children"]),
    // Nothing is known about it but its title: every part of a page must do without.
    Movie(id: .text("lost reel #7"), title: "Untitled Reel"),
  ]

  static func precomputed() -> Precomputed {
    let users = [User(id: .number(1)), User(id: .number(2)), User(id: .number(12)), User(id: .text("guest"))]
    var precomputed = Precomputed(scale: .halfStars, users: users, movies: movies)
    precomputed.movieStatistics = movies.indices.map { index in
      index == 11
        ? RatingStatistics(count: 0, mean: 0, histogram: [])
        : statistics(count: 90 - 7 * index, peak: 9 - index % 4)
    }
    precomputed.userStatistics = [
      statistics(count: 83, peak: 7), statistics(count: 41, peak: 8), statistics(count: 20, peak: 5),
      RatingStatistics(count: 0, mean: 0, histogram: []),
    ]
    precomputed.ratingCount = precomputed.movieStatistics.reduce(0) { $0 + $1.count }
    precomputed.movieTags = [
      ["pixar", "toys come alive", "friendship"], [], ["in space no one can hear", "claustrophobic"],
    ]
    precomputed.movieTags += [["noir", "rain", "what is human?"]]
    for index in movies.indices { precomputed.similar.appendRow(similar(to: index)) }
    precomputed.favourites.appendRow([
      FavouriteMovie(movie: 2, value: 5), FavouriteMovie(movie: 3, value: 5), FavouriteMovie(movie: 8, value: 4.5),
    ])
    precomputed.favourites.appendRow([FavouriteMovie(movie: 4, value: 5), FavouriteMovie(movie: 5, value: 4.5)])
    precomputed.favourites.appendRow([FavouriteMovie(movie: 6, value: 4)])
    precomputed.favourites.appendRow([])
    precomputed.similarUsers.appendRow([SimilarUser(user: 1, similarity: 0.42), SimilarUser(user: 3, similarity: 0.1)])
    for user in 1...3 { precomputed.similarUsers.appendRow(user == 2 ? [] : [SimilarUser(user: 0, similarity: 0.42)]) }
    precomputed.peopleSimilarities.appendRow([128])
    for _ in 1...3 { precomputed.peopleSimilarities.appendRow([]) }
    precomputed.tastes = tastes
    precomputed.alsoSimilar = precomputed.similar
    for index in movies.indices { precomputed.kin.appendRow(kin(of: index)) }
    precomputed.lists = [list("list-neighbours", shift: 0), list("ease", shift: 3)]
    precomputed.charts = charts
    precomputed.models = models
    precomputed.tasteMap = TasteMap(
      movies: [0, 3, 2, 1, 8], x: [0, 0.5, 0.625, 0.75, 1], y: [1, 0, 0.125, 0.5, 0.25])
    precomputed.genreSimilarity = GenreSimilarity(
      genres: ["Comedy", "Romance", "Horror"], values: [1, 0.62, -0.31, 0.62, 1, .nan, -0.31, .nan, 1])
    return precomputed
  }

  /// Ratings that grow towards level `peak` of ten and fall behind it; the mean is theirs.
  private static func statistics(count: Int, peak: Int) -> RatingStatistics {
    var histogram = (0..<10).map { level in Int32(count / (4 + 4 * (level - peak) * (level - peak))) }
    histogram[peak] += Int32(count) - histogram.reduce(0, +)
    let sum = histogram.enumerated().reduce(0) { $0 + Float($1.offset + 1) / 2 * Float($1.element) }
    return RatingStatistics(count: count, mean: sum / Float(count), histogram: histogram)
  }

  private static func similar(to index: Int) -> [SimilarMovie] {
    guard index < 10 else { return [] }
    return (1...4).map { step in
      let other = (index + step) % 10
      let shared = Set(movies[index].genres).intersection(movies[other].genres).count
      return SimilarMovie(
        movie: Int32(other), score: 0.9 - 0.1234 * Float(step), sharedUsers: Int32(step == 4 ? 1 : 60 / step),
        sharedGenres: Int32(shared))
    }
  }

  private static func kin(of index: Int) -> [SimilarMovie] {
    movies.indices.filter { $0 != index && !Set(movies[$0].genres).isDisjoint(with: movies[index].genres) }.prefix(3)
      .map { SimilarMovie(movie: Int32($0), score: 0.5, sharedUsers: 0, sharedGenres: 1) }
  }

  private static var tastes: UserTastes {
    var tastes = UserTastes()
    tastes.genreNames = ["Action", "Comedy", "Sci-Fi"]
    tastes.mainstream = [0.93, 0.7, 0.2, 0]
    let share = { (key: Int32, count: Int32) in UserTastes.Share(key: key, count: count, mean: 3.75) }
    for user in 0..<4 {
      tastes.genres.appendRow(user == 3 ? [] : [share(2, 30), share(0, 12), share(1, 1)])
      tastes.decades.appendRow(user == 3 ? [] : [share(1990, 5), share(1970, 21)])
      tastes.history.appendRow(
        user == 3
          ? []
          : [
            UserTastes.Rated(movie: 2, value: 5, time: 874_886_400), UserTastes.Rated(movie: 7, value: 2.5, time: 0),
          ])
    }
    return tastes
  }

  private static func list(_ model: String, shift: Int) -> RecommendationList {
    var entries = Ragged<Recommendation>()
    var reasons = Ragged<Reason>()
    for user in 0..<4 {
      // The last member has seen everything that the second model knows.
      let length = user == 3 && shift > 0 ? 0 : 5
      entries.appendRow(
        (0..<length).map { rank in
          let stars = 4.6 - 0.3 * Float(rank)
          return Recommendation(
            movie: Int32((user * 2 + rank + shift) % 11), score: 2.5 - Float(rank) / 3, stars: stars,
            low: stars - 0.8, high: min(stars + 0.5, 5))
        })
      for rank in 0..<length {
        reasons.appendRow(
          user == 3 ? [] : [Reason(movie: 2, weight: 0.31), Reason(movie: Int32(3 + rank), weight: 0.218)])
      }
    }
    return RecommendationList(model: model, starsModel: "als", entries: entries, reasons: reasons)
  }

  private static let charts = [
    Chart(order: .popular, scope: .all, movies: [0, 1, 2, 3, 4, 5]),
    Chart(order: .highlyRated, scope: .all, movies: [1, 5, 0, 8, 6]),
    Chart(order: .hiddenGems, scope: .all, movies: [10, 9, 7, 6]),
    Chart(order: .newest, scope: .all, movies: [4, 5, 8, 0, 10]),
    Chart(order: .highlyRated, scope: .genre("Comedy"), movies: [0, 4, 9, 7]),
    Chart(order: .popular, scope: .decade(1950), movies: [1, 9]),
  ]

  private static let models = [
    learned(
      ModelReport(
        name: "als", family: "factorization", job: "stars", purpose: "Accurate stars at a small size.",
        settings: [("factors", 40), ("regularization", 0.05), ("iterations", 15)],
        metrics: [("rmse", 0.8712), ("mae", 0.6654)],
        evaluationProtocol: "Every tenth rating of each member held out, drawn by seed 1.",
        reference: "Koren, Bell, Volinsky: Matrix Factorization Techniques for Recommender Systems, 2009")),
    ModelReport(
      name: "list-neighbours", family: "neighbours", job: "lists",
      purpose: "Films that your favourites’ fans also like.",
      settings: [("neighbours", 60)], metrics: [("precision@10", 0.2134), ("ndcg@10", 0.31)],
      evaluationProtocol: "The last tenth of each member’s ratings held out; a hit is a rating of 4 or more.",
      reference: "Deshpande, Karypis: Item-Based Top-N Recommendation Algorithms, 2004"),
    ModelReport(
      name: "ease", family: "linear", job: "lists", purpose: "One large linear model, hard to beat on small data.",
      settings: [], metrics: [], evaluationProtocol: "", reference: "Steck: Embarrassingly Shallow Autoencoders, 2019"),
  ]

  /// A report with a learning curve and calibration.
  private static func learned(_ report: ModelReport) -> ModelReport {
    var report = report
    report.learningCurve = [
      LearningPoint(epoch: 1, trainingRMSE: 1.1, validationRMSE: 1.05),
      LearningPoint(epoch: 2, trainingRMSE: 0.9, validationRMSE: 0.88),
      LearningPoint(epoch: 3, trainingRMSE: 0.8, validationRMSE: 0.91),
    ]
    report.starCalibration = [
      CalibrationBin(predicted: 2.5, observed: 2.25, count: 40),
      CalibrationBin(predicted: 3.5, observed: 3.5, count: 160),
      CalibrationBin(predicted: 4.5, observed: 4.625, count: 80),
    ]
    report.chanceCalibration = [
      CalibrationBin(predicted: 0.0625, observed: 0.05, count: 900),
      CalibrationBin(predicted: 0.5, observed: 0.4375, count: 90),
    ]
    return report
  }

  static let pages = [
    MarkdownPage(
      name: "about", path: "content/pages/about.md", title: "About this place",
      html: """
        <p>Twelve films and a handful of people. See <a href="/models/">the models</a> or
        <a href="/movies/#Content">all films</a>.</p>
        <h2 id="why">Why</h2>
        <blockquote><p>Because choosing takes longer than watching.</p></blockquote>
        <pre><code>marquee build</code></pre>
        <table><thead><tr><th>Film</th><th>Year</th></tr></thead><tbody><tr><td>Alien</td><td>1979</td></tr></tbody></table>

        """,
      excerpt: "Twelve films and a handful of people, with models in between.",
      description: "What this is and who made it.")
  ]

  static let posts = [
    MarkdownPage(
      name: "2026-02-01-hello", path: "content/news/2026-02-01-hello.md", title: "The curtain rises",
      html: "<p>We are open.</p>\n", excerpt: "We are open.", date: "2026-02-01"),
    MarkdownPage(
      name: "2026-03-15-projector", path: "content/news/2026-03-15-projector.md", title: "A new projector",
      html: "<p>Brighter than <a href=\"/news/2026-02-01-hello/\">before</a>.</p>\n",
      excerpt: "Brighter than before.", date: "2026-03-15"),
  ]

  static let configuration = SiteConfiguration(
    title: "The Little Rialto", description: "Twelve films, four friends, and what to watch tonight.",
    url: "https://films.example/rialto/", author: "The Rialto’s friends", moviesPerPage: 3, titlesPerPage: 5,
    membersPerPage: 3, moviesPerRow: 6, version: "1.0.0", showsSampleNote: true)

  static func website(
    _ configuration: SiteConfiguration = configuration, precomputed: Precomputed = precomputed(),
    theme: Theme? = nil, pages: [MarkdownPage] = pages, posts: [MarkdownPage] = posts,
    lists: [EditorsList] = [], posters: [PosterFile] = [], files: [OwnFile] = []
  ) throws -> Website {
    try Website(
      configuration: configuration, precomputed: precomputed, theme: theme ?? defaultTheme(), pages: pages,
      posts: posts, lists: lists, posters: posters, files: files,
      stages: [("ingest", "00c0ffee"), ("train", "0badcafe")])
  }

  /// All files of a site by path.
  static func files(of website: Website) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    var bytes: [UInt8] = []
    for index in 0..<website.outputCount {
      let path = try website.render(index, into: &bytes)
      guard files.updateValue(bytes, forKey: path) == nil else { throw PathTwice(path: path) }
    }
    for (path, bytes) in website.searchFiles() {
      guard files.updateValue(bytes, forKey: path) == nil else { throw PathTwice(path: path) }
    }
    return files
  }

  struct PathTwice: Error { let path: String }
}
