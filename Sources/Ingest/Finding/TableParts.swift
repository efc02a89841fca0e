/// Files that are parts of one table: `ratings_1.csv` and `ratings_2.csv`, `part-00000-3fa8.csv`, `ratings.csv.part-aa`.
enum TableParts {
  private static let endings = ["csv", "tsv", "txt", "dat", "inter", "json", "jsonl", "ndjson"]

  /// What parts of one table have in common: the name without numbers and what stands around them.
  static func key(of name: String) -> String {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    let stem = parts.count > 1 ? parts.dropLast().joined(separator: ".") : name
    let ending = parts.count > 1 ? String(parts[parts.count - 1]) : ""
    let letters = stem.filter { !$0.isNumber && !" -_.()[]".contains($0) }
    return (letters.hasSuffix("part") ? String(letters.dropLast(4)) : letters) + "." + ending
  }

  /// The files that are one table with `file`, itself among them, in the order of their names: named alike and with the
  /// same first line.
  static func parts(with file: DataFile, among files: [DataFile]) -> [DataFile] {
    let key = key(of: file.name)
    let alike = files.filter { $0.name == file.name || self.key(of: $0.name) == key }
    guard alike.count > 1, let first = firstLine(file) else { return [file] }
    return alike.filter { $0.name == file.name || firstLine($0) == first }.sorted { $0.name < $1.name }
  }

  /// Whether the files are parts of one table.
  static func areOne(_ files: [DataFile]) -> Bool {
    guard let first = files.first else { return false }
    return parts(with: first, among: files).count == files.count
  }

  private static func firstLine(_ file: DataFile) -> [UInt8]? {
    (try? file.head()).flatMap { IngestFormat.lines($0).first }
  }

  /// The name of the file that was cut into pieces, for `ratings.csv.part-aa`, `ratings.csv.001`, `ratings.csv-00`.
  static func whole(of name: String) -> String? {
    for ending in endings {
      guard let range = name.firstRange(of: "." + ending), range.upperBound < name.endIndex else { continue }
      var rest = name[range.upperBound...].drop { ".-_".contains($0) }
      if rest.hasPrefix("part") { rest = rest.dropFirst(4).drop { ".-_".contains($0) } }
      let isNumber = (1...5).contains(rest.count) && rest.utf8.allSatisfy(Bytes.isDigit)
      let isLetters = (2...4).contains(rest.count) && rest.utf8.allSatisfy { 0x61...0x7a ~= $0 } && rest.first == "a"
      if isNumber || isLetters { return String(name[..<range.upperBound]) }
    }
    return nil
  }

  /// `files` with the pieces of a file that was cut put together. Pieces that each begin with the names of the columns are
  /// files of their own.
  static func joining(_ files: [DataFile]) -> [DataFile] {
    var result: [DataFile] = []
    var pieces: [String: [DataFile]] = [:]
    for file in files {
      if case .disk = file.place, let whole = whole(of: file.name) {
        pieces[whole, default: []].append(file)
      } else {
        result.append(file)
      }
    }
    for (whole, found) in pieces.sorted(by: { $0.key < $1.key }) {
      let found = found.sorted { $0.name < $1.name }
      let isJoined = found.count > 1 && firstLine(found[0]) != firstLine(found[1])
      let paths = found.compactMap { if case .disk(let path) = $0.place { path } else { nil } }
      if isJoined {
        let size = found.reduce(0) { $0 + $1.size }
        result.append(DataFile(place: .joined(paths: paths), folder: found[0].folder, name: whole, size: size))
      } else {
        result += found
      }
    }
    return result
  }
}
