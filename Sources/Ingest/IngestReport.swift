/// The outcome of reading.
package struct IngestReport: Equatable, Sendable {
  /// A path and the format it was read as.
  package struct Source: Equatable, Sendable {
    package let path: String
    package let format: IngestFormat

    package init(path: String, format: IngestFormat) {
      self.path = path
      self.format = format
    }
  }

  /// A line that was skipped, and why.
  package struct BadLine: Equatable, Sendable, CustomStringConvertible {
    package let file: String
    package let line: Int
    package let reason: String
    /// Whether its rating is a number outside the scale.
    let isOffScale: Bool

    package var description: String { "\(file):\(line): \(reason)" }
  }

  /// Something that was recognized and left out on purpose.
  package struct Skipped: Equatable, Sendable {
    package let what: String
    package let count: Int

    package init(what: String, count: Int) {
      self.what = what
      self.count = count
    }
  }

  /// How many bad lines are kept with their reasons.
  package static let shownBadLines = 10

  package internal(set) var sources: [Source] = []
  /// The accounts of the files of ratings.
  package internal(set) var files: [FileAccount] = []
  /// Ratings in the data set, including those for validation.
  package internal(set) var ratings = 0
  /// Ratings that the data set reserves for validation.
  package internal(set) var validationRatings = 0
  /// Ratings replaced by a later one of the same user and movie.
  package internal(set) var replacedRatings = 0
  /// Bad lines in all files.
  package internal(set) var badLineCount = 0
  /// The first bad lines, at most `shownBadLines`.
  package internal(set) var badLines: [BadLine] = []
  /// Rated movies that are in no catalogue; their id is their title.
  package internal(set) var unlistedMovies = 0
  /// The ratings of those movies.
  package internal(set) var ratingsOfUnlistedMovies = 0
  /// Films of personal exports, as "Title (year)", that were not in the catalogue and were added to it.
  package internal(set) var unmatchedFilms: [String] = []
  package internal(set) var skipped: [Skipped] = []
  /// Remarks, for example about unreadable dates.
  package internal(set) var remarks: [String] = []

  package init() {}

  /// Lines that should have a rating, good and bad.
  package var ratingLines: Int { files.reduce(0) { $0 + $1.lines } }
  /// Bad lines among `ratingLines`.
  package var badRatingLines: Int { files.reduce(0) { $0 + $1.bad } }
}

extension IngestReport: CustomStringConvertible {
  /// The report in lines for people: the bad lines first, then what was left out or corrected.
  package var description: String {
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
  package var words: [String] { description.split(separator: "\n").map(String.init) }

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
