public import BinaryFiles
public import Ratings

/// Lists of single users, read directly from an artefact's file: little else of it is read.
///
/// The file is mapped and skipped through from its beginning; only ids and lengths of users and movies are read on the way.
/// Complexity: O(users + movies), microseconds for a thousand.
public struct StoredLists: Sendable {
  /// One user's list and its movies.
  public struct Answer: Sendable {
    /// The user's number of ratings.
    public var ratingCount: Int
    /// For this user only; movies are indices into `movies`.
    public var list: RecommendationList
    public var movies: [Movie]
  }

  /// The scale of the ratings.
  public let scale: RatingScale
  private let reader: BinaryReader
  private let userPlaces: [Int]
  private let moviePlaces: [Int]
  private let ratingCounts: StoredArray<Int64>
  private let lists: [StoredList]

  private struct StoredRows<Element: BitwiseCopyable & Sendable>: Sendable {
    var offsets: StoredArray<Int>
    var elements: StoredArray<Element>

    init(_ reader: inout BinaryReader) throws(BinaryFileError) {
      offsets = try reader.readStored()
      elements = try reader.readStored()
    }

    /// Damage is detected when a row is read: nothing else of the file was read.
    subscript(row: Int) -> [Element] {
      get throws(BinaryFileError) {
        guard row + 1 < offsets.count else { throw .damaged }
        let (start, end) = (offsets[row], offsets[row + 1])
        guard 0 <= start, start <= end, end <= elements.count else { throw .damaged }
        return (start..<end).map { elements[$0] }
      }
    }
  }

  private struct StoredList: Sendable {
    var model: String
    var starsModel: String
    var entries: StoredRows<Recommendation>
    var reasons: StoredRows<Reason>
  }

  /// - Throws: `BinaryFileError` if the file is missing, truncated or of another version. Single flipped bits are not detected.
  public init(contentsOf path: String) throws(BinaryFileError) {
    var reader = try BinaryFile.map(kind: Precomputed.kind, version: Precomputed.layout, from: path)
    let start = reader
    self.reader = start
    scale = RatingScale(minimum: try reader.read(), maximum: try reader.read(), step: try reader.read())
    try reader.skip(MemoryLayout<UInt64>.size)
    userPlaces = try reader.readEach { reader throws(BinaryFileError) in
      let place = start.remaining - reader.remaining
      try reader.skipUser()
      return place
    }
    moviePlaces = try reader.readEach { reader throws(BinaryFileError) in
      let place = start.remaining - reader.remaining
      try reader.skipMovie()
      return place
    }
    try reader.skipStatistics()
    ratingCounts = try reader.skipStatistics()
    for _ in moviePlaces { try reader.skipTexts() }
    try reader.skipRows(of: FavouriteMovie.self)
    try reader.skipRows(of: SimilarUser.self)
    try reader.skipRows(of: UInt8.self)
    try reader.skipTexts()
    try reader.skipRows(of: UserTastes.Share.self)
    try reader.skipRows(of: UserTastes.Share.self)
    _ = try reader.readStored(Float.self)
    try reader.skipRows(of: UserTastes.Rated.self)
    lists = try reader.readEach { reader throws(BinaryFileError) in
      StoredList(
        model: try reader.read(), starsModel: try reader.read(), entries: try StoredRows(&reader),
        reasons: try StoredRows(&reader))
    }
  }

  /// The list of a user by a model, or by the site's first choice; nil if there is no such user or list.
  public func answer(to id: SourceID, model: String?, count: Int) throws(BinaryFileError) -> Answer? {
    guard let list = model == nil ? lists.first : lists.first(where: { $0.model == model }),
      let user = try index(of: id), user < ratingCounts.count, list.entries.offsets.count == userPlaces.count + 1
    else { return nil }
    var movies: [Movie] = []
    var places: [Int32: Int32] = [:]
    func place(of movie: Int32) throws(BinaryFileError) -> Int32 {
      if let known = places[movie] { return known }
      guard moviePlaces.indices.contains(Int(movie)) else { throw .damaged }
      var reader = self.reader
      try reader.skip(moviePlaces[Int(movie)])
      let place = Int32(movies.count)
      movies.append(try Movie(from: &reader))
      places[movie] = place
      return place
    }
    var entries = Ragged<Recommendation>()
    var reasons = Ragged<Reason>()
    var row: [Recommendation] = []
    let first = list.entries.offsets[user]
    for (position, stored) in try list.entries[user].prefix(count).enumerated() {
      var entry = stored
      entry.movie = try place(of: stored.movie)
      row.append(entry)
      var because: [Reason] = []
      for reason in try list.reasons[first + position] {
        because.append(Reason(movie: try place(of: reason.movie), weight: reason.weight))
      }
      reasons.appendRow(because)
    }
    entries.appendRow(row)
    return Answer(
      ratingCount: Int(ratingCounts[user]),
      list: RecommendationList(model: list.model, starsModel: list.starsModel, entries: entries, reasons: reasons),
      movies: movies)
  }

  /// Users are in order of their ids.
  private func index(of id: SourceID) throws(BinaryFileError) -> Int? {
    var (low, high) = (0, userPlaces.count)
    while low < high {
      let middle = (low + high) / 2
      let found = try userID(middle)
      if found == id { return middle }
      if found < id { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  private func userID(_ user: Int) throws(BinaryFileError) -> SourceID {
    var reader = self.reader
    try reader.skip(userPlaces[user])
    return try reader.readID()
  }
}

extension BinaryReader {
  fileprivate mutating func skipID() throws(BinaryFileError) {
    if try read(Bool.self) { try skipText() } else { try skip(MemoryLayout<Int64>.size) }
  }

  /// A flag and a number.
  fileprivate mutating func skipOptionalNumber() throws(BinaryFileError) { try skip(1 + MemoryLayout<Int64>.size) }

  /// A flag and a text.
  fileprivate mutating func skipOptionalText() throws(BinaryFileError) {
    try skip(1)
    try skipText()
  }

  fileprivate mutating func skipTexts() throws(BinaryFileError) {
    let count = try read(UInt64.self)
    guard count <= UInt64(remaining) else { throw .damaged }
    for _ in 0..<count { try skipText() }
  }

  fileprivate mutating func skipUser() throws(BinaryFileError) {
    try skipID()
    try skipOptionalNumber()
    try skipOptionalText()
    try skipOptionalText()
  }

  fileprivate mutating func skipMovie() throws(BinaryFileError) {
    try skipID()
    try skipText()
    try skipOptionalNumber()
    try skipTexts()
    try skipTexts()
    try skipOptionalText()
    try skipOptionalNumber()
  }

  /// Skips counts, means and histograms and returns the counts.
  @discardableResult
  fileprivate mutating func skipStatistics() throws(BinaryFileError) -> StoredArray<Int64> {
    let counts = try readStored(Int64.self)
    _ = try readStored(Float.self)
    _ = try readStored(Int32.self)
    return counts
  }

  fileprivate mutating func skipRows<Element: BitwiseCopyable>(of type: Element.Type) throws(BinaryFileError) {
    _ = try readStored(Int.self)
    _ = try readStored(Element.self)
  }
}
