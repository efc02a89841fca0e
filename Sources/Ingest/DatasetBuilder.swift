import Ratings

/// Collects the contents of all files and builds one data set from them.
struct DatasetBuilder {
  var users = IDTable()
  var movies = IDTable()
  var catalogue = Catalogue()
  var report = IngestReport()

  // The columns of the rating table so far, with indices in order of arrival.
  private var ratingUsers: [Int32] = []
  private var ratingMovies: [Int32] = []
  private var ratingValues: [Float] = []
  private var ratingTimes: [UInt32] = []
  /// Ids of the users of the last ratings that are not looked up yet.
  private var waitingUsers: [Int64] = []

  /// Tags with indices in order of arrival; -1 for unknown users.
  var tags: [Tag] = []
  /// Pairs of user and movie number whose ratings are for validation.
  var probe: [(user: Int64, movie: Int64)] = []
  /// Ratings of films by other ids or titles, which are placed when the catalogue is complete.
  var entries: [EntryTable] = []
  /// Facts about films in tables of many people's ratings, by the file's index in the report.
  var ratedFilms: [Int: RatedFilms] = [:]
  /// The account of the current file, and its times.
  var account = FileAccount(path: "", format: .csv)
  var times = TimeColumn()
  /// The maximum of ratings written as text in the current file.
  var writtenBest: Float?
  /// The first row of each file of the report.
  var rowSources: [(firstRow: Int, file: Int)] = []
  /// Whether the last line of the last table was complete.
  var endsWithLineEnd = true
  /// Films already in the database.
  var knownMovies: [KnownMovie] = []
  /// Whether lines `movie,rating` are accepted without a header.
  var takesPairs = false
  /// Files whose ratings were deferred; their films are counted as they are placed.
  var placedFiles: Set<Int> = []
  /// Files that name films by ids of IMDb or TMDb that are in no catalogue.
  var foreignFiles: Set<Int> = []
  /// Data that depend on another file of the data set.
  var pending = Pending()
  var scale: RatingScale?
  /// The scale as declared by the owner.
  var declared: DeclaredScale?

  /// Facts that can only be placed when the whole data set has been read.
  struct Pending {
    /// Facts in TMDb's table, by TMDb id.
    var metadata: [Int: Catalogue.MovieFacts] = [:]
    /// Names of genres by the number of their column.
    var genreNames: [Int: String] = [:]
    /// Columns of genres of each movie.
    var genreColumns: [(movie: Int32, columns: [Int])] = []
    var tagTexts: [Int64: String] = [:]
    var tags: [(tag: Tag, text: Int64)] = []
  }

  /// Ratings so far, including deferred ones.
  var ratingCount: Int { rowCount + entries.reduce(0) { $0 + $1.rows.count } }

  /// Ratings in the columns so far.
  var rowCount: Int { ratingMovies.count }

  /// Reserves capacity for the ratings of files of `bytes`, so that the columns need not be reallocated.
  mutating func reserve(bytes: Int) {
    let count = min(bytes / Self.leastLineLength, Self.mostReserved)
    ratingUsers.reserveCapacity(count)
    ratingMovies.reserveCapacity(count)
    ratingValues.reserveCapacity(count)
    ratingTimes.reserveCapacity(count)
  }

  /// Rating lines are rarely shorter.
  private static let leastLineLength = 18
  /// Large files may have long lines: more is only allocated when needed.
  private static let mostReserved = 1 << 27

  /// Adds a rating of the user with this id, who is looked up together with the next ones: in large data each lookup
  /// waits for memory, and many of them overlap.
  @inline(__always)
  mutating func addRating(userNumber: Int64, movie: Int32, value: Float, time: UInt32) {
    if waitingUsers.count == Self.batch { lookUpUsers() }
    waitingUsers.append(userNumber)
    ratingMovies.append(movie)
    ratingValues.append(value)
    ratingTimes.append(time)
  }

  /// Looks up the users of the last ratings.
  mutating func lookUpUsers() {
    for number in waitingUsers { ratingUsers.append(users.index(of: number)) }
    waitingUsers.removeAll(keepingCapacity: true)
  }

  private static let batch = 512

  @inline(__always)
  mutating func addRating(user: Int32, movie: Int32, value: Float, time: UInt32) {
    if !waitingUsers.isEmpty { lookUpUsers() }
    ratingUsers.append(user)
    ratingMovies.append(movie)
    ratingValues.append(value)
    ratingTimes.append(time)
  }

  /// The ratings in the columns.
  var raters: Set<Int32> { Set(ratingUsers) }

  /// A rating in the columns.
  func rating(ofRow row: Int) -> (movie: Int32, value: Float, time: UInt32) {
    (ratingMovies[row], ratingValues[row], ratingTimes[row])
  }

  func ratingCountsByMovie() -> [Int] { Self.counts(ratingMovies, movies.count) }

  /// The distinct films in these rows.
  func ratedMovies(in rows: Range<Int>) -> [Int32] {
    var seen = [Bool](repeating: false, count: movies.count)
    var result: [Int32] = []
    for movie in ratingMovies[rows] where !seen[Int(movie)] {
      seen[Int(movie)] = true
      result.append(movie)
    }
    return result
  }

  /// Replaces the films in these rows.
  mutating func changeMovies(in rows: Range<Int>, _ other: [Int32: Int32]) {
    for row in rows { if let movie = other[ratingMovies[row]] { ratingMovies[row] = movie } }
  }

  mutating func setTime(_ time: UInt32, ofRow row: Int) { ratingTimes[row] = time }

  func times(from first: Int) -> ArraySlice<UInt32> { ratingTimes[first...] }

  func values(from first: Int) -> ArraySlice<Float> { ratingValues[first...] }

  mutating func changeValues(from first: Int, _ change: (Float) -> Float) {
    for row in first..<rowCount { ratingValues[row] = change(ratingValues[row]) }
  }

  mutating func changeTimes(from first: Int, _ change: (UInt32) -> UInt32) {
    for row in first..<rowCount { ratingTimes[row] = change(ratingTimes[row]) }
  }

  /// Removes ratings from row `first` on.
  ///
  /// - Returns: how many of them had no time.
  mutating func removeRows(from first: Int, where isRemoved: (Float) -> Bool) -> Int {
    lookUpUsers()
    var kept = first
    var withoutTime = 0
    for row in first..<rowCount {
      if isRemoved(ratingValues[row]) {
        if ratingTimes[row] == 0 { withoutTime += 1 }
        continue
      }
      ratingUsers[kept] = ratingUsers[row]
      ratingMovies[kept] = ratingMovies[row]
      ratingValues[kept] = ratingValues[row]
      ratingTimes[kept] = ratingTimes[row]
      kept += 1
    }
    let count = rowCount - kept
    ratingUsers.removeLast(count)
    ratingMovies.removeLast(count)
    ratingValues.removeLast(count)
    ratingTimes.removeLast(count)
    return withoutTime
  }
}

// MARK: - The result

extension DatasetBuilder {
  /// The complete data set: movies and users that have ratings or are listed, in the order of their ids.
  ///
  /// - Complexity: O(ratings + (users + movies) log (users + movies)).
  consuming func build() -> (dataset: Dataset, report: IngestReport) {
    lookUpUsers()
    placeFilms()
    let ratingsOfMovie = Self.counts(ratingMovies, movies.count)
    let ratingsOfUser = Self.counts(ratingUsers, users.count)
    let (movieOrder, movieMap) = Self.sorted(movies.ids) { ratingsOfMovie[$0] > 0 || catalogue.isMovieListed($0) }
    let (userOrder, userMap) = Self.sorted(users.ids) { ratingsOfUser[$0] > 0 || catalogue.isUserListed($0) }

    for movie in movieOrder where !catalogue.isMovieListed(movie) {
      report.unlistedMovies += 1
      report.ratingsOfUnlistedMovies += ratingsOfMovie[movie]
    }
    countFilms()
    let rows = rowCount
    let table = RatingTable(users: ratingUsers, movies: ratingMovies, values: ratingValues, times: ratingTimes)
    (ratingUsers, ratingMovies, ratingValues, ratingTimes) = ([], [], [], [])
    let (ratings, replaced) = (consume table).canonical(
      users: userMap, userCount: userOrder.count, movies: movieMap, movieCount: movieOrder.count,
      sources: rowSources.map(\.firstRow))
    report.replacedRatings = replaced.reduce(0, +)
    closeAccounts(rows: rows, replaced: replaced)
    report.ratings = ratings.count

    var dataset = Dataset(
      users: userOrder.map { catalogue.user($0, id: users.ids[$0]) },
      movies: movieOrder.map { catalogue.movie($0, id: movies.ids[$0]) }, ratings: ratings,
      tags: placedTags(users: userMap, movies: movieMap), scale: scale ?? .wholeStars)
    setProbeAside(&dataset)
    report.validationRatings = dataset.validation.count
    return (dataset, report)
  }

  /// Counts the films of each file whose ratings use the data set's own ids.
  private mutating func countFilms() {
    var seen = [Int32](repeating: -1, count: movies.count)
    for (number, source) in rowSources.enumerated() where !placedFiles.contains(source.file) {
      let end = number + 1 < rowSources.count ? rowSources[number + 1].firstRow : rowCount
      for row in source.firstRow..<end {
        let movie = Int(ratingMovies[row])
        guard seen[movie] != Int32(number) else { continue }
        seen[movie] = Int32(number)
        if catalogue.isMovieListed(movie) {
          report.files[source.file].films.byID += 1
        } else {
          report.files[source.file].films.added += 1
        }
      }
    }
  }

  private mutating func closeAccounts(rows: Int, replaced: [Int]) {
    for (number, source) in rowSources.enumerated() {
      let end = number + 1 < rowSources.count ? rowSources[number + 1].firstRow : rows
      report.files[source.file].replaced = replaced[number]
      report.files[source.file].ratings = end - source.firstRow - replaced[number]
    }
  }

  private static func counts(_ indices: [Int32], _ count: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: count)
    for index in indices { counts[Int(index)] += 1 }
    return counts
  }

  /// The indices to keep in the order of their ids, and for each index its position there, -1 if it is dropped.
  private static func sorted(_ ids: [SourceID], keep: (Int) -> Bool) -> (order: [Int], map: [Int32]) {
    // Numbers come before texts; sorted by themselves they need no comparison of ids.
    var numbers: [(id: Int64, index: Int)] = []
    var texts: [Int] = []
    for (index, id) in ids.enumerated() where keep(index) {
      if case .number(let number) = id { numbers.append((number, index)) } else { texts.append(index) }
    }
    numbers.sort { $0.id < $1.id }
    texts.sort { ids[$0] < ids[$1] }
    let order = numbers.map(\.index) + texts
    var map = [Int32](repeating: -1, count: ids.count)
    for (place, index) in order.enumerated() { map[index] = Int32(place) }
    return (order, map)
  }

  /// Tags of known movies, by movie, user and text, each once with its latest time.
  private mutating func placedTags(users: [Int32], movies: [Int32]) -> [Tag] {
    var placed: [Tag] = []
    for tag in tags where movies[Int(tag.movie)] >= 0 {
      let user = tag.user < 0 ? -1 : users[Int(tag.user)]
      placed.append(Tag(user: user, movie: movies[Int(tag.movie)], text: tag.text, time: tag.time))
    }
    report.addSkipped("tags of unknown movies", count: tags.count - placed.count)
    tags = []
    placed.sort { $0.precedes($1) }
    var result: [Tag] = []
    for tag in placed {
      if let last = result.last, last.movie == tag.movie, last.user == tag.user,
        last.text.utf8.elementsEqual(tag.text.utf8)
      {
        result[result.count - 1].time = max(last.time, tag.time)
      } else {
        result.append(tag)
      }
    }
    return result
  }

  /// Moves the ratings of the probe's pairs to the validation part.
  private func setProbeAside(_ dataset: inout Dataset) {
    guard !probe.isEmpty else { return }
    var keys: [UInt64] = []
    var userIndex: [Int64: Int?] = [:]
    var movieIndex: [Int64: Int?] = [:]
    for (user, movie) in probe {
      let userPlace = userIndex[user, default: dataset.userIndex(of: .number(user))]
      let moviePlace = movieIndex[movie, default: dataset.movieIndex(of: .number(movie))]
      userIndex[user] = userPlace
      movieIndex[movie] = moviePlace
      if let userPlace, let moviePlace { keys.append(RatingTable.pair(Int32(userPlace), Int32(moviePlace))) }
    }
    keys.sort()
    dataset.validation = dataset.ratings.take(keys)
  }
}
