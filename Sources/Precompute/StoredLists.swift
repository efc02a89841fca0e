package import BinaryFiles
package import Ratings

/// Lists of single users, read directly from an artefact's file: little else of it is read.
///
/// The file is mapped, and of its sections only those of an answer are looked into: a few pages of memory.
package struct StoredLists: Sendable {
  /// One user's list and its movies.
  package struct Answer: Sendable {
    /// The user's number of ratings.
    package var ratingCount: Int
    /// For this user only; movies are indices into `movies`.
    package var list: RecommendationList
    package var movies: [Movie]
  }

  /// The scale of the ratings.
  package let scale: RatingScale
  private let users: BinaryRecords
  private let movies: BinaryRecords
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
  package init(contentsOf path: String) throws(BinaryFileError) {
    let file = try BinarySections(BinaryFile.map(kind: Precomputed.kind, version: Precomputed.layout, from: path))
    func section(_ name: ArtefactSection.Name) throws(BinaryFileError) -> BinaryReader {
      try file.reader(of: name.rawValue)
    }
    var reader = try section(.counts)
    scale = try RatingScale(from: &reader)
    reader = try section(.users)
    users = try BinaryRecords(from: &reader)
    reader = try section(.movies)
    movies = try BinaryRecords(from: &reader)
    reader = try section(.userStatistics)
    ratingCounts = try reader.readStored()
    var models = try section(.listModels)
    reader = try section(.lists)
    lists = try BinaryRecords(from: &models).map { model throws(BinaryFileError) in
      let list = try RecommendationList(modelsFrom: &model)
      return StoredList(
        model: list.model, starsModel: list.starsModel, entries: try StoredRows(&reader),
        reasons: try StoredRows(&reader))
    }
  }

  /// The list of a user by a model, or by the site's first choice; nil if there is no such user or list.
  package func answer(to id: SourceID, model: String?, count: Int) throws(BinaryFileError) -> Answer? {
    guard let list = model == nil ? lists.first : lists.first(where: { $0.model == model }),
      let user = try index(of: id), user < ratingCounts.count, list.entries.offsets.count == users.count + 1
    else { return nil }
    var movies: [Movie] = []
    var places: [Int32: Int32] = [:]
    func place(of movie: Int32) throws(BinaryFileError) -> Int32 {
      if let known = places[movie] { return known }
      guard (0..<self.movies.count).contains(Int(movie)) else { throw .damaged }
      var reader = try self.movies.reader(of: Int(movie))
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
    var (low, high) = (0, users.count)
    while low < high {
      let middle = (low + high) / 2
      let found = try userID(middle)
      if found == id { return middle }
      if found < id { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  private func userID(_ user: Int) throws(BinaryFileError) -> SourceID {
    var reader = try users.reader(of: user)
    return try User(from: &reader).id
  }
}
