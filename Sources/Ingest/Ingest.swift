public import Ratings

/// Reads rating files.
public enum Ingest {
  /// Reads the data sets at `paths` (folders, files or archives) into one.
  ///
  /// The catalogues are united. Of several ratings of a movie by a user the latest stays, and of equally late ones the
  /// one of the later path. Bad lines are skipped and reported; more than one rating line in a hundred of a path bad
  /// (so one bad line in a file of three) fails.
  ///
  /// - Throws: `IngestError`.
  /// - Complexity: O(bytes); memory is that of the data set, whatever the size of the files.
  public static func read(
    _ paths: [String], options: IngestOptions = IngestOptions()
  ) throws -> (dataset: Dataset, report: IngestReport) {
    if paths.isEmpty { throw IngestError.noPaths }
    let selections = try paths.map { try Selection(path: $0, format: options.format) }
    let progress = ProgressMeter(options.progress, totalBytes: selections.reduce(0) { $0 + $1.totalBytes })
    var builder = DatasetBuilder()
    builder.exportUser = options.exportUser
    builder.reserve(bytes: selections.reduce(0) { $0 + $1.ratingBytes })
    for selection in selections { try builder.read(selection, isStrict: options.isStrict, progress: progress) }
    progress.complete()
    return builder.build()
  }

  /// The films of the personal export at `path`; nil if it is something else.
  ///
  /// - Throws: `IngestError` where it is an export that cannot be read.
  public static func personalExport(_ path: String) throws -> (films: [ExportedFilm], report: IngestReport)? {
    guard let selection = try? Selection(path: path, format: nil), selection.format.isPersonal else { return nil }
    var builder = DatasetBuilder()
    try builder.read(selection, isStrict: false, progress: ProgressMeter(nil, totalBytes: 0))
    return (builder.exports.flatMap(\.films), builder.report)
  }
}

extension DatasetBuilder {
  /// How many rating lines there are for each bad one that is borne.
  private static let linesPerBadLine = 100

  fileprivate mutating func read(_ selection: Selection, isStrict: Bool, progress: ProgressMeter) throws {
    let tree = selection.tree
    let firstRating = ratingCount
    let before = report
    report.sources.append(.init(path: tree.path, format: selection.format))
    try tree.open(selection.files.map(\.file), progress: progress) { number, stream in
      let chosen = selection.files[number]
      let file = OpenFile(path: tree.displayPath(of: chosen.file), format: selection.format, stream: stream)
      try read(file, as: chosen.role)
    }
    if isStrict, report.badLineCount > 0 { throw IngestError.badLines(report) }
    let lines = report.ratingLines - before.ratingLines
    let bad = report.badRatingLines - before.badRatingLines
    if bad * Self.linesPerBadLine > lines {
      throw IngestError.tooManyBadLines(path: tree.path, bad: bad, of: lines, report)
    }
    if ratingCount == firstRating { throw IngestError.noRatings(path: tree.path, report) }
    if ratingCount >= Int(Int32.max) { throw IngestError.tooManyRatings(path: tree.path) }
    finishSource(selection.format, ratingsFrom: firstRating)
  }
}
