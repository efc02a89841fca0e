/// A file that holds no text of ratings, by what it is.
public enum ForeignContent: Equatable, Sendable {
  case spreadsheet, oldSpreadsheet, lockedArchive, splitArchive, pointer, webPage, document
  /// An SQLite database that is none of Marquee's.
  case database
  /// Where nothing reads it.
  case parquet
  case viewingHistory
  /// Films without ratings: a list, a watchlist.
  case filmList
  /// A line for each person and a column for each film.
  case wideTable

  /// What a file of that name (in lower case) with these first bytes is; nil where they show nothing of the kind.
  init?(name: String, head: [UInt8]) {
    func has(_ signature: String, at offset: Int = 0) -> Bool { head.dropFirst(offset).starts(with: signature.utf8) }
    if Self.isPartOfArchive(name) {
      self = .splitArchive
    } else if has("SQLite format 3\0") {
      self = .database
    } else if has("PAR1") {
      self = .parquet
    } else if head.starts(with: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
      self = .oldSpreadsheet
    } else if has("%PDF-") {
      self = .document
    } else if has("version https://git-lfs.github.com/spec/") {
      self = .pointer
    } else if Self.isWebPage(head) {
      self = .webPage
    } else {
      return nil
    }
  }

  /// What an archive with these files is, if it is no archive of files.
  init?(entries: [String]) {
    let names = Set(entries)
    if names.contains("[Content_Types].xml") || names.contains(where: { $0.hasPrefix("xl/") }) {
      self = .spreadsheet
    } else if names.contains("mimetype"), names.contains("content.xml") {
      self = .spreadsheet
    } else {
      return nil
    }
  }

  private static func isWebPage(_ head: [UInt8]) -> Bool {
    let start = TextForm(head: head).decoded(head).prefix(1_024).drop { Bytes.isSpace($0) || $0 == 0x0a || $0 >= 0x80 }
    let text = String(decoding: start, as: UTF8.self).lowercased()
    return ["<!doctype html", "<html", "<head", "<body"].contains { text.hasPrefix($0) }
      || (text.hasPrefix("<?xml") && text.contains("<html"))
  }

  /// `data.zip.001`, `data.z01`, `data.part1.rar`, `data.7z.002`.
  private static func isPartOfArchive(_ name: String) -> Bool {
    let parts = name.split(separator: ".")
    guard let last = parts.last, parts.count > 1 else { return false }
    let before = parts[parts.count - 2]
    let isNumber = last.utf8.allSatisfy(Bytes.isDigit)
    if isNumber, last.count == 3, ["zip", "7z", "rar", "gz", "tgz", "tar"].contains(before) { return true }
    if last.count == 3, last.hasPrefix("z"), last.dropFirst().utf8.allSatisfy(Bytes.isDigit) { return true }
    return last == "rar" && before.hasPrefix("part") && before.dropFirst(4).utf8.allSatisfy(Bytes.isDigit)
      && before.count > 4
  }
}

extension ForeignContent: CustomStringConvertible {
  /// What it is, and the way on.
  public var description: String {
    switch self {
    case .spreadsheet, .oldSpreadsheet:
      "is a spreadsheet (a workbook); save the sheet with the ratings as CSV (UTF-8) and name that file"
    case .database:
      "is an SQLite database, but none of Marquee's; write its ratings as CSV, for example with "
        + "sqlite3 -header -csv FILE 'SELECT user, movie, rating FROM ratings' > ratings.csv"
    case .parquet:
      "is a Parquet file, which Marquee reads through DuckDB's command or Python's pyarrow, and neither is there; "
        + "install one (python3 -m pip install pyarrow), or write the table as CSV"
    case .lockedArchive: "is locked with a password; unpack it first and name the folder"
    case .splitArchive:
      "is a part of a split archive; join the parts first (cat NAME.zip.* > NAME.zip, or unpack with 7z) and name the whole"
    case .pointer:
      "is a pointer of Git LFS and not the data themselves; fetch them with git lfs pull"
    case .webPage:
      "is a web page and not the data; the address may need a login or a click: download the file itself"
    case .document: "is a PDF document; ask the service for its data as CSV or JSON"
    case .filmList:
      "names films and holds no ratings, as lists and watchlists do; name the file with the ratings (ratings.csv of the export)"
    case .wideTable:
      "is a wide table, a line for each person and a column for each film; write a line for each rating: user,movie,rating"
    case .viewingHistory:
      "is a viewing history: it says what was watched, not how it was liked; ask Netflix for the personal information, "
        + "whose Ratings.csv Marquee reads"
    }
  }
}
