import Ratings

extension DatasetBuilder {
  /// Lists a user; nil values do not overwrite.
  mutating func listUser(_ user: Int32, age: Int? = nil, gender: String? = nil, occupation: String? = nil) {
    catalogue.updateUser(user) {
      $0.isListed = true
      $0.age = age.flatMap { (1...130).contains($0) ? $0 : nil } ?? $0.age
      $0.gender = gender.flatMap { $0.isEmpty ? nil : $0 } ?? $0.gender
      $0.occupation = occupation.flatMap { $0.isEmpty ? nil : $0 } ?? $0.occupation
    }
  }

  /// Reads `u.user` of MovieLens 100k: `id|age|gender|occupation|zip code`.
  mutating func readUsersBetweenBars(_ file: OpenFile) throws {
    try forEachRow(file, .bar) { builder, line, fields throws(LineFlaw) in
      guard fields.count >= 4 else { throw .fields(found: fields.count, needed: 4) }
      let user = try builder.index(ofUser: fields.text(0, of: line) ?? "")
      builder.listUser(
        user, age: Int(fields.text(1, of: line) ?? ""), gender: fields.text(2, of: line),
        occupation: fields.text(3, of: line))
    }
  }

  /// Reads `users.dat`: `id::gender::age::occupation::zip code` of MovieLens 1M, `id::Twitter id` of MovieTweetings.
  mutating func readUserDat(_ file: OpenFile) throws {
    try forEachRow(file, .doubleColon) { builder, line, fields throws(LineFlaw) in
      let needed = file.format == .movieTweetings ? 1 : 4
      guard fields.count >= needed else { throw .fields(found: fields.count, needed: needed) }
      let user = try builder.index(ofUser: fields.text(0, of: line) ?? "")
      guard file.format == .movieLens1M else {
        builder.listUser(user)
        return
      }
      // Ages are the first year of a range; 1 stands for "under 18", which is not an age.
      let age = Int(fields.text(2, of: line) ?? "").flatMap { $0 == 1 ? nil : $0 }
      let code = fields.text(3, of: line) ?? ""
      let occupation = Int(code).flatMap { Self.occupations.indices.contains($0) ? Self.occupations[$0] : nil } ?? code
      builder.listUser(user, age: age, gender: fields.text(1, of: line), occupation: occupation)
    }
  }

  /// The occupations by their numbers in MovieLens 1M's `users.dat`.
  private static let occupations = [
    "other", "academic/educator", "artist", "clerical/admin", "college/grad student", "customer service",
    "doctor/health care", "executive/managerial", "farmer", "homemaker", "K-12 student", "lawyer", "programmer",
    "retired", "sales/marketing", "scientist", "self-employed", "technician/engineer", "tradesman/craftsman",
    "unemployed", "writer",
  ]

  /// Reads `users.csv`: `userId` and perhaps `age`, `gender`, `occupation`.
  mutating func readUserTable(_ file: OpenFile) throws {
    let ids = Self.userNames + ["id"]
    try forEachRecord(file, needs: [ids]) { builder, record throws(LineFlaw) in
      let user = try builder.index(ofUser: record[ids])
      builder.listUser(user, age: Int(record["age"]), gender: record["gender"], occupation: record["occupation"])
    }
  }

  /// Reads `tags.csv`: `userId,movieId,tag,timestamp`.
  mutating func readTagTable(_ file: OpenFile) throws {
    let needs = [Self.movieNames, ["tag", "text"]]
    try forEachRecord(file, needs: needs) { builder, record throws(LineFlaw) in
      try record.require(2)
      try builder.addTag(
        user: record[Self.userNames], movie: record[Self.movieNames], text: record[["tag", "text"]],
        time: record[Self.timeNames], file.format)
    }
  }

  /// Reads `tags.dat` of MovieLens 10M: `user::movie::tag::timestamp`.
  mutating func readTagDat(_ file: OpenFile) throws {
    try forEachRow(file, .doubleColon) { builder, line, fields throws(LineFlaw) in
      let texts = fields.texts(of: line)
      guard texts.count >= 4 else { throw .fields(found: texts.count, needed: 4) }
      // A tag may hold the separator itself.
      try builder.addTag(
        user: texts[0], movie: texts[1], text: texts[2..<(texts.count - 1)].joined(separator: "::"),
        time: texts[texts.count - 1], file.format)
    }
  }

  private mutating func addTag(
    user: String, movie: String, text: String, time: String, _ format: IngestFormat
  ) throws(LineFlaw) {
    let seconds = Self.time(time) ?? LocalDate(time)?.certain ?? 0
    guard text.utf8.count <= Catalogue.maximumTitleLength else { throw .longTitle(text.utf8.count) }
    let userIndex = user.isEmpty ? -1 : try index(ofUser: user)
    let movieIndex = try index(ofMovie: movie, format)
    if !text.isEmpty { tags.append(Tag(user: userIndex, movie: movieIndex, text: text, time: seconds)) }
  }

  /// Seconds since 1970; nil if `text` is no time.
  static func time(_ text: String) -> UInt32? {
    let bytes = Array(text.utf8)
    return Bytes.time(bytes.span, bytes.indices)
  }
}
