/// The outcome of reading.
public struct IngestReport: Equatable, Sendable {
  /// A path and the format it was read as.
  public struct Source: Equatable, Sendable {
    public let path: String
    public let format: IngestFormat

    package init(path: String, format: IngestFormat) {
      self.path = path
      self.format = format
    }
  }

  /// A line that was skipped, and why.
  public struct BadLine: Equatable, Sendable, CustomStringConvertible {
    public let file: String
    public let line: Int
    public let reason: String
    /// Whether its rating is a number outside the scale.
    let isOffScale: Bool

    public var description: String { "\(file):\(line): \(reason)" }
  }

  /// Something that was recognized and left out on purpose.
  public struct Skipped: Equatable, Sendable {
    public let what: String
    public let count: Int

    package init(what: String, count: Int) {
      self.what = what
      self.count = count
    }
  }

  /// How many bad lines are kept with their reasons.
  public static let shownBadLines = 10

  public internal(set) var sources: [Source] = []
  /// The accounts of the files of ratings.
  public internal(set) var files: [FileAccount] = []
  /// Ratings in the data set, including those for validation.
  public internal(set) var ratings = 0
  /// Ratings that the data set reserves for validation.
  public internal(set) var validationRatings = 0
  /// Ratings replaced by a later one of the same user and movie.
  public internal(set) var replacedRatings = 0
  /// Bad lines in all files.
  public internal(set) var badLineCount = 0
  /// The first bad lines, at most `shownBadLines`.
  public internal(set) var badLines: [BadLine] = []
  /// Rated movies that are in no catalogue; their id is their title.
  public internal(set) var unlistedMovies = 0
  /// The ratings of those movies.
  public internal(set) var ratingsOfUnlistedMovies = 0
  /// Films of personal exports, as "Title (year)", that were not in the catalogue and were added to it.
  public internal(set) var unmatchedFilms: [String] = []
  public internal(set) var skipped: [Skipped] = []
  /// Remarks, for example about unreadable dates.
  public internal(set) var remarks: [String] = []

  public init() {}

  /// Lines that should have a rating, good and bad.
  public var ratingLines: Int { files.reduce(0) { $0 + $1.lines } }
  /// Bad lines among `ratingLines`.
  public var badRatingLines: Int { files.reduce(0) { $0 + $1.bad } }
}

extension IngestReport: CustomStringConvertible {
  /// The report in lines for people: the bad lines first, then what was left out or corrected.
  public var description: String {
    var lines = badLines.map(\.description)
    if badLineCount > badLines.count { lines.append("… and \(badLineCount - badLines.count) more") }
    if badLineCount > 0 { lines.append("\(counted(badLineCount, "bad line")) skipped") }
    if replacedRatings > 0 {
      lines.append("\(counted(replacedRatings, "rating")) replaced by a later one of the same pair")
    }
    if ratingsOfUnlistedMovies > 0 {
      lines.append(
        "\(counted(ratingsOfUnlistedMovies, "rating")) of \(counted(unlistedMovies, "movie")) that no catalogue lists")
    }
    if !unmatchedFilms.isEmpty {
      let shown = unmatchedFilms.prefix(Self.shownBadLines).joined(separator: ", ")
      let more = unmatchedFilms.count - Self.shownBadLines
      lines.append(
        "\(counted(unmatchedFilms.count, "film")) of exports not in the catalogue, added to it: \(shown)"
          + (more > 0 ? " and \(more) more" : ""))
    }
    lines += skipped.map { "\($0.what): \($0.count)" }
    lines += remarks
    return lines.joined(separator: "\n")
  }
}

extension IngestReport {
  /// The lines of its description.
  public var words: [String] { description.split(separator: "\n").map(String.init) }

  mutating func addBadLine(_ flaw: LineFlaw, file: String, line: Int) {
    badLineCount += 1
    if badLines.count < Self.shownBadLines {
      let isOffScale = if case .ratingOutOfRange = flaw { true } else { false }
      badLines.append(BadLine(file: file, line: line, reason: flaw.description, isOffScale: isOffScale))
    }
  }

  mutating func addSkipped(_ what: String, count: Int) {
    if count > 0 { skipped.append(Skipped(what: what, count: count)) }
  }
}

/// "1 line", "2 lines".
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
