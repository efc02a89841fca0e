import Ratings

/// Features of the rows of one side, by column, in groups that share a prior: what is known of users or of movies
/// besides their ratings.
struct FeatureColumns: Sendable {
  /// Consecutive columns whose coefficients have one precision for each factor.
  struct Group: Sendable {
    let columns: Range<Int>
    /// Whether the columns are the movies that a user rated (or the users who rated a movie), in order.
    let isBag: Bool
  }

  private(set) var groups: [Group] = []
  /// `columnCount + 1` positions.
  private(set) var offsets: [Int] = [0]
  private(set) var rows: [Int32] = []
  private(set) var values: [Float] = []

  var columnCount: Int { offsets.count - 1 }

  /// The same columns with the entries of some rows alone.
  func keeping(_ isKept: (Int) -> Bool) -> FeatureColumns {
    var result = FeatureColumns()
    for column in 0..<columnCount {
      result.appendColumn(
        (offsets[column]..<offsets[column + 1]).filter { isKept(Int(rows[$0])) }.map { (rows[$0], values[$0]) })
    }
    result.groups = groups
    return result
  }

  /// The columns of the bag, if there is one.
  var bag: Group? { groups.first(where: \.isBag) }

  mutating func appendColumn(_ entries: some Sequence<(row: Int32, value: Float)>) {
    for (row, value) in entries where value != 0 {
      rows.append(row)
      values.append(value)
    }
    offsets.append(rows.count)
  }

  /// Makes the columns since the last group, if any, a group of their own.
  mutating func closeGroup(isBag: Bool = false) {
    let first = groups.last?.columns.upperBound ?? 0
    guard first < columnCount else { return }
    groups.append(Group(columns: first..<columnCount, isBag: isBag))
  }

  /// Appends the bag: column c is 1/√n_r for each of the rows r that are rated with c, n_r the ratings of the row.
  mutating func appendBag(_ byColumn: SparseRows, rowCounts: [Int]) {
    for column in 0..<byColumn.rowCount {
      appendColumn(
        byColumn.range(ofRow: column).lazy.map { position in
          let row = byColumn.columns[position]
          return (row, 1 / Float(rowCounts[Int(row)]).squareRoot())
        })
    }
    closeGroup(isBag: true)
    // The sum of each bag: lets the mean of the group's coefficients differ from 0.
    appendColumn(rowCounts.indices.lazy.map { (Int32($0), FeatureColumns.bagTotal(rowCounts[$0])) })
    closeGroup()
  }

  /// √n, scaled so that a hundred ratings count as one.
  static func bagTotal(_ count: Int) -> Float { Float(count).squareRoot() * 0.1 }

  /// Appends one column for each label that at least `fewest` rows have, in the order of the labels; a row with several
  /// shares its weight, so that the squares of its values sum to 1.
  mutating func appendLabels(_ labels: [[String]], fewest: Int = 1) {
    var holders: [String: Int] = [:]
    for row in labels { for label in Set(row) { holders[label, default: 0] += 1 } }
    let kept = holders.filter { $0.value >= fewest && $0.value < labels.count }.keys.sorted()
    var places: [String: Int] = [:]
    for (place, label) in kept.enumerated() { places[label] = place }
    var entries = [[(row: Int32, value: Float)]](repeating: [], count: kept.count)
    for (row, labels) in labels.enumerated() {
      let known = Set(labels.compactMap { places[$0] }).sorted()
      let value = 1 / Float(max(1, known.count)).squareRoot()
      for place in known { entries[place].append((Int32(row), value)) }
    }
    for column in entries { appendColumn(column) }
    closeGroup()
  }
}

extension FeatureColumns {
  /// What is known of users: the movies they rated, age, gender, occupation.
  static func ofUsers(_ training: TrainingSet, implicit: Bool, side: Bool) -> FeatureColumns {
    var features = FeatureColumns()
    if implicit {
      features.appendBag(
        training.byMovie, rowCounts: (0..<training.userCount).map { training.byUser.count(ofRow: $0) })
    }
    if side {
      let users = training.users
      features.appendLabels(users.map { $0.age.map { ["\(($0 + 2) / 5)"] } ?? [] })
      features.appendLabels(users.map { $0.gender.map { [$0] } ?? [] })
      features.appendLabels(users.map { $0.occupation.map { [$0] } ?? [] })
    }
    return features
  }

  /// What is known of movies: the users who rated them, genres, year and decade, directors, tags.
  static func ofMovies(_ training: TrainingSet, implicit: Bool, side: Bool) -> FeatureColumns {
    var features = FeatureColumns()
    if implicit {
      features.appendBag(
        training.byUser, rowCounts: (0..<training.movieCount).map { training.byMovie.count(ofRow: $0) })
    }
    if side {
      let movies = training.movies
      features.appendLabels(movies.map(\.genres))
      features.appendLabels(movies.map { $0.year.map { ["\($0)"] } ?? [] })
      features.appendLabels(movies.map { $0.decade.map { ["\($0)"] } ?? [] })
      features.appendLabels(movies.map(\.directors), fewest: 2)
      var tags = [[String]](repeating: [], count: movies.count)
      for tag in training.tags { tags[Int(tag.movie)].append(tag.text.lowercased()) }
      features.appendLabels(tags, fewest: 2)
    }
    return features
  }
}
