/// A recognized file that does not contain ratings.
package enum ForeignContent: Equatable, Sendable {
  case spreadsheet, oldSpreadsheet, lockedArchive, splitArchive, pointer, webPage, document
  /// An SQLite database that is not Marquee's.
  case database
  /// If no installed program reads it.
  case parquet
  /// Zero bytes instead of text.
  case zeros
  /// An incomplete download of a browser.
  case unfinished
  /// A piece of a split file, without the first one.
  case piece
  case xml, sqlDump, utf32
  /// A file of the named program or library.
  case other(String)
  case viewingHistory
  /// Films without ratings: a list, a watchlist.
  case filmList
  /// One line for each user and one column for each film.
  case wideTable

  /// The kind of a file with this name (in lower case) and these first bytes; nil if it is not recognized.
  init?(name: String, head: [UInt8]) {
    let known = FormatKnowledge.known
    if Self.isPartOfArchive(name) {
      self = .splitArchive
    } else if Self.isUnfinished(name), !head.isEmpty {
      self = .unfinished
    } else if let signature = known.signatures.first(where: { $0.fits(head) }), let content = Self(kind: signature.kind)
    {
      self = content
    } else if let text = Self.beginning(of: head),
      let signature = known.texts.first(where: { $0.begins.contains { text.hasPrefix($0) } }),
      let content = Self(kind: signature.kind)
    {
      self = content
    } else if head.prefix(64).contains(where: { $0 != 0 }) == false, !head.isEmpty {
      self = .zeros
    } else {
      return nil
    }
  }

  /// Whether a file has the name of an incomplete download.
  static func isUnfinished(_ name: String) -> Bool {
    name.split(separator: ".").count > 1
      && name.split(separator: ".").last.map { FormatKnowledge.known.unfinished.contains($0.lowercased()) } ?? false
  }

  /// The kind by its name in `formats.json`; nil for kinds that are read, such as archives.
  private init?(kind: String) {
    switch kind {
    case "zip", "gzip", "7z", "rar", "tar", "bzip2", "xz", "zstd", "program": return nil
    case "workbook": self = .oldSpreadsheet
    case "parquet": self = .parquet
    case "sqlite": self = .database
    case "split": self = .splitArchive
    case "pdf": self = .document
    case "lfs": self = .pointer
    case "page": self = .webPage
    case "xml": self = .xml
    case "sql": self = .sqlDump
    case "utf32": self = .utf32
    default: self = .other(kind)
    }
  }

  /// The beginning of a text in lower case, after spaces, byte order marks and comments; nil if it is not text.
  private static func beginning(of head: [UInt8]) -> String? {
    let start = TextForm(head: head).decoded(head).prefix(2_048).drop { Bytes.isSpace($0) || $0 == 0x0a || $0 >= 0x80 }
    if start.prefix(512).contains(0) { return nil }
    var text = String(decoding: start, as: UTF8.self).lowercased()[...]
    while text.hasPrefix("<!--"), let end = text.firstRange(of: "-->") {
      text = text[end.upperBound...].drop(while: \.isWhitespace)
    }
    while text.hasPrefix("--\n") { text = text.dropFirst(3) }
    if text.hasPrefix("<?xml"), text.contains("<html") { return "<html" }
    return String(text)
  }

  /// The kind of an archive with these files, if it is a document format.
  init?(entries: [String]) {
    let names = Set(entries)
    if names.contains("[Content_Types].xml") || names.contains(where: { $0.hasPrefix("xl/") }) {
      self = names.contains { $0.hasPrefix("word/") || $0.hasPrefix("ppt/") } ? .document : .spreadsheet
    } else if names.contains("Index/Document.iwa") {
      self = .spreadsheet
    } else if names.contains("mimetype"), names.contains("content.xml") {
      self = .spreadsheet
    } else {
      return nil
    }
  }

  /// `data.zip.001`, `data.z01`, `data.part1.rar`, `data.7z.002`.
  private static func isPartOfArchive(_ name: String) -> Bool {
    let parts = name.split(separator: ".")
    guard let last = parts.last, parts.count > 1 else { return false }
    let before = parts[parts.count - 2]
    let isNumber = last.utf8.allSatisfy(Bytes.isDigit)
    let isPiece = isNumber && last.count == 3 || ["aa", "ab", "part1", "part2"].contains(last)
    if isPiece, ["zip", "7z", "rar", "gz", "tgz", "tar"].contains(before) { return true }
    if last.count == 3, last.hasPrefix("z"), last.dropFirst().utf8.allSatisfy(Bytes.isDigit) { return true }
    return last == "rar" && before.hasPrefix("part") && before.dropFirst(4).utf8.allSatisfy(Bytes.isDigit)
      && before.count > 4
  }
}

extension ForeignContent: CustomStringConvertible {
  /// What it is, and what to do.
  package var description: String {
    switch self {
    case .spreadsheet, .oldSpreadsheet:
      "is a spreadsheet (a workbook); save the sheet with the ratings as CSV (UTF-8) and name that file"
    case .database:
      "is an SQLite database, but not Marquee's; write its ratings as CSV, for example with "
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
    case .document: "is a document (PDF, Word), not a table; ask the service for its data as CSV or JSON"
    case .filmList:
      "names films and has no ratings, like lists and watchlists; name the file with the ratings (ratings.csv of the export)"
    case .wideTable:
      "is a wide table, one line for each user and one column for each film; write one line for each rating: user,movie,rating"
    case .zeros:
      "contains zero bytes instead of text, like an incomplete download; fetch it again"
    case .unfinished:
      "is an unfinished download, by its name; wait until it is complete, or fetch it again, and name the finished file"
    case .piece:
      "is a piece of a split file; name the folder with all pieces, or join them first (cat NAME.* > NAME)"
    case .xml:
      "is XML (a server's message, a document of another program) and not the data; fetch or export them as CSV or JSON"
    case .sqlDump:
      "is an SQL dump of a database; load it there and write its ratings as CSV (SELECT user, movie, rating FROM ratings)"
    case .utf32: "is text in UTF-32; save it as UTF-8"
    case .other(let kind): "is a file of the kind \(kind); write its table as CSV with the program that made it"
    case .viewingHistory:
      "is a viewing history: it says what was watched, not how it was liked; take the service's file of ratings (of Netflix "
        + "the Ratings.csv of the personal information, of Trakt ratings-movies.json)"
    }
  }
}

extension FormatKnowledge.Signature {
  /// Whether a file begins with these bytes.
  func fits(_ head: [UInt8]) -> Bool {
    let rest = head.dropFirst(at ?? 0)
    return begins.contains { digits in
      let bytes = stride(from: 0, to: digits.utf8.count, by: 2).compactMap {
        UInt8(digits.dropFirst($0).prefix(2), radix: 16)
      }
      return rest.starts(with: bytes)
    }
  }
}
