import BinaryFiles
import Ratings

extension BinaryWriter {
  mutating func write(_ scale: RatingScale) {
    write(scale.minimum)
    write(scale.maximum)
    write(scale.step)
  }
}

// Readers that reject invalid values of fitted models, so that indices and numbers need no later checks.
extension BinaryReader {
  mutating func readScale() throws(BinaryFileError) -> RatingScale {
    let scale = RatingScale(minimum: try readFinite(), maximum: try readFinite(), step: try readFinite())
    guard scale.minimum <= scale.maximum else { throw .damaged }
    return scale
  }

  /// A number that is neither infinite nor a NaN.
  mutating func readFinite() throws(BinaryFileError) -> Float {
    let value = try read(Float.self)
    guard value.isFinite else { throw .damaged }
    return value
  }

  /// Finite numbers, as many as `count` asks for.
  mutating func readFiniteArray(count: Int? = nil) throws(BinaryFileError) -> [Float] {
    let values = try read([Float].self)
    guard count == nil || values.count == count, values.allSatisfy(\.isFinite) else { throw .damaged }
    return values
  }

  /// Indices in 0..<`bound`, as many as `count` asks for.
  mutating func readIndices(below bound: Int, count: Int? = nil) throws(BinaryFileError) -> [Int32] {
    let indices = try read([Int32].self)
    guard count == nil || indices.count == count, indices.allSatisfy({ $0 >= 0 && Int($0) < bound }) else {
      throw .damaged
    }
    return indices
  }

  /// The offsets of `rowCount` rows: ascending, from 0.
  mutating func readOffsets(rowCount: Int) throws(BinaryFileError) -> [Int] {
    let offsets = try read([Int64].self)
    guard offsets.count == rowCount + 1, offsets.first == 0, zip(offsets, offsets.dropFirst()).allSatisfy({ $0 <= $1 })
    else { throw .damaged }
    return offsets.map { Int($0) }
  }

  /// A count in `range`.
  mutating func readCount(in range: ClosedRange<Int>) throws(BinaryFileError) -> Int {
    let count = try read(Int64.self)
    guard let count = Int(exactly: count), range.contains(count) else { throw .damaged }
    return count
  }
}
