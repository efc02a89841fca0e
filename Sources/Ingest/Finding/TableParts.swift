/// Files that are parts of one table: `ratings_1.csv` and `ratings_2.csv`, `part-00000-3fa8.csv`, `ratings.csv.part-aa`.
enum TableParts {
  private static let endings = ["csv", "tsv", "txt", "dat", "inter", "json", "jsonl", "ndjson"]

  /// The common part of the names of one table's parts: without numbers and the characters around them.
  static func key(of name: String) -> String {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    let stem = parts.count > 1 ? parts.dropLast().joined(separator: ".") : name
    let ending = parts.count > 1 ? String(parts[parts.count - 1]) : ""
    let letters = stem.filter { !$0.isNumber && !" -_.()[]".contains($0) }
    return (letters.hasSuffix("part") ? String(letters.dropLast(4)) : letters) + "." + ending
  }

  /// The files that form one table with `file`, including itself, in the order of their names: with similar names and the
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

  /// The name of the file that was split, for `ratings.csv.part-aa`, `ratings.csv.001`, `ratings.csv-00`.
  static func whole(of name: String) -> String? {
    // The default names of `split`: xaa, xab.
    if name.utf8.count == 3, name.hasPrefix("xa"), name.utf8.allSatisfy({ 0x61...0x7a ~= $0 }) { return "ratings.csv" }
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

  /// `files` with the pieces of split files joined. Pieces that each begin with a header are
  /// separate files.
  static func joining(_ files: [DataFile]) -> [DataFile] {
    var result: [DataFile] = []
    var pieces: [Piece: [DataFile]] = [:]
    for file in files {
      switch file.place {
      case .disk, .spooled:
        if let whole = whole(of: file.name) {
          pieces[Piece(folder: file.folder, whole: whole), default: []].append(file)
        } else {
          result.append(file)
        }
      default: result.append(file)
      }
    }
    for (piece, found) in pieces.sorted(by: { ($0.key.folder, $0.key.whole) < ($1.key.folder, $1.key.whole) }) {
      let found = found.sorted { (rank(of: $0.name), $0.name) < (rank(of: $1.name), $1.name) }
      if found.count > 1, firstLine(found[0]) != firstLine(found[1]) {
        let size = found.reduce(0) { $0 + $1.size }
        result.append(
          DataFile(place: .joined(found.map(\.place)), folder: piece.folder, name: piece.whole, size: size))
      } else {
        result += found
      }
    }
    return result
  }

  /// The common part of the names of a file's pieces.
  private struct Piece: Hashable {
    let folder: String
    let whole: String
  }

  /// The number at the end of a name: the tenth piece comes after the ninth.
  private static func rank(of name: String) -> Int {
    Int(String(name.reversed().prefix { $0.isASCII && $0.isNumber }.reversed())) ?? 0
  }
}
