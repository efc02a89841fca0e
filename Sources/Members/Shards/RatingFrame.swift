import Ratings

/// Some ratings as columns, as a task of a cluster sends them to `marquee shard`. Numbers are little-endian.
///
///     u64 n | n x i64 user | n x i32 film | n x f32 rating | n x u32 time | u32 m | m x u32 length | m texts
///
/// A user is any number from 0 on that stands for one member from their first row to their last; the same member may go on in
/// the next frame. `film` is the place in the list that `marquee shard --films` prints. The texts are the ids of the m members
/// whose first rows are in this frame, in UTF-8. A frame of 0 rows, 8 bytes, is the last.
struct RatingFrame: Sendable {
  var users: [Int64]
  var films: [Int32]
  var ratings: [Float]
  var times: [UInt32]
  var names: [SourceID]

  /// More rows than a frame may have.
  static let tooManyRows = 1 << 24
}

/// Reads frames, one after the other.
struct RatingFrameReader {
  private let input: ByteStream
  /// How many frames were read.
  private(set) var count = 0

  init(_ input: ByteStream) { self.input = input }

  /// The next frame; nil behind the last.
  mutating func next() throws(ShardError) -> RatingFrame? {
    let rows = try input.read(UInt64.self)
    guard rows > 0 else { return nil }
    count += 1
    guard rows < RatingFrame.tooManyRows else { throw .frameTooLarge(frame: count, rows: rows) }
    let n = Int(rows)
    var frame = RatingFrame(
      users: try input.read(n), films: try input.read(n), ratings: try input.read(n), times: try input.read(n),
      names: [])
    let names = Int(try input.read(UInt32.self))
    guard names <= n else { throw .namesUnfit(frame: count, members: n, names: names) }
    let lengths: [UInt32] = try input.read(names)
    frame.names.reserveCapacity(names)
    for length in lengths {
      guard (1...SourceID.maximumLength).contains(Int(length)) else { throw .nameLength(frame: count, bytes: length) }
      let bytes: [UInt8] = try input.read(Int(length))
      guard let name = String(validating: bytes, as: UTF8.self) else { throw .nameNotText(frame: count) }
      frame.names.append(SourceID(name))
    }
    return frame
  }
}
