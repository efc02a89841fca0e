import Content
import Models
import Precompute
import Ratings
package import Settings
import Site

/// Makes lists and pages of members for a cluster: ratings in, files of packed members out, from what a build left and in
/// constant memory however many members there are.
///
/// Every member is folded in, so a member's bytes depend on the build and on their own ratings alone; a file's bytes depend on
/// its members. Neither depends on who sent them, in which order, or on how many workers there are.
package final class ShardWorker {
  private let pages: Precomputed
  private let website: Website
  private let lists: [NamedModel]
  private let maker: ListMaker
  private let films: MemberFilms
  private let shardCount: Int

  /// Reads what the last build of the site left.
  ///
  /// - Throws: `SettingsError.notBuilt` where there was none, or where its files do not belong together.
  package init(site folder: SiteFolder) throws {
    var settings = try SiteSettings(readingFrom: folder)
    settings.site.members = .packed
    guard let pages = try? Precomputed(filmsOf: folder.precomputed, isMapped: true), let first = pages.lists.first
    else {
      throw SettingsError.notBuilt(folder: folder.path)
    }
    let stars = try MemberRecommender.model(first.starsModel, of: folder, pages: pages, isMapped: true)
    lists = try pages.lists.map { try MemberRecommender.model($0.model, of: folder, pages: pages, isMapped: true) }
    maker = ListMaker(
      newcomersOf: pages, stars: stars, count: Precomputed.listLength, includesSeen: settings.includesSeen)
    films = MemberFilms(pages)
    shardCount = PackedMembers.shardCount(pages.memberCount)
    website = try Website(pages, of: folder, settings: settings)
    self.pages = pages
  }

  /// The ids of the site's films, by the number that stands for them.
  package var filmIDs: [String] { pages.movies.map(\.id.description) }

  /// Reads frames of ratings (`RatingFrame`) until their end and writes records.
  ///
  ///     i64 user | u32 length | bytes
  ///
  /// For each member who was sent there is one with that user's number and the first list: entries of `i32 film | f32 score |
  /// f32 stars | f32 low | f32 high`, best first. For each shard whose members were all sent there is one with the number
  /// -1 - shard and the bytes of `users/packed/<shard>.json`. Rows come by shard, member and film.
  ///
  /// - Throws: `ShardError`.
  package func run(input: Int32, output: Int32) throws(ShardError) {
    let output = ByteStream(descriptor: output)
    var reader = RatingFrameReader(ByteStream(descriptor: input))
    var shard = OpenShard()
    while let frame = try reader.next() {
      var names = frame.names.makeIterator()
      for row in frame.users.indices {
        let user = frame.users[row]
        if user != shard.members.last?.number {
          guard user >= 0 else { throw .userNegative(frame: reader.count, user: user) }
          guard let id = names.next() else {
            throw .namesUnfit(
              frame: reader.count, members: frame.names.count + 1, names: frame.names.count)
          }
          let number = PackedMembers.shard(of: id.description, count: shardCount)
          if number != shard.number {
            guard number > shard.number else {
              throw .shardsNotRising(member: id.description, shard: number, before: shard.number)
            }
            try close(shard, output)
            shard = OpenShard(number: number)
          }
          shard.members.append(OpenMember(number: user, id: id))
        }
        try shard.add(
          MovieRating(movie: frame.films[row], value: frame.ratings[row], time: frame.times[row]),
          filmCount: pages.movies.count)
      }
      guard names.next() == nil else {
        throw .namesUnfit(frame: reader.count, members: frame.names.count - 1, names: frame.names.count)
      }
    }
    try close(shard, output)
  }

  private func close(_ shard: OpenShard, _ output: ByteStream) throws(ShardError) {
    guard !shard.members.isEmpty else { return }
    let members = shard.members.sorted { $0.id < $1.id }
    for (one, next) in zip(members, members.dropFirst()) where one.id == next.id {
      throw .memberTwice(member: one.id.description)
    }
    let ratings = members.map(\.ratings)
    let lists = lists.map { maker.lists(by: $0, newcomers: ratings) }
    var records: [UInt8] = []
    for (place, member) in members.enumerated() {
      records.append(record: member.number, lists[0].entries[place])
    }
    let own = pages.replacingMembers(
      members.map { User(id: $0.id) }, ratings: ratings, lists: lists, maker: maker, films: films)
    let file = website.packedMembers(own)
    records.append(binary: Int64(-1 - shard.number))
    records.append(binary: UInt32(file.count))
    records += file
    try output.write(records)
  }
}

/// The members of one shard, as far as they were sent.
private struct OpenShard {
  var number = -1
  var members: [OpenMember] = []

  mutating func add(_ rating: MovieRating, filmCount: Int) throws(ShardError) {
    let last = members.count - 1
    let film = rating.movie
    guard film >= 0, Int(film) < filmCount else {
      throw .filmUnknown(member: members[last].id.description, film: film, films: filmCount)
    }
    guard members[last].ratings.last.map({ $0.movie < film }) ?? true else {
      throw .filmsNotRising(member: members[last].id.description, film: film)
    }
    guard rating.value.isFinite else {
      throw .ratingNotFinite(member: members[last].id.description, film: film)
    }
    members[last].ratings.append(rating)
  }
}

private struct OpenMember {
  let number: Int64
  let id: SourceID
  var ratings: [MovieRating] = []
}

extension [UInt8] {
  /// Little-endian. (`append(number:)` of the pages writes digits.)
  fileprivate mutating func append(binary number: some FixedWidthInteger) {
    for shift in stride(from: 0, to: number.bitWidth, by: 8) { append(UInt8(truncatingIfNeeded: number >> shift)) }
  }

  fileprivate mutating func append(record user: Int64, _ entries: ArraySlice<Recommendation>) {
    append(binary: user)
    append(binary: UInt32(entries.count * 5 * MemoryLayout<Float>.size))
    for entry in entries {
      append(binary: entry.movie)
      for value in [entry.score, entry.stars, entry.low, entry.high] { append(binary: value.bitPattern) }
    }
  }
}
