import BinaryFiles
import LinearAlgebra
import Ratings

/// How differently movies are liked, kept by the movie that a user has rated: the way a score goes.
struct MovieDifferences: Sendable, Equatable {
  /// w_ij in row *j* and column *i*.
  let weights: SparseRows
  /// d_ij in the same places.
  let means: [Float]
  let similar: NeighbourLists

  /// Turns rows for *i* into rows for *j*.
  init(_ rows: [DifferenceRow]) {
    var offsets = [0]
    for row in rows { offsets.append(offsets[offsets.count - 1] + row.others.count) }
    let others = rows.flatMap(\.others)
    weights = SparseRows(
      offsets: offsets, columns: others, values: rows.flatMap(\.weights), columnCount: rows.count
    ).transposed()
    means =
      SparseRows(offsets: offsets, columns: others, values: rows.flatMap(\.means), columnCount: rows.count)
      .transposed().values
    similar = NeighbourLists(rows.map(\.similar))
  }

  func save(to writer: inout BinaryWriter) {
    writer.write(weights.offsets.map { Int64($0) })
    writer.write(weights.columns)
    writer.write(weights.values)
    writer.write(means)
    similar.save(to: &writer)
  }

  init(from reader: inout BinaryReader, movieCount: Int) throws(BinaryFileError) {
    let offsets = try reader.readOffsets(rowCount: movieCount)
    let columns = try reader.readIndices(below: movieCount, count: offsets.last)
    let values = try reader.readFiniteArray(count: columns.count)
    means = try reader.readFiniteArray(count: columns.count)
    guard values.allSatisfy({ $0 > 0 }) else { throw .damaged }
    weights = SparseRows(offsets: offsets, columns: columns, values: values, columnCount: movieCount)
    similar = try NeighbourLists(from: &reader, rowCount: movieCount)
  }
}
