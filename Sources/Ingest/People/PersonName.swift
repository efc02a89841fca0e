/// How certain the owner of a file is.
struct PersonName: Equatable {
  enum Source: Int, Comparable {
    /// The format's name, or a generic file name.
    case none
    case fileName, content, option

    static func < (left: Source, right: Source) -> Bool { left.rawValue < right.rawValue }
  }

  var name: String
  var source: Source
}

extension PersonName {
  /// The name from `--user`, from the export, or from its file name.
  init(option: String?, content: String?, path: String, format: IngestFormat) {
    if let option {
      self.init(name: option, source: .option)
    } else if let content {
      self.init(name: content, source: .content)
    } else {
      self.init(path: path, format: format)
    }
  }

  /// The name in a file's name: "letterboxd-ann-2024-05-01-….zip" is ann's, "ann.csv" too, "ratings.csv" nobody's.
  private init(path: String, format: IngestFormat) {
    let known = FormatKnowledge.known
    var stem = path.split(separator: "/").last.map(String.init) ?? path
    if let dot = stem.firstIndex(of: "."), dot != stem.startIndex { stem = String(stem[..<dot]) }
    for form in known.ownersInNames where stem.lowercased().hasPrefix(form.prefix) {
      let rest = stem.dropFirst(form.prefix.count)
      if let end = rest.firstRange(of: form.endsBefore)?.lowerBound, end != rest.startIndex {
        self.init(name: String(rest[..<end]), source: .content)
        return
      }
    }
    let words = Self.withoutCopyMarks(FormatKnowledge.normalized(stem))
    let isNameless = words.isEmpty || known.namelessFiles.contains(words) || Self.isCode(stem)
    if isNameless || stem.utf8.count > 190 {
      let isTable = !format.isService && !words.isEmpty && !Self.isCode(stem) && stem.utf8.count <= 190
      self.init(name: isTable ? stem : format.rawValue, source: .none)
    } else {
      self.init(name: stem, source: .fileName)
    }
  }

  /// "ratings1" of "ratings (1)", "ratingscopy2": the name of a file that was downloaded again.
  private static func withoutCopyMarks(_ words: String) -> String {
    var words = words[...]
    while words.last?.isNumber == true { words.removeLast() }
    for mark in FormatKnowledge.known.copyWords {
      if words.hasSuffix(mark) { words.removeLast(mark.count) }
      if words.hasPrefix(mark) { words.removeFirst(mark.count) }
    }
    return String(words)
  }

  /// Whether a file's name is a number or a UUID, as downloads have it.
  private static func isCode(_ stem: String) -> Bool {
    stem.utf8.allSatisfy { Bytes.isDigit($0) || $0 == 0x2d || $0 == 0x5f || 0x61...0x66 ~= ($0 | 0x20) }
      && stem.utf8.contains(where: Bytes.isDigit)
  }
}

/// The names in the files of an export that name its owner.
enum OwnerFile {
  /// The name of the owner in a file of that name (in lower case) that begins with `head`; nil if there is none.
  static func owner(in name: String, head: [UInt8]) -> String? {
    guard let owner = FormatKnowledge.known.owners.first(where: { $0.file == name }) else { return nil }
    let text = TextForm(head: head).decoded(head)
    let record: Record?
    if JSONObjects.begin(text) {
      record = JSONValue(text).flatMap(JSONRecord.init).map { Record(header: Header($0.keys), texts: $0.texts) }
    } else {
      record = self.record(text)
    }
    let found = record?[owner.name] ?? ""
    return found.isEmpty || found.utf8.count > 190 ? nil : found
  }

  /// The first line after a table's header.
  private static func record(_ text: [UInt8]) -> Record? {
    let lines = IngestFormat.lines(text)
    guard lines.count > 1 else { return nil }
    let (first, second) = (lines[0], lines[1])
    let (separator, names) = TableShape.names(first.span)
    var fields = Fields()
    fields.split(second.span, by: separator)
    return Record(header: Header(names), texts: fields.texts(of: second.span))
  }
}
