#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The files of one data set, with their roles.
struct Selection {
  struct Chosen {
    let file: DataFile
    let role: FileRole
  }

  let tree: DataTree
  let format: IngestFormat
  let files: [Chosen]
  /// The name of their owner, from a file of the export.
  var owner: String?
  /// Siblings of a single file that look like parts of the same table.
  var besides: [String] = []
  /// Other tables with ratings in the folder that are not read, since one has the standard name.
  var overlooked: [String] = []
  /// Incomplete downloads that are left out.
  var unfinished: [String] = []

  /// Finds the data set at `path`.
  ///
  /// - Throws: `IngestError` if there is none, or more than one.
  init(path: String, format: IngestFormat?) throws {
    let tree = try DataTree(path: path)
    switch tree.container {
    case .file: try self.init(file: tree.files[0], of: tree, format: format)
    case .folder, .archive: try self.init(searching: tree, format: format)
    }
  }

  init(tree: DataTree, format: IngestFormat, files: [Chosen]) {
    self.tree = tree
    self.format = format
    self.files = files
  }

  /// Bytes to read from disk.
  var totalBytes: Int { tree.size(of: files.map(\.file)) }

  /// Bytes of the files of ratings, as far as they are separate files on disk.
  var ratingBytes: Int { files.reduce(0) { $0 + ($1.role == .ratings ? $1.file.size : 0) } }
}

// MARK: - A single file

extension Selection {
  private init(file: DataFile, of tree: DataTree, format wanted: IngestFormat?) throws {
    let parts = tree.path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let folder = parts.isEmpty ? "." : parts == [""] ? "/" : parts.joined(separator: "/")
    let beside = Self.names(in: folder)
    let head = try file.head()
    if let content = ForeignContent(name: file.name, head: head) {
      throw IngestError.foreignContent(path: tree.path, content)
    }
    let isBesideItems = beside.contains { $0.name == "u.item" }
    guard let format = wanted ?? IngestFormat(ofRatings: file.name, head: head, isBesideItems: isBesideItems) else {
      throw Self.unknown(path: tree.path, head: head)
    }
    var places = beside
    if format == .netflixPrize, parts.last == "training_set" { places += Self.names(in: "\(folder)/..") }
    var siblings: [Chosen] = []
    for place in places {
      guard let role = format.role(of: place.name), role != .ratings, place.path != tree.path,
        let facts = try? FileFacts(path: place.path), facts.kind == .file,
        !siblings.contains(where: { $0.file.name == place.name })
      else { continue }
      let isCompressed =
        try place.isCompressed
        && Archive.kind(of: PlainFile.head(path: place.path, count: Archive.signatureLength)) == .compressed
      siblings.append(
        Chosen(
          file: DataFile(
            place: isCompressed ? .compressed(path: place.path) : .disk(path: place.path), name: place.name,
            size: facts.size),
          role: role))
    }
    self.init(tree: tree, format: format, files: siblings + [Chosen(file: file, role: .ratings)])
    guard format.isNamedTable || format == .movieLensCSV else { return }
    let around = beside.compactMap { place -> DataFile? in
      guard !place.isCompressed, let facts = try? FileFacts(path: place.path), facts.kind == .file else { return nil }
      return DataFile(place: .disk(path: place.path), name: place.name, size: facts.size)
    }
    besides = TableParts.parts(with: file, among: around).map(\.name).filter { $0 != file.name }
    if let whole = TableParts.whole(of: file.name) {
      besides += around.map(\.name).filter { $0 != file.name && TableParts.whole(of: $0) == whole }
    }
    if format.isPersonal {
      owner =
        around.lazy.compactMap { other in
          (try? other.head()).flatMap { OwnerFile.owner(in: other.name, head: $0) }
        }.first
    }
  }

  private static func names(in folder: String) -> [(path: String, name: String, isCompressed: Bool)] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { !Archive.isHidden($0) }.sorted().map { base in
      let name = Archive.uncompressedName(base)
      return ("\(folder)/\(base)", name.lowercased(), name != base)
    }
  }

  static func unknown(path: String, head: [UInt8]) -> IngestError {
    if head.allSatisfy({ Bytes.isSpace($0) || $0 == 0x0a }) { return .empty(path: path) }
    let name = path.split(separator: "/").last?.lowercased() ?? path
    if TableParts.whole(of: name) != nil { return .foreignContent(path: path, .piece) }
    let text = TextForm(head: head).decoded(head)
    if text.count(where: { $0 == 0 }) * 100 > text.count, text.first != 0, text.last == 0 {
      return .foreignContent(path: path, .zeros)
    }
    if let content = ForeignContent(name: "", head: head) { return .foreignContent(path: path, content) }
    let lines = IngestFormat.lines(head)
    if lines.isEmpty { return .unknownContent(path: path, reason: "this is not text") }
    if JSONObjects.begin(Array(lines.prefix(2).joined(separator: [0x0a]))) {
      guard let header = JSONObjects.header(Array(lines.joined(separator: [0x0a]))) else {
        return .noRatings(path: path, IngestReport())
      }
      let keys = header.texts
      if header.rating == nil, header.namesFilms, header.index(of: ["watchedat", "lastwatchedat"]) != nil {
        return .foreignContent(path: path, .viewingHistory)
      }
      return .missingColumns(path: path, line: 1, missing: ["movie", "rating"], found: keys.prefix(12).map { $0 })
    }
    do throws(MissingColumns) {
      let shape = try TableShape(zip(1..., lines).map { ($0, $1) })
      if shape.kind == .viewingHistory { return .foreignContent(path: path, .viewingHistory) }
      return .unknownContent(path: path, reason: "no format fits")
    } catch {
      if let content = error.content { return .foreignContent(path: path, content) }
      if error.isData { return .noHeader(path: path, found: error.found) }
      return .missingColumns(path: path, line: 1, missing: error.missing, found: error.found)
    }
  }
}
