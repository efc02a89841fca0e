extension Selection {
  /// Finds the data set in a folder or an archive.
  init(searching tree: DataTree, format wanted: IngestFormat?) throws {
    let isArchive = if case .archive = tree.container { true } else { false }
    let paths = tree.files.map { $0.folder.isEmpty ? $0.writtenName : "\($0.folder)/\($0.writtenName)" }
    if isArchive, let content = ForeignContent(entries: paths) {
      throw IngestError.foreignContent(path: tree.path, content)
    }
    // Deleted, listed or liked films are not ratings.
    let skipped = FormatKnowledge.known.skippedFolders
    let kept = tree.files.filter { !$0.folder.split(separator: "/").contains { skipped.contains($0.lowercased()) } }
    let finished = kept.filter { !ForeignContent.isUnfinished($0.writtenName) }
    let folders = Dictionary(grouping: TableParts.joining(finished), by: \.folder)
    let byDepth = Dictionary(grouping: folders.keys) { $0.isEmpty ? 0 : $0.split(separator: "/").count }
    // A folder may have files only in subfolders, so depths may be missing.
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
      if first.format.isPersonal { owner = Self.owner(in: tree) }
      // A service's export has other tables, such as a diary, that are known not to be read.
      if first.format == .csv || first.format == .movieLensCSV {
        overlooked = Self.tablesOfRatings(
          among: about.filter { file in
            Self.isTable(file) && !files.contains { $0.file.name == file.name }
          }
        )
        .map(\.file.writtenName)
      }
      unfinished = kept.map(\.writtenName).filter(ForeignContent.isUnfinished)
      return
    }
    if ParquetReader.installed == nil, let file = finished.first(where: \.isParquet) {
      throw IngestError.foreignContent(path: tree.displayPath(of: file), .parquet)
    }
    if !isArchive, let error = Self.archives(in: tree) ?? Self.foreign(in: tree) { throw error }
    if finished.isEmpty, !kept.isEmpty { throw IngestError.foreignContent(path: tree.path, .unfinished) }
    let holds = tree.files.prefix(8).map { $0.folder.isEmpty ? $0.name : "\($0.folder)/\($0.name)" }
    throw IngestError.noDataSet(
      path: tree.path, format: wanted, holds: holds + (tree.files.count > 8 ? ["…"] : []))
  }

  /// The user's name in a file of the export.
  private static func owner(in tree: DataTree) -> String? {
    tree.files.lazy.filter { file in FormatKnowledge.known.owners.contains { $0.file == file.name } }
      .compactMap { file in (try? file.head()).flatMap { OwnerFile.owner(in: file.name, head: $0) } }.first
  }

  /// A folder of archives, each of which is a data set.
  private static func archives(in tree: DataTree) -> IngestError? {
    let found = tree.files.filter { file in
      guard case .disk(let path) = file.place else { return false }
      let head = (try? PlainFile.head(path: path, count: Archive.signatureLength)) ?? []
      return Archive.kind(ofFile: path, head: head) != nil
    }
    guard !found.isEmpty else { return nil }
    return .archives(path: tree.path, found.map(\.writtenName))
  }

  /// A folder with one file that does not contain ratings.
  private static func foreign(in tree: DataTree) -> IngestError? {
    for file in tree.files.prefix(maximumLooks) {
      guard case .disk(let path) = file.place, let head = try? file.head() else { continue }
      if let content = ForeignContent(name: file.name, head: head) { return .foreignContent(path: path, content) }
    }
    return nil
  }

  /// HetRec has each table twice, with dates and with timestamps: the latter suffice.
  private static func preferred(_ chosen: [Chosen], _ format: IngestFormat) -> [Chosen] {
    guard format == .hetRec2011, chosen.contains(where: { $0.file.name == "user_taggedmovies-timestamps.dat" }) else {
      return chosen
    }
    return chosen.filter { $0.file.name != "user_taggedmovies.dat" }
  }

  /// The ratings among the files of one folder and their format; nil if there are none.
  static func match(
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
    if allows(.recBole) {
      let tables = files.filter { $0.name.hasSuffix(".inter") }
      if !tables.isEmpty { return (.recBole, try oneTable(tables, in: tree)) }
    }
    if allows(.trakt) {
      let pages = files.filter { IngestFormat.isPage($0.name) }
      if !pages.isEmpty { return (.trakt, pages) }
    }
    if wanted.map(\.isNamedTable) ?? true {
      let first = FormatKnowledge.known.ratingsFirst.lazy.compactMap(named).first
      if let ratings = first {
        let head = try ratings.head()
        guard let format = wanted ?? IngestFormat(ofRatings: ratings.name, head: head) else {
          throw unknown(path: tree.displayPath(of: ratings), head: head)
        }
        return (format, TableParts.parts(with: ratings, among: files))
      }
    }
    guard isNear else { return nil }
    return try matchByContent(files, in: tree, format: wanted)
  }

  /// The number of files in a folder that are examined.
  private static let maximumLooks = 32

  /// The files of one table in a folder that look like ratings.
  private static func matchByContent(
    _ files: [DataFile], in tree: DataTree, format wanted: IngestFormat?
  ) throws -> (format: IngestFormat, ratings: [DataFile])? {
    let tables = files.count == 1 ? files : files.filter(isTable)
    let found = tablesOfRatings(among: tables).compactMap { format, file -> (format: IngestFormat, file: DataFile)? in
      guard wanted == nil || wanted == format || (wanted == .csv && format == .movieLensCSV) else { return nil }
      return (wanted ?? format, file)
    }
    guard let first = found.first else { return nil }
    // The same columns in more files than are examined.
    let rest = tables.dropFirst(maximumLooks).filter {
      TableParts.key(of: $0.name) == TableParts.key(of: first.file.name)
    }
    return (first.format, try oneTable(found.map(\.file) + rest, in: tree))
  }

  /// Whether a file's name is that of a table that may hold ratings.
  private static func isTable(_ file: DataFile) -> Bool {
    tableEndings.contains { file.name.hasSuffix($0) }
      && !FormatKnowledge.known.skippedFiles.contains(
        FormatKnowledge.normalized(String(file.name.prefix { $0 != "." })))
      && !IngestFormat.allCases.contains { $0.role(of: file.name) != nil && $0.role(of: file.name) != .ratings }
  }

  /// The tables of ratings among the first files of a folder, by their content.
  private static func tablesOfRatings(among files: [DataFile]) -> [(format: IngestFormat, file: DataFile)] {
    files.prefix(maximumLooks).compactMap { file in
      guard let head = try? file.head(), let format = IngestFormat(ofRatings: file.name, head: head) else { return nil }
      return (format, file)
    }
  }

  private static let tableEndings = [".csv", ".tsv", ".txt", ".dat", ".json", ".jsonl", ".ndjson"]

  /// The files of one table.
  private static func oneTable(_ files: [DataFile], in tree: DataTree) throws -> [DataFile] {
    if files.count > 1, TableParts.areOne(files) { return files.sorted { $0.name < $1.name } }
    return [try single(files, in: tree)]
  }

  private static func single(_ files: [DataFile], in tree: DataTree) throws -> DataFile {
    if files.count > 1 { throw IngestError.severalDataSets(path: tree.path, candidates: files.map(\.name)) }
    return files[0]
  }
}
