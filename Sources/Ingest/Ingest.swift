package import Ratings

/// Reads rating files.
package enum Ingest {
  /// Reads the data sets at `paths` (folders, files or archives) into one.
  ///
  /// The catalogues are merged. Of several ratings of a movie by a user the latest is kept, and of equally late ones the
  /// one of the later path, or line. Bad lines are skipped and reported; more than one rating line in a hundred of a path bad
  /// (such as one bad line in a file of three) are an error.
  ///
  /// - Throws: `IngestError`, and what `IngestOptions.knownMovies` throws.
  /// - Complexity: O(bytes); memory is that of the data set, whatever the size of the files.
  package static func read(
    _ paths: [String], options: IngestOptions = IngestOptions()
  ) throws -> (dataset: Dataset, report: IngestReport) {
    if paths.isEmpty { throw IngestError.noPaths }
    let selections = try paths.map { try Selection(path: $0, format: options.format) }
    let progress = ProgressMeter(options.progress, totalBytes: selections.reduce(0) { $0 + $1.totalBytes })
    var builder = DatasetBuilder()
    builder.declared = options.scale
    builder.reserve(bytes: selections.reduce(0) { $0 + $1.ratingBytes })
    var people = People()
    var read: Set<String> = []
    for selection in selections {
      let person = try people.person(of: selection, options)
      try builder.read(
        selection, person: person, isStrict: options.isStrict, isAlone: selections.count == 1, done: &read,
        progress: progress)
    }
    if builder.ratingCount == 0, let first = selections.first {
      throw IngestError.noRatings(path: first.tree.path, builder.report)
    }
    for selection in selections { builder.noteParts(of: selection, read: read) }
    builder.report.remarks += people.remarks
    progress.complete()
    if builder.needsCatalogue { builder.knownMovies = try options.knownMovies?() ?? [] }
    if !builder.entries.isEmpty, builder.scale == nil { builder.scale = try options.knownScale?() }
    let (dataset, report) = builder.build()
    try people.check(dataset, options)
    return (dataset, report)
  }

  /// The file at `path` as one person's ratings, with its films as it names them.
  static func read(newcomerAt path: String) throws -> DatasetBuilder {
    let selection = try Selection(newcomerAt: path)
    var builder = DatasetBuilder()
    builder.takesPairs = true
    var read: Set<String> = []
    let person = PersonName(option: nil, content: selection.owner, path: path, format: selection.format)
    try builder.read(
      selection, person: person, isStrict: false, bears: .anything, done: &read,
      progress: ProgressMeter(nil, totalBytes: 0))
    return builder
  }
}

/// The users of the exports.
private struct People {
  /// The paths whose ratings got a default name.
  private var nameless: [String: String] = [:]
  private(set) var remarks: [String] = []

  mutating func person(of selection: Selection, _ options: IngestOptions) throws -> PersonName? {
    let path = selection.tree.path
    let person = PersonName(
      option: options.users[path] ?? options.user, content: selection.owner, path: path, format: selection.format)
    guard selection.format.isPersonal, person.source == .none, selection.format != .netflixPersonal else {
      return person
    }
    if let first = nameless[person.name], first != path {
      throw IngestError.samePerson(first: first, second: path, name: person.name)
    }
    nameless[person.name] = path
    remarks.append(
      "\(path): the owner of these ratings is unknown, so they are added to “\(person.name)”; name another user with --user"
    )
    return person
  }
}

extension People {
  /// Rejects an export without an owner's name if the database has another person's ratings under its default name. A
  /// newer export of the same person has most of the old ratings unchanged; an older one has nothing new.
  fileprivate func check(_ dataset: Dataset, _ options: IngestOptions) throws {
    for (name, path) in nameless.sorted(by: { $0.value < $1.value }) {
      guard let stored = try options.knownRatings?(name), !stored.isEmpty,
        let user = dataset.userIndex(of: SourceID(name))
      else { continue }
      var (count, agreeing) = (0, 0)
      for row in 0..<dataset.ratings.count where dataset.ratings.users[row] == Int32(user) {
        count += 1
        if stored[dataset.movies[Int(dataset.ratings.movies[row])].id] == dataset.ratings.values[row] { agreeing += 1 }
      }
      if agreeing * 2 < stored.count, agreeing < count { throw IngestError.samePersonStored(path: path, name: name) }
    }
  }
}

extension DatasetBuilder {
  /// The tolerance for bad lines.
  fileprivate enum Tolerance {
    /// One in a hundred: beyond that, the format is probably wrong.
    case oneInAHundred
    /// All, as long as there are ratings: the person sees the account of their own file.
    case anything
  }

  /// Reads the files of one path; those in `done` were already read with another path.
  fileprivate mutating func read(
    _ selection: Selection, person: PersonName?, isStrict: Bool, bears tolerance: Tolerance = .oneInAHundred,
    isAlone: Bool = true, done: inout Set<String>, progress: ProgressMeter
  ) throws {
    let tree = selection.tree
    let (firstRating, firstRow) = (ratingCount, rowCount)
    let firstFile = report.files.count
    report.sources.append(.init(path: tree.path, format: selection.format))
    report.addSkipped(
      "unfinished downloads in \(tree.path) (\(selection.unfinished.joined(separator: ", ")))",
      count: selection.unfinished.count)
    let files = selection.files.filter { $0.role == .ratings || done.insert(tree.displayPath(of: $0.file)).inserted }
    for file in files { done.insert(tree.displayPath(of: file.file)) }
    try tree.open(files.map(\.file), progress: progress) { number, stream in
      let chosen = files[number]
      let file = try OpenFile(path: tree.displayPath(of: chosen.file), format: selection.format, stream: stream)
      try read(file, as: chosen.role, person: person)
    }
    if isStrict, report.badLineCount > 0 { throw IngestError.badLines(report) }
    let accounts = report.files[firstFile...]
    let lines = accounts.reduce(0) { $0 + $1.lines }
    let bad = accounts.reduce(0) { $0 + $1.bad }
    if tolerance == .oneInAHundred, bad * 100 > lines {
      throw IngestError.tooManyBadLines(path: tree.path, bad: bad, of: lines, report)
    }
    // Facts about the films of other paths need no ratings of their own.
    let addsFilms = !isAlone && bad == 0 && files.contains { $0.role == .movies }
    if ratingCount == firstRating, !addsFilms { throw IngestError.noRatings(path: tree.path, report) }
    if ratingCount >= Int(Int32.max) { throw IngestError.tooManyRatings(path: tree.path) }
    finishSource(selection.format, rowsFrom: firstRow, filesFrom: firstFile)
  }

  /// Remarks on siblings of a named file that look like parts of the same table, and on tables in a folder with ratings that
  /// are not read.
  fileprivate mutating func noteParts(of selection: Selection, read: Set<String>) {
    let folder = selection.tree.path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let isUnread = { (name: String) in
      !read.contains { $0.lowercased().hasSuffix("/" + name.lowercased()) || $0.lowercased() == name.lowercased() }
    }
    let overlooked = selection.overlooked.filter(isUnread)
    if let first = overlooked.first {
      let names = overlooked.prefix(4).joined(separator: ", ") + (overlooked.count > 4 ? ", …" : "")
      report.remarks.append(
        "\(selection.tree.path): files with ratings that were not read: \(names); name each that should be read too, such as \(selection.tree.path)/\(first)"
      )
    }
    let rest = selection.besides.filter(isUnread)
    guard !rest.isEmpty else { return }
    report.remarks.append(
      "\(selection.tree.path): next to it are \(rest.prefix(4).joined(separator: ", "))\(rest.count > 4 ? ", …" : "") with the same columns, "
        + "which are not read; name the folder \(folder.isEmpty ? "." : folder.joined(separator: "/")) or all of the files to read them all"
    )
  }
}
