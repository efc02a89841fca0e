import BinaryFiles
import LinearAlgebra
import Ratings

/// Which movies speak for which, and how much: a sparse B with zero diagonal. A user's score of movie *i* is
/// Σ_j w_j B_ji over the movies *j* of the user's `ListSignal` with their weights w_j.
///
/// Memory: movies x kept links, never movies x movies.
public struct MovieLinks: Sendable {
  let signal: ListSignal
  /// Row *i*: the movies *j* that speak for movie *i*, and B_ji.
  let byTarget: SparseRows
  /// Row *j*: the movies *i* that movie *j* speaks for; the transpose of `byTarget`.
  let bySource: SparseRows
  /// The cold-start scores: the mean over all users with likes.
  let averageScores: [Float]

  var movieCount: Int { byTarget.rowCount }

  init(signal: ListSignal, byTarget: SparseRows, bySource: SparseRows, likedBy byMovie: SparseRows) {
    self.signal = signal
    self.byTarget = byTarget
    self.bySource = bySource
    let share = 1 / Float(max(1, byMovie.columnCount))
    averageScores = (0..<byTarget.rowCount).map { movie in
      byTarget.range(ofRow: movie).reduce(Float(0)) {
        $0 + byTarget.values[$1] * Float(byMovie.count(ofRow: Int(byTarget.columns[$1]))) * share
      }
    }
  }

  /// Whether any of the movies speaks for another.
  func knowsAny(of weights: [ScoredMovie]) -> Bool {
    weights.contains { $0.score > 0 && bySource.count(ofRow: Int($0.movie)) > 0 }
  }

  /// w_j B_ji for each rated movie *j* that speaks for `movie`; they sum to the score.
  func contributions(to movie: Int, of weights: [ScoredMovie]) -> [ScoredMovie] {
    weights.compactMap { weight in
      byTarget.position(row: movie, column: weight.movie).map {
        ScoredMovie(movie: weight.movie, score: weight.score * byTarget.values[$0])
      }
    }
  }

  func save(to writer: inout BinaryWriter) {
    signal.save(to: &writer)
    writer.write(averageScores)
    writer.write(byTarget.offsets.map { Int64($0) })
    writer.write(byTarget.columns)
    writer.write(byTarget.values)
  }

  init(from reader: inout BinaryReader) throws(BinaryFileError) {
    signal = try ListSignal(from: &reader)
    averageScores = try reader.readFiniteArray()
    byTarget = try SparseRows(from: &reader, rowCount: averageScores.count, columnCount: averageScores.count)
    bySource = byTarget.transposed()
  }
}

extension SparseRows {
  /// Reads offsets, columns and values of a matrix of `rowCount` x `columnCount`.
  init(from reader: inout BinaryReader, rowCount: Int, columnCount: Int) throws(BinaryFileError) {
    let offsets = try reader.readOffsets(rowCount: rowCount)
    let columns = try reader.readIndices(below: columnCount, count: offsets.last)
    let values = try reader.readFiniteArray(count: columns.count)
    for row in 0..<rowCount {
      let columns = columns[offsets[row]..<offsets[row + 1]]
      guard zip(columns, columns.dropFirst()).allSatisfy({ $0 < $1 }) else { throw .damaged }
    }
    self.init(offsets: offsets, columns: columns, values: values, columnCount: columnCount)
  }
}

extension NeighbourLists {
  /// The same numbers with rising columns.
  func sparseRows() -> SparseRows { transposed().transposed() }
}
