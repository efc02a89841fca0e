/// Why `marquee shard` cannot go on.
package enum ShardError: Error, Equatable {
  case cutOff
  case frameTooLarge(frame: Int, rows: UInt64)
  case namesUnfit(frame: Int, members: Int, names: Int)
  case nameLength(frame: Int, bytes: UInt32)
  case nameNotText(frame: Int)
  case userNegative(frame: Int, user: Int64)
  case filmUnknown(member: String, film: Int32, films: Int)
  case filmsNotRising(member: String, film: Int32)
  case ratingNotFinite(member: String, film: Int32)
  case shardsNotRising(member: String, shard: Int, before: Int)
  case memberTwice(member: String)
  case notWritable(reason: String)

  /// The code with which the program ends, one of `sysexits.h`.
  package var exitCode: Int32 {
    if case .notWritable = self { return 74 }
    return 65
  }
}

extension ShardError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .cutOff: "standard input ends within a frame; the last frame has 0 rows"
    case .frameTooLarge(let frame, let rows):
      "frame \(frame): \(rows) rows; send \(RatingFrame.tooManyRows - 1) at most, in several frames"
    case .namesUnfit(let frame, let members, let names):
      "frame \(frame): \(names) ids for \(members) members who begin in it; send one for each, in the order of the rows"
    case .nameLength(let frame, let bytes): "frame \(frame): an id of \(bytes) bytes; 1 to 200 are allowed"
    case .nameNotText(let frame): "frame \(frame): an id is not UTF-8"
    case .userNegative(let frame, let user): "frame \(frame): user \(user); users are numbered from 0"
    case .filmUnknown(let member, let film, let films):
      "member \(member): film \(film) is not among the site's \(films); see marquee shard --films"
    case .filmsNotRising(let member, let film):
      "member \(member): film \(film) comes behind itself or a later one; sort rows by member and film, each pair once"
    case .ratingNotFinite(let member, let film): "member \(member): the rating of film \(film) is not a number"
    case .shardsNotRising(let member, let shard, let before):
      "member \(member) belongs to shard \(shard), which comes behind \(before); sort rows by crc32(id) % shards"
    case .memberTwice(let member): "member \(member) comes twice; send all rows of a member one after the other"
    case .notWritable(let reason): "standard output: \(reason)"
    }
  }
}
