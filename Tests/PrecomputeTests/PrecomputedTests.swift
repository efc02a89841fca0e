import BinaryFiles
import LinearAlgebra
import Models
import Precompute
import Ratings
import TestSupport
import Testing

@Suite struct `Results computed for the pages` {
  @Test func `no list holds a movie that its user rated, nor a movie twice`() throws {
    let dataset = Dataset.twoTastes()
    let training = TrainingSet(dataset.ratings, of: dataset)
    let pages = try Precomputed.made(dataset)
    for list in pages.lists {
      for user in 0..<dataset.users.count {
        let movies = list.entries[user].map(\.movie)
        #expect(Set(movies).count == movies.count)
        #expect(movies.allSatisfy { training.byUser.position(row: user, column: $0) == nil })
        let unseen = dataset.movies.count - training.byUser.count(ofRow: user)
        #expect(movies.count <= min(Precomputed.listLength, unseen))
        #expect(list.model != "ease" || movies.count == min(Precomputed.listLength, unseen))
      }
    }
  }

  @Test func `hidden users are nowhere, and everybody else is unchanged`() throws {
    let pages = try Precomputed.made()
    let hidden: Set<SourceID> = [pages.users[0].id, pages.users[7].id, pages.users[59].id]
    let rest = pages.without(hidden)
    #expect(rest.users.map(\.id) == pages.users.map(\.id).filter { !hidden.contains($0) })
    #expect(rest.movieStatistics == pages.movieStatistics)
    for (user, member) in rest.users.enumerated() {
      let before = try #require(pages.users.firstIndex { $0.id == member.id })
      #expect(rest.userStatistics[user] == pages.userStatistics[before])
      #expect(Array(rest.favourites[user]) == Array(pages.favourites[before]))
      #expect(Array(rest.tastes.history[user]) == Array(pages.tastes.history[before]))
      let second = try [#require(rest.unusual), #require(pages.unusual)]
      for (list, old) in zip(rest.lists + [second[0]], pages.lists + [second[1]]) {
        #expect(list.list(ofUser: user).map(\.recommendation) == old.list(ofUser: before).map(\.recommendation))
        #expect(list.list(ofUser: user).map { Array($0.reasons) } == old.list(ofUser: before).map { Array($0.reasons) })
      }
      // The people of before without the hidden, and how alike the others are among each other.
      let people = Array(pages.similarUsers[before])
      let stay = people.indices.filter { !hidden.contains(pages.users[Int(people[$0].user)].id) }
      #expect(
        rest.similarUsers[user].map { rest.users[Int($0.user)].id } == stay.map { pages.users[Int(people[$0].user)].id }
      )
      let triangle = Array(pages.peopleSimilarities[before])
      guard triangle.count == people.count * (people.count - 1) / 2 else { continue }
      var expected: [UInt8] = []
      var place = 0
      for one in people.indices {
        for other in people.indices where other > one {
          if stay.contains(one), stay.contains(other) { expected.append(triangle[place]) }
          place += 1
        }
      }
      #expect(Array(rest.peopleSimilarities[user]) == expected)
    }
    #expect(pages.without([.text("nobody")]).users.count == pages.users.count)
  }

  @Test func `a taste counts what its user rated`() throws {
    let dataset = Dataset.twoTastes()
    let training = TrainingSet(dataset.ratings, of: dataset)
    let pages = try Precomputed.made(dataset)
    for user in 0..<dataset.users.count {
      let rated = training.ratings(ofUser: user)
      for share in pages.tastes.genres[user] {
        let genre = pages.tastes.genreNames[Int(share.key)]
        let values = rated.filter { dataset.movies[Int($0.movie)].genres.contains(genre) }.map(\.value)
        #expect(Int(share.count) == values.count)
        #expect(abs(share.mean - values.reduce(0, +) / Float(values.count)) < 1e-4)
      }
      #expect(pages.tastes.history[user].allSatisfy { entry in rated.contains { $0.movie == entry.movie } })
      #expect(pages.tastes.history[user].count == min(rated.count, UserTastes.historyLength))
      #expect((0...1).contains(pages.tastes.mainstream[user]))
      let people = pages.similarUsers[user].count
      #expect(pages.peopleSimilarities[user].count == people * max(0, people - 1) / 2)
    }
    for movie in dataset.movies.indices {
      #expect(pages.kin[movie].allSatisfy { $0.movie != Int32(movie) } && pages.kin[movie].count <= 8)
    }
  }

  @Test func `the switch lets seen movies on the lists`() throws {
    let dataset = Dataset.twoTastes()
    let training = TrainingSet(dataset.ratings, of: dataset)
    let list = try Precomputed.made(dataset, includesSeen: true).lists[0]
    let seen = (0..<dataset.users.count).flatMap { user in
      list.entries[user].filter { training.byUser.position(row: user, column: $0.movie) != nil }
    }
    #expect(!seen.isEmpty)
  }

  @Test func `lists are sorted, stars lie within their range and on the scale`() throws {
    let pages = try Precomputed.made()
    for list in pages.lists {
      for user in 0..<pages.users.count {
        let entries = Array(list.entries[user])
        #expect(zip(entries, entries.dropFirst()).allSatisfy { $0.score >= $1.score })
        #expect(entries.allSatisfy { $0.low <= $0.stars && $0.stars <= $0.high })
        #expect(entries.allSatisfy { $0.low >= pages.scale.minimum && $0.high <= pages.scale.maximum })
      }
    }
  }

  @Test func `reasons are movies that the user rated, with shares that make at most one`() throws {
    let dataset = Dataset.twoTastes()
    let training = TrainingSet(dataset.ratings, of: dataset)
    let list = try Precomputed.made(dataset).lists[0]
    for user in 0..<dataset.users.count {
      for (_, reasons) in list.list(ofUser: user) {
        #expect(reasons.count <= ListMaker.reasonCount)
        #expect(reasons.reduce(0) { $0 + $1.weight } <= 1.0001)
        #expect(zip(reasons, reasons.dropFirst()).allSatisfy { $0.weight >= $1.weight })
        #expect(reasons.allSatisfy { training.byUser.position(row: user, column: $0.movie) != nil })
      }
    }
  }

  @Test func `reasons are shares of all contributions, and a film used as a reason gives way to an equal one`() {
    var spread = ReasonSpread()
    let contributions = [5, 2, 2, 1, -3].enumerated().map { ScoredMovie(movie: Int32($0 + 1), score: $1) }
    let first = spread.take(contributions)
    #expect(first.map(\.movie) == [1, 2, 3])
    #expect(first.map(\.weight) == [0.5, 0.2, 0.2])
    #expect(spread.take([ScoredMovie(movie: 1, score: -1)]).isEmpty)
    let equals = (1...4).map { ScoredMovie(movie: Int32($0), score: 1) }
    #expect(spread.take(equals).map(\.movie) == [1, 2, 4])
    #expect(spread.take(equals).map(\.movie).contains(3))
  }

  @Test func `similar movies are others, of the same taste first, with the shared users counted`() throws {
    let dataset = Dataset.twoTastes()
    let training = TrainingSet(dataset.ratings, of: dataset)
    let pages = try Precomputed.made(dataset)
    for movie in 0..<dataset.movies.count {
      let similar = Array(pages.similar[movie])
      #expect(!similar.contains { $0.movie == Int32(movie) })
      #expect(Set(similar.map(\.movie)).count == similar.count)
      #expect(similar.first.map { Int($0.movie) % 2 == movie % 2 } == true)
      for other in similar {
        let users = Set(training.byMovie.columns[training.byMovie.range(ofRow: movie)])
        let shared = users.intersection(training.byMovie.columns[training.byMovie.range(ofRow: Int(other.movie))])
        #expect(Int(other.sharedUsers) == shared.count)
      }
    }
  }

  @Test func `shared users are counted whichever of two movies is known better`() throws {
    // 700 users are eleven words of bits: some movies have more ratings than that, some fewer.
    var random = CounterRandom(seed: 3)
    let shares = [0.9, 0.5, 0.2, 0.02, 0.01, 0.004, 0]
    var offsets = [0]
    var users: [Int32] = []
    for share in shares {
      users += (0..<700).filter { _ in random.uniform() < share }.map { Int32($0) }
      offsets.append(users.count)
    }
    let audiences = Audiences(
      SparseRows(offsets: offsets, columns: users, values: users.map { _ in 3 }, columnCount: 700))
    let raters = shares.indices.map { Set(users[offsets[$0]..<offsets[$0 + 1]]) }
    for movie in shares.indices {
      let counts = shares.indices.map { audiences.shared(movie, $0) }
      #expect(counts == raters.map { raters[movie].intersection($0).count })
    }
  }

  @Test func `people with the same taste are found, not oneself, closest first`() throws {
    let pages = try Precomputed.made()
    for user in 0..<pages.users.count {
      let people = Array(pages.similarUsers[user])
      #expect(!people.isEmpty && people.allSatisfy { Int($0.user) % 2 == user % 2 && Int($0.user) != user })
      #expect(zip(people, people.dropFirst()).allSatisfy { $0.similarity >= $1.similarity })
    }
  }

  @Test func `people are those of the model of neighbours, with the same similarity`() throws {
    let dataset = Dataset.twoTastes(users: 90, movies: 60)
    let training = TrainingSet(dataset.ratings, of: dataset)
    let model = UserNeighboursModel.fit(
      training, settings: try ModelSettings(UserNeighboursModel.descriptor), context: FitContext())
    let people = SimilarUsers(training, threads: ThreadCount(2)).all(threads: ThreadCount(2))
    for user in 0..<training.userCount {
      let profile = model.profile(ofUser: user, ratings: training.ratings(ofUser: user))
      let expected = model.neighbours(of: profile, count: SimilarUsers.count)
      #expect(people[user].map { Int($0.user) } == expected.map(\.user))
      #expect(zip(people[user], expected).allSatisfy { abs($0.similarity - $1.similarity) < 1e-6 })
    }
  }

  @Test func `similar users are compared with each other as with the member`() throws {
    let dataset = Dataset.twoTastes(users: 90, movies: 60)
    let search = SimilarUsers(TrainingSet(dataset.ratings, of: dataset), threads: ThreadCount(2))
    let people = search.all(threads: ThreadCount(2))
    let among = search.among(people, threads: ThreadCount(2))
    #expect(among == search.among(people, threads: ThreadCount(1)))
    var known = 0
    for user in 0..<people.rowCount {
      let group = people[user].map(\.user)
      let pairs = group.indices.flatMap { one in group.indices.dropFirst(one + 1).map { (group[one], group[$0]) } }
      try #require(among[user].count == pairs.count)
      for ((one, other), value) in zip(pairs, among[user]) {
        guard let found = people[Int(one)].first(where: { $0.user == other }) else { continue }
        known += 1
        #expect(abs(Float(value) / 255 - found.similarity) < 0.003)
      }
    }
    #expect(known > 90)
  }

  @Test func `where there is too much to compare, people are found through the movies that few know`() throws {
    let dataset = Dataset.twoTastes(users: 200, movies: 60)
    let training = TrainingSet(dataset.ratings, of: dataset)
    let all = SimilarUsers(training, threads: ThreadCount(2)).all(threads: ThreadCount(2))
    for budget in [0, 300, 1_000] {
      let some = SimilarUsers(training, threads: ThreadCount(2), budget: budget).all(threads: ThreadCount(2))
      #expect(some == SimilarUsers(training, threads: ThreadCount(1), budget: budget).all(threads: ThreadCount(1)))
      for user in 0..<training.userCount {
        let known = Dictionary(uniqueKeysWithValues: all[user].map { ($0.user, $0.similarity) })
        #expect(some[user].count == SimilarUsers.count)
        // Compared over all movies in the end: who is found has the similarity that is theirs.
        #expect(some[user].allSatisfy { abs((known[$0.user] ?? $0.similarity) - $0.similarity) < 1e-6 })
        #expect(some[user].allSatisfy { Int($0.user) % 2 == user % 2 && Int($0.user) != user })
      }
    }
  }

  @Test func `a movie without ratings still has neighbours of its kind`() throws {
    var dataset = Dataset.twoTastes(movies: 30)
    for index in dataset.movies.indices { dataset.movies[index].genres = [index % 2 == 0 ? "Comedy" : "Drama"] }
    dataset.movies.append(Movie(id: .number(31), title: "Unseen", year: 1990, genres: ["Comedy"]))
    let similar = try Precomputed.made(dataset).similar[30]
    #expect(!similar.isEmpty)
    #expect(similar.allSatisfy { dataset.movies[Int($0.movie)].genres == ["Comedy"] })
    #expect(similar.allSatisfy { $0.sharedUsers == 0 && $0.sharedGenres == 1 })
  }

  @Test func `statistics count and average each movie's ratings`() throws {
    let dataset = Dataset.made(users: 2, movies: 3, ratings: [(0, 0, 4), (1, 0, 5), (1, 1, 0.5)])
    let pages = try Precomputed.made(dataset)
    #expect(pages.movieStatistics.map(\.count) == [2, 1, 0])
    #expect(pages.movieStatistics.map(\.mean) == [4.5, 0.5, 0])
    #expect(pages.movieStatistics[0].histogram == [0, 0, 0, 0, 0, 0, 0, 1, 0, 1])
    #expect(Array(pages.favourites[1]).map(\.movie) == [0, 1])
  }

  @Test func `one thread and two give the same file`() throws {
    let folder = try TemporaryFolder()
    for threads in [1, 2] { try Precomputed.made(threads: threads).write(to: folder.path("\(threads)"), dataset: 1) }
    #expect(try folder.read("1") == folder.read("2"))
  }

  @Test func `the artefact is read back from its file unchanged`() throws {
    var dataset = Dataset.twoTastes()
    dataset.movies[3] = Movie(
      id: .text("tt-<&>"), title: "É \u{1F3AC} “quoted”", year: nil, genres: ["A", "B"], directors: ["D"],
      imdbID: "tt0000001", tmdbID: 7, runtime: 86, language: "fr")
    dataset.tags = [Tag(user: 0, movie: 3, text: "slow", time: 1), Tag(user: 1, movie: 3, text: "Slow", time: 2)]
    let folder = try TemporaryFolder()
    let pages = try Precomputed.made(dataset)
    try pages.write(to: folder.path("a"), dataset: 42)
    let read = try Precomputed(contentsOf: folder.path("a"), dataset: 42)
    #expect(read.movies == pages.movies && read.users == pages.users && read.charts == pages.charts)
    #expect(read.movieTags == pages.movieTags && read.movieTags[3] == ["Slow"])
    #expect(read.movieStatistics == pages.movieStatistics && read.userStatistics == pages.userStatistics)
    #expect(
      read.similar == pages.similar && read.favourites == pages.favourites && read.similarUsers == pages.similarUsers
        && read.models == pages.models)
    #expect(read.lists.map(\.entries) == pages.lists.map(\.entries))
    #expect(read.lists.map(\.reasons) == pages.lists.map(\.reasons))
    #expect(read.unusual?.entries == pages.unusual?.entries && read.unusual?.reasons == pages.unusual?.reasons)
    #expect(pages.unusual?.entries.elements.isEmpty == false)
    #expect(read.interval == pages.interval && read.ratingCount == pages.ratingCount)
    #expect(read.browser == pages.browser && read.browser?.asked.isEmpty == false)
    try read.write(to: folder.path("b"), dataset: 42)
    #expect(try folder.read("a") == folder.read("b"))
    #expect(throws: BinaryFileError.otherDataset(path: folder.path("a"))) {
      try Precomputed(contentsOf: folder.path("a"), dataset: 43)
    }
  }

  @Test func `what is about films is read without what is about members`() throws {
    let folder = try TemporaryFolder()
    let pages = try Precomputed.made()
    try pages.write(to: folder.path("a"), dataset: 42)
    let films = try Precomputed(filmsOf: folder.path("a"))
    #expect(films.movies == pages.movies && films.movieStatistics == pages.movieStatistics)
    #expect(films.similar == pages.similar && films.kin == pages.kin && films.charts == pages.charts)
    #expect(films.models == pages.models && films.browser == pages.browser && films.scale == pages.scale)
    #expect(films.discoveries.keys == pages.discoveries.keys)
    #expect(films.lists.map(\.model) == pages.lists.map(\.model))
    #expect(films.unusual?.starsModel == pages.unusual?.starsModel && pages.unusual != nil)
    // Members are counted and not there.
    #expect(films.memberCount == pages.users.count && films.users.isEmpty && films.userStatistics.isEmpty)
    #expect(films.lists.allSatisfy { $0.entries.elements.isEmpty } && films.favourites.elements.isEmpty)
  }

  @Test func `a new user's list gets the stars that the browser shows`() throws {
    let dataset = Dataset.twoTastes()
    let browser = try #require(try Precomputed.made(dataset).browser)
    let list = RecommendationList(
      model: "ease", starsModel: "biases",
      entries: Ragged(
        offsets: [0, 2],
        elements: [4, 5].map { Recommendation(movie: $0, score: 1, stars: 0, low: 0, high: 0) }),
      reasons: Ragged(offsets: [0, 0, 0], elements: []))
    let ratings = [MovieRating(movie: 0, value: 5), MovieRating(movie: 2, value: 5), MovieRating(movie: 3, value: 1)]
    let entries = browser.replacingStars(list, newcomer: browser.newcomer(ratings)).entries.elements
    #expect(entries[0].stars > 3.5 && entries[1].stars < 2.5)
    #expect(entries.allSatisfy { $0.low <= $0.stars && $0.stars <= $0.high && $0.score == 1 })
  }

  @Test func `charts rank by count, by damped mean and by year`() throws {
    let dataset = Dataset.twoTastes()
    let pages = try Precomputed.made(dataset)
    let chart = { (order: Chart.Order) in pages.charts.first { $0.order == order && $0.scope == .all }?.movies ?? [] }
    let counts = chart(.popular).map { pages.movieStatistics[Int($0)].count }
    #expect(counts == counts.sorted(by: >) && counts.count == dataset.movies.count)
    let years = chart(.newest).compactMap { dataset.movies[Int($0)].year }
    #expect(years == years.sorted(by: >))
    #expect(pages.charts.contains { $0.scope == .decade(1950) })
  }
}
