import LinearAlgebra
import Models
import Precompute
import Ratings
import TestSupport
import Testing

@Suite struct `The second list of a member` {
  @Test func `the second list is that of a visitor with the same ratings, with the member's stars`() throws {
    let dataset = Dataset.twoTastes()
    let training = TrainingSet(dataset.ratings, of: dataset)
    let pages = try Precomputed.made(dataset)
    let (browser, unusual) = (try #require(pages.browser), try #require(pages.unusual))
    for user in dataset.users.indices {
      let ratings = training.ratings(ofUser: user)
      let shown = browser.list(
        of: browser.newcomer(ratings), options: ListOptions(count: Precomputed.listLength, isUnusual: true))
      let own = unusual.list(ofUser: user).map(\.recommendation)
      #expect(own.map(\.movie) == shown.entries[0].map(\.movie))
      // A film that is on another list of the member has the same stars there.
      let others = Dictionary(
        pages.lists.flatMap { $0.entries[user].map { ($0.movie, $0) } }, uniquingKeysWith: { first, _ in first })
      for entry in own {
        guard let other = others[entry.movie] else { continue }
        #expect(entry.stars == other.stars && entry.low == other.low && entry.high == other.high)
      }
    }
  }

  @Test func `the second list leaves out the films with half of all ratings, as long as there are others`() throws {
    // Six films that nearly everybody rates and thirty that few do, of the two tastes of the users.
    var table = RatingTable()
    for user in 0..<80 {
      for movie in 0..<36 where movie < 6 || (movie % 2 == user % 2 && (movie + user) % 6 < 2) {
        if movie < 6, movie == user % 6 { continue }
        table.append(user: Int32(user), movie: Int32(movie), value: 5, time: 0)
      }
    }
    let dataset = Dataset(
      users: (0..<80).map { User(id: .number(Int64($0))) },
      movies: (0..<36).map { Movie(id: .number(Int64($0)), title: "\($0)", genres: []) }, ratings: table,
      scale: .wholeStars)
    let unusual = try #require(try Precomputed.made(dataset).unusual)
    for user in 0..<80 {
      let first = unusual.entries[user].prefix(5).map { Int($0.movie) }
      #expect(first.count == 5 && first.allSatisfy { $0 >= 6 })
    }
  }

  @Test func `whose ratings change gets a second list of them`() throws {
    let dataset = Dataset.twoTastes()
    let pages = try Precomputed.made(dataset)
    let training = TrainingSet(dataset.ratings, of: dataset)
    let biases = try ModelCatalogue.model(named: "biases")
    let maker = ListMaker(
      newcomersOf: pages,
      stars: NamedModel(
        name: "biases",
        model: try biases.fit(training, settings: ModelSettings(biases.descriptor), context: FitContext())),
      count: Precomputed.listLength, includesSeen: false)
    let browser = try #require(pages.browser)
    let ratings = Array(training.ratings(ofUser: 0).prefix(4))
    let own = pages.about(pages.users[0], ratings: ratings, lists: [], maker: maker, known: 0)
    let shown = browser.list(
      of: browser.newcomer(ratings), options: ListOptions(count: Precomputed.listLength, isUnusual: true))
    #expect(own.unusual?.entries[0].map(\.movie) == shown.entries[0].map(\.movie))
    #expect(
      pages.about(pages.users[0], ratings: [], lists: [], maker: maker, known: 0).unusual?.entries[0].isEmpty == true)
  }
}
