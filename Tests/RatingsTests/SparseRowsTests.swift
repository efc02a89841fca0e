import Ratings
import Testing

struct SparseRowsTests {
  /// Random entries, some rows and columns empty.
  static func random(rows: Int, columns: Int, seed: UInt64) -> SparseRows {
    var random = CounterRandom(seed: seed)
    var offsets = [0]
    var entries: [(Int32, Float)] = []
    for _ in 0..<rows {
      for column in 0..<columns where random.uniform() < 0.2 {
        entries.append((Int32(column), Float(random.uniform())))
      }
      offsets.append(entries.count)
    }
    return SparseRows(offsets: offsets, columns: entries.map(\.0), values: entries.map(\.1), columnCount: columns)
  }

  @Test("The transpose has each entry at its mirrored place", arguments: [(0, 0), (1, 1), (7, 3), (30, 41), (5, 0)])
  func transpose(rows: Int, columns: Int) {
    let matrix = Self.random(rows: rows, columns: columns, seed: UInt64(rows))
    let turned = matrix.transposed()
    #expect(turned.rowCount == columns && turned.columnCount == rows && turned.entryCount == matrix.entryCount)
    for row in 0..<rows {
      for position in matrix.range(ofRow: row) {
        let mirrored = turned.position(row: Int(matrix.columns[position]), column: Int32(row))
        #expect(mirrored.map { turned.values[$0] } == matrix.values[position])
      }
    }
    for row in 0..<columns {
      let inRow = turned.columns[turned.range(ofRow: row)]
      #expect(zip(inRow, inRow.dropFirst()).allSatisfy { $0 < $1 })
    }
    #expect(turned.transposed() == matrix)
  }

  @Test func `Positions are found, and only those`() {
    let matrix = SparseRows(offsets: [0, 3, 3, 4], columns: [1, 4, 8, 0], values: [1, 2, 3, 4], columnCount: 9)
    #expect((0..<9).map { matrix.position(row: 0, column: $0) } == [nil, 0, nil, nil, 1, nil, nil, nil, 2])
    #expect(matrix.position(row: 1, column: 0) == nil)
    #expect(matrix.position(row: 2, column: 0) == 3)
    #expect((0..<3).map { matrix.count(ofRow: $0) } == [3, 0, 1])
  }

  @Test func `A training set covers the catalogue, rated or not`() {
    let table = RatingTable(users: [0, 0, 2], movies: [1, 3, 0], values: [5, 4, 3], times: [7, 8, 9])
    let set = TrainingSet(
      table, users: (0..<3).map { User(id: .number($0)) },
      movies: (0..<4).map { Movie(id: .number($0), title: "\($0)") }, scale: .wholeStars)
    #expect(set.userCount == 3 && set.movieCount == 4 && set.ratingCount == 3)
    #expect(set.byMovie == set.byUser.transposed())
    #expect(
      set.ratings(ofUser: 0) == [MovieRating(movie: 1, value: 5, time: 7), MovieRating(movie: 3, value: 4, time: 8)])
    #expect(set.ratings(ofUser: 1).isEmpty)
  }
}
