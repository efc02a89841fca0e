#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The files of one data set, and what each of them holds.
struct Selection {
  struct Chosen {
    let file: DataFile
    let role: FileRole
  }

  let tree: DataTree
  let format: IngestFormat
  let files: [Chosen]

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

  private init(tree: DataTree, format: IngestFormat, files: [Chosen]) {
    self.tree = tree
    self.format = format
    self.files = files
  }

  /// Bytes to read from disk.
  var totalBytes: Int { tree.size(of: files.map(\.file)) }

  /// Bytes of the files of ratings, as far as they stand on disk by themselves.
  var ratingBytes: Int { files.reduce(0) { $0 + ($1.role == .ratings ? $1.file.size : 0) } }
}

// MARK: - A single file

extension Selection {
  private init(file: DataFile, of tree: DataTree, format wanted: IngestFormat?) throws {
    let parts = tree.path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let folder = parts.isEmpty ? "." : parts == [""] ? "/" : parts.joined(separator: "/")
    let beside = Self.names(in: folder)
    let head = try file.head()
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
  }

  private static func names(in folder: String) -> [(path: String, name: String, isCompressed: Bool)] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { !Archive.isHidden($0) }.sorted().map { base in
      let name = Archive.uncompressedName(base)
      return ("\(folder)/\(base)", name.lowercased(), name != base)
    }
  }

  private static func unknown(path: String, head: [UInt8]) -> IngestError {
    if head.starts(with: [0xff, 0xfe]) || head.starts(with: [0xfe, 0xff]) {
      return .unknownContent(path: path, reason: "the text is in UTF-16; save it as UTF-8")
    }
    if head.allSatisfy({ Bytes.isSpace($0) || $0 == 0x0a }) { return .empty(path: path) }
    guard let first = IngestFormat.lines(head).first else {
      return .unknownContent(path: path, reason: "this is no text")
    }
    do throws(MissingColumns) {
      _ = try Columns(firstLine: first.span)
      return .unknownContent(path: path, reason: "no format fits")
    } catch {
      return .missingColumns(path: path, line: 1, missing: error.missing, found: error.found)
    }
  }
}

// MARK: - A folder or an archive

extension Selection {
  private init(searching tree: DataTree, format wanted: IngestFormat?) throws {
    let folders = Dictionary(grouping: tree.files, by: \.folder)
    let byDepth = Dictionary(grouping: folders.keys) { $0.isEmpty ? 0 : $0.split(separator: "/").count }
    // A folder can hold files only further down, so depths may be missing.
    for depth in byDepth.keys.sorted() {
      var found: [(folder: String, format: IngestFormat, ratings: [DataFile])] = []
      for folder in (byDepth[depth] ?? []).sorted() {
        let files = folders[folder] ?? []
        if let match = try Self.match(files, folder, in: tree, format: wanted, isNear: depth < 2) {
          found.append((folder, match.format, match.ratings))
        }
      }
      if found.count > 1, found.allSatisfy({ $0.format == .netflixPrize && $0.folder.hasSuffix("training_set") }) {
        found = [found[0]]
      }
      guard let first = found.first else { continue }
      if found.count > 1 {
        throw IngestError.severalDataSets(path: tree.path, candidates: found.map(\.folder))
      }
      let isTrainingSet = first.format == .netflixPrize && first.folder.split(separator: "/").last == "training_set"
      let parent = first.folder.split(separator: "/").dropLast().joined(separator: "/")
      let about = (folders[first.folder] ?? []) + (isTrainingSet ? folders[parent] ?? [] : [])
      let chosen = about.compactMap { file -> Chosen? in
        guard let role = first.format.role(of: file.name), role != .ratings else { return nil }
        return Chosen(file: file, role: role)
      }
      self.init(
        tree: tree, format: first.format,
        files: Self.preferred(chosen, first.format) + first.ratings.map { Chosen(file: $0, role: .ratings) })
      return
    }
    let holds = tree.files.prefix(8).map { $0.folder.isEmpty ? $0.name : "\($0.folder)/\($0.name)" }
    throw IngestError.noDataSet(
      path: tree.path, format: wanted, holds: holds + (tree.files.count > 8 ? ["…"] : []))
  }

  /// HetRec's tables come twice, with dates and with timestamps: the latter are enough.
  private static func preferred(_ chosen: [Chosen], _ format: IngestFormat) -> [Chosen] {
    guard format == .hetRec2011, chosen.contains(where: { $0.file.name == "user_taggedmovies-timestamps.dat" }) else {
      return chosen
    }
    return chosen.filter { $0.file.name != "user_taggedmovies.dat" }
  }

  /// The ratings among the files of one folder and their format; nil if there are none.
  private static func match(
    _ files: [DataFile], _ folder: String, in tree: DataTree, format wanted: IngestFormat?, isNear: Bool
  ) throws -> (format: IngestFormat, ratings: [DataFile])? {
    func named(_ name: String) -> DataFile? { files.first { $0.name == name } }
    func allows(_ format: IngestFormat) -> Bool { wanted == nil || wanted == format }

    if allows(.movieLens100k) {
      if let data = named("u.data") { return (.movieLens100k, [data]) }
      let parts = files.filter { file in [".base", ".test", ".data"].contains { file.name.hasSuffix($0) } }
      if named("u.item") != nil || wanted != nil, !parts.isEmpty {
        return (.movieLens100k, [try single(parts, in: tree)])
      }
    }
    if allows(.hetRec2011),
      let ratings = named("user_ratedmovies-timestamps.dat") ?? named("user_ratedmovies.dat")
    {
      return (.hetRec2011, [ratings])
    }
    if allows(.netflixPrize) {
      let combined = files.filter { $0.name.hasPrefix("combined_data") && $0.name.hasSuffix(".txt") }
      if !combined.isEmpty { return (.netflixPrize, combined) }
      let single = files.filter { $0.name.hasPrefix("mv_") && $0.name.hasSuffix(".txt") }
      if !single.isEmpty { return (.netflixPrize, single) }
    }
    if allows(.movieLens1M) || allows(.movieTweetings), let ratings = named("ratings.dat") {
      let format = try wanted ?? IngestFormat(ofRatings: ratings.name, head: ratings.head())
      if let format { return (format, [ratings]) }
    }
    if allows(.trakt), let ratings = named("ratings-movies.json") ?? named("ratings_movies.json") {
      return (.trakt, [ratings])
    }
    if wanted.map({ $0 == .movieLensCSV || $0 == .csv || $0.isPersonal }) ?? true {
      if let ratings = named("ratings.csv") ?? named("ratings.tsv") ?? named("ratings.txt") {
        let head = try ratings.head()
        if let format = wanted ?? IngestFormat(ofRatings: ratings.name, head: head) { return (format, [ratings]) }
        throw unknown(path: tree.displayPath(of: ratings), head: head)
      }
    }
    guard isNear else { return nil }
    return try matchByContent(files, in: tree, format: wanted)
  }

  /// How many files of a folder are looked into.
  private static let maximumLooks = 32

  /// The one file of a folder that looks like ratings.
  private static func matchByContent(
    _ files: [DataFile], in tree: DataTree, format wanted: IngestFormat?
  ) throws -> (format: IngestFormat, ratings: [DataFile])? {
    let tables =
      files.count == 1
      ? files
      : files.filter { file in
        [".csv", ".tsv", ".txt", ".dat", ".json"].contains { file.name.hasSuffix($0) }
          && !IngestFormat.allCases.contains { $0.role(of: file.name) != nil && $0.role(of: file.name) != .ratings }
      }
    var found: [(format: IngestFormat, file: DataFile)] = []
    for file in tables.prefix(maximumLooks) {
      guard let head = try? file.head(), let format = IngestFormat(ofRatings: file.name, head: head) else { continue }
      if wanted == nil || wanted == format || (wanted == .csv && format == .movieLensCSV) {
        found.append((wanted ?? format, file))
      }
    }
    guard let first = found.first else { return nil }
    return (first.format, [try single(found.map(\.file), in: tree)])
  }

  private static func single(_ files: [DataFile], in tree: DataTree) throws -> DataFile {
    if files.count > 1 { throw IngestError.severalDataSets(path: tree.path, candidates: files.map(\.name)) }
    return files[0]
  }
}
