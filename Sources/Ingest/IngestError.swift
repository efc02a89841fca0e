/// Why nothing was read.
package enum IngestError: Error, Sendable {
  case noPaths
  case unknownFormat(String, nearest: String?)
  case missing(path: String)
  /// A system error; `reason` is its message.
  case unreadable(path: String, reason: String)
  /// Neither a file nor a folder: a device, a pipe.
  case notAFile(path: String)
  case empty(path: String)
  /// A file that matches no format.
  case unknownContent(path: String, reason: String)
  /// A folder or archive without a data set; `holds` is some of its contents.
  case noDataSet(path: String, format: IngestFormat?, holds: [String])
  /// A folder or archive with several data sets.
  case severalDataSets(path: String, candidates: [String])
  /// A folder of archives.
  case archives(path: String, [String])
  case missingColumns(path: String, line: Int, missing: [String], found: [String])
  /// A first line that looks like a rating with texts in it, so the columns are unknown.
  case noHeader(path: String, found: [String])
  /// A recognized file that does not contain ratings.
  case foreignContent(path: String, ForeignContent)
  /// Two exports whose owners are unknown.
  case samePerson(first: String, second: String, name: String)
  /// An export whose owner is unknown, where the database has another person's ratings under its default name.
  case samePersonStored(path: String, name: String)
  /// Ratings of several people where one was expected.
  case severalPeople(path: String, count: Int)
  /// A household's export without a profile of this name.
  case noProfile(path: String, name: String, profiles: [String])
  case damagedArchive(path: String, reason: String)
  /// The file vanished, shrank or grew while it was read.
  case changed(path: String, expected: Int, found: Int?)
  case noRatings(path: String, IngestReport)
  /// More than one line in a hundred is bad. The counts are those of this path alone.
  case tooManyBadLines(path: String, bad: Int, of: Int, IngestReport)
  /// There is a bad line in strict mode.
  case badLines(IngestReport)
  case tooManyRatings(path: String)

  /// The report up to the failure, if lines were the reason.
  package var report: IngestReport? {
    switch self {
    case .noRatings(_, let report), .tooManyBadLines(_, _, _, let report), .badLines(let report): report
    default: nil
    }
  }
}

extension IngestError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noPaths:
      return "no data named; give a folder, file or archive of ratings"
    case .unknownFormat(let name, let nearest):
      let hint = nearest.map { "did you mean \($0)? " } ?? ""
      return "unknown format '\(name)'; \(hint)The formats are \(Self.formats)"
    case .missing(let path):
      return "\(path): there is no such file or folder; check the path"
    case .unreadable(let path, let reason):
      return "\(path): cannot be read (\(reason)); check the path and its permissions"
    case .notAFile(let path):
      return "\(path): is neither a file nor a folder; save the data to a file first"
    case .empty(let path):
      return "\(path): is empty; fetch it again"
    case .unknownContent(let path, let reason):
      return "\(path):1: \(reason); name the columns user,movie,rating or give --format one of \(Self.formats)"
    case .noDataSet(let path, let format, let holds):
      let wanted = (format.map { [$0] } ?? IngestFormat.allCases).map { "\($0.ratingFiles) (\($0.rawValue))" }
      let seen = holds.isEmpty ? "it is empty" : "it holds \(holds.joined(separator: ", "))"
      return
        "\(path): is not a data set that Marquee knows: \(seen); looked for \(wanted.joined(separator: ", ")); "
        + "name the folder or file with the ratings"
    case .severalDataSets(let path, let candidates):
      return
        "\(path): holds several rating files (\(candidates.joined(separator: ", "))); name the one to read, or all of them as paths"
    case .archives(let path, let names):
      return
        "\(path): holds \(counted(names.count, "archive")) (\(names.prefix(8).joined(separator: ", "))) and no rating files; "
        + "name them one by one as paths"
    case .missingColumns(let path, let line, let missing, let found):
      return
        "\(path):\(line): no column for \(missing.joined(separator: ", ")) among "
        + "\(found.joined(separator: ", ")); name the columns user,movie,rating,timestamp (between commas, semicolons, tabs, "
        + "bars, blanks or ::)"
    case .noHeader(let path, let found):
      return
        "\(path):1: the first line looks like data (\(found.joined(separator: ", "))), so the meaning of its columns is unknown; "
        + "add a header line with the names of the columns: user,movie,rating,timestamp"
    case .foreignContent(let path, let content):
      return "\(path): \(content)"
    case .samePerson(let first, let second, let name):
      return
        "\(second): the owner of these ratings is unknown, and \(first) was already read as “\(name)”; "
        + "ingest each with its own --user NAME, or name the files after their owners"
    case .samePersonStored(let path, let name):
      return
        "\(path): the owner of these ratings is unknown, and the database has other ratings of “\(name)”; "
        + "ingest with --user NAME (--user \(name) if they are theirs), or name the file after its owner"
    case .severalPeople(let path, let count):
      return "\(path): holds ratings of \(count) people; give a file with those of one"
    case .noProfile(let path, let name, let profiles):
      return "\(path): no profile is called “\(name)”; its profiles are \(profiles.joined(separator: ", "))"
    case .damagedArchive(let path, let reason):
      return "\(path): the archive is damaged or incomplete (\(reason)); fetch it again"
    case .changed(let path, let expected, let found):
      let what = found.map { "was \(expected) bytes and is \($0) now" } ?? "vanished"
      return "\(path): changed while it was being read: it \(what); try again when it is complete"
    case .noRatings(let path, let report):
      return "\(path): holds no ratings\(Self.example(report)); check that it is the right file"
    case .tooManyBadLines(let path, let bad, let count, let report):
      return
        "\(Self.location(report) ?? path): \(bad) of \(counted(count, "rating line")) bad, more than 1 in 100"
        + "\(Self.example(report)); "
        + (report.badLines.first?.isOffScale == true
          ? "fix the lines, or say what the scale is: --scale \"minimum: -10, maximum: 10\", or scale: in site.yaml"
          : "fix the lines or name another --format")
    case .badLines(let report):
      let place = report.badLines.first.map { "\($0.file):\($0.line): \($0.reason)" } ?? ""
      let more = report.badLineCount > 1 ? " (the first of \(report.badLineCount) bad lines)" : ""
      return "\(place)\(more); fix the line or read without --strict"
    case .tooManyRatings(let path):
      return "\(path): more than \(Int32.max) ratings; read a part of it"
    }
  }

  private static var formats: String { IngestFormat.allCases.map(\.rawValue).joined(separator: ", ") }

  private static func location(_ report: IngestReport) -> String? {
    report.badLines.first.map { "\($0.file):\($0.line)" }
  }

  private static func example(_ report: IngestReport) -> String {
    report.badLines.first.map { " (line \($0.line): \($0.reason))" } ?? ""
  }
}
