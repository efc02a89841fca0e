/// A film as a personal export of a film site names it, with what its owner thought of it.
public struct ExportedFilm: Equatable, Sendable {
  public var title: String
  public var year: Int?
  /// "tt0114709", where the site tells.
  public var imdbID: String?
  public var tmdbID: Int?
  public var genres: [String] = []
  public var directors: [String] = []
  /// From 0.5 to 5 in halves; ten-point sites are halved.
  public var stars: Float
  /// Seconds since 1970; 0 where unknown.
  public var time: UInt32 = 0
}

/// One person's ratings out of one export.
struct PersonalExport {
  /// The name in the export, or that of its format.
  var user: String
  var films: [ExportedFilm] = []
}
