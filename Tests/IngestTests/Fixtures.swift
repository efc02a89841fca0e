import Ingest
import Ratings
import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Reads `path` and checks that what comes out is sound.
func ingest(
  _ paths: String..., format: IngestFormat? = nil, isStrict: Bool = false,
  sourceLocation: SourceLocation = #_sourceLocation
) throws -> (dataset: Dataset, report: IngestReport) {
  let result = try Ingest.read(paths, options: IngestOptions(format: format, isStrict: isStrict))
  #expect(result.dataset.invariantViolations.isEmpty, sourceLocation: sourceLocation)
  return result
}

/// The error of reading `path`; nil, and a failed test, if there is none.
func ingestError(
  _ paths: String..., format: IngestFormat? = nil, isStrict: Bool = false,
  sourceLocation: SourceLocation = #_sourceLocation
) -> IngestError? {
  #expect(throws: IngestError.self, sourceLocation: sourceLocation) {
    try Ingest.read(paths, options: IngestOptions(format: format, isStrict: isStrict))
  }
}

/// A rating in the words of its data set.
struct Line: Hashable, CustomStringConvertible {
  let user: SourceID
  let movie: SourceID
  let value: Float
  let time: UInt32

  init(_ user: SourceID, _ movie: SourceID, _ value: Float, _ time: UInt32) {
    (self.user, self.movie, self.value, self.time) = (user, movie, value, time)
  }

  init(_ user: Int64, _ movie: Int64, _ value: Float, _ time: UInt32) {
    self.init(.number(user), .number(movie), value, time)
  }

  var description: String { "\(user),\(movie),\(value),\(time)" }
}

extension Dataset {
  /// The ratings in the words of the data set.
  var lines: [Line] { lines(ratings) }

  func lines(_ table: RatingTable) -> [Line] {
    (0..<table.count).map {
      Line(users[Int(table.users[$0])].id, movies[Int(table.movies[$0])].id, table.values[$0], table.times[$0])
    }
  }

  func movie(_ id: SourceID) -> Movie? { movieIndex(of: id).map { movies[$0] } }
  func movie(_ number: Int64) -> Movie? { movie(.number(number)) }
  func user(_ number: Int64) -> User? { userIndex(of: .number(number)).map { users[$0] } }

  /// Tags as "user/movie/text/time".
  var tagWords: [String] {
    tags.map { tag in
      "\(tag.user < 0 ? "-" : users[Int(tag.user)].id.description)/\(movies[Int(tag.movie)].id)/\(tag.text)/\(tag.time)"
    }
  }
}

/// Text as Latin-1.
func latin1(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } }

/// A small MovieLens set as CSV.
enum SmallSet {
  static let ratings = "userId,movieId,rating,timestamp\n1,10,4.0,100\n1,20,3.5,200\n2,10,0.5,300\n"
  static let movies = """
    movieId,title,genres
    10,"Matrix, The (1999)",Action|Sci-Fi
    20,Heat (1995),Crime
    30,Unseen (2001),(no genres listed)

    """
  static let links = "movieId,imdbId,tmdbId\n10,0133093,603\n20,0113277,\n"
  static let tags = "userId,movieId,tag,timestamp\n1,10,\"bullet, time\",5\n"

  static let files = [
    "ratings.csv": ratings, "movies.csv": movies, "links.csv": links, "tags.csv": tags, "README.txt": "About.\n",
  ]

  @discardableResult
  static func write(to folder: TemporaryFolder, under name: String = "set") throws -> String {
    for (file, text) in files { try folder.write(text, to: "\(name)/\(file)") }
    return folder.path(name)
  }

  static let lines = [Line(1, 10, 4, 100), Line(1, 20, 3.5, 200), Line(2, 10, 0.5, 300)]
}
