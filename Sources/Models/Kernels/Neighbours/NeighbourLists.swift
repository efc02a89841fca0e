import BinaryFiles
import LinearAlgebra
import Ratings

/// For each row of a matrix the rows that are most similar to it, best first, with their similarity.
///
/// Memory: rows x kept neighbours, never rows x rows.
struct NeighbourLists: Sendable, Equatable {
  /// `rowCount + 1` positions, starting at 0.
  private(set) var offsets: [Int]
  private(set) var neighbours: [Int32]
  /// Positive, falling within a row.
  private(set) var similarities: [Float]

  init(_ lists: [[TopK.Entry]]) {
    offsets = [0]
    neighbours = []
    similarities = []
    let count = lists.reduce(0) { $0 + $1.count }
    offsets.reserveCapacity(lists.count + 1)
    neighbours.reserveCapacity(count)
    similarities.reserveCapacity(count)
    for list in lists {
      for entry in list {
        neighbours.append(entry.index)
        similarities.append(entry.score)
      }
      offsets.append(neighbours.count)
    }
  }

  var rowCount: Int { offsets.count - 1 }

  /// The positions of the neighbours of `row` in `neighbours` and `similarities`.
  func range(ofRow row: Int) -> Range<Int> { offsets[row]..<offsets[row + 1] }

  /// Calls `body` with the neighbours of `row` and their similarities.
  func withNeighbours(
    of row: Int, _ body: (_ neighbours: UnsafeBufferPointer<Int32>, _ similarities: UnsafeBufferPointer<Float>) -> Void
  ) {
    neighbours.withUnsafeBufferPointer { neighbours in
      similarities.withUnsafeBufferPointer { similarities in
        let range = range(ofRow: row)
        body(UnsafeBufferPointer(rebasing: neighbours[range]), UnsafeBufferPointer(rebasing: similarities[range]))
      }
    }
  }

  /// The first `count` neighbours of `row`.
  func nearest(to row: Int, count: Int) -> [ScoredMovie] {
    range(ofRow: row).prefix(max(0, count)).map { ScoredMovie(movie: neighbours[$0], score: similarities[$0]) }
  }

  /// For each row the rows that it is a neighbour of, with the same similarities. Complexity: O(neighbours).
  func transposed() -> SparseRows {
    SparseRows(offsets: offsets, columns: neighbours, values: similarities, columnCount: rowCount).transposed()
  }

  func save(to writer: inout BinaryWriter) {
    writer.write(offsets.map { Int64($0) })
    writer.write(neighbours)
    writer.write(similarities)
  }

  /// Reads the lists of `rowCount` rows.
  init(from reader: inout BinaryReader, rowCount: Int) throws(BinaryFileError) {
    offsets = try reader.readOffsets(rowCount: rowCount)
    neighbours = try reader.readIndices(below: rowCount, count: offsets.last)
    similarities = try reader.readFiniteArray(count: neighbours.count)
    guard similarities.allSatisfy({ $0 > 0 }) else { throw .damaged }
  }
}
