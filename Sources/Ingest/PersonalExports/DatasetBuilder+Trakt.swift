#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension DatasetBuilder {
  /// An entry of Trakt's `ratings-movies.json`.
  private struct TraktEntry: Decodable {
    struct Film: Decodable {
      struct IDs: Decodable {
        var imdb: String?
        var tmdb: Int?
      }
      var title: String?
      var year: Int?
      var ids: IDs?
    }
    var rated_at: String?
    var rating: Float?
    var movie: Film?
  }

  /// Reads Trakt's ratings, a JSON array; shows and episodes are left out.
  mutating func readTrakt(_ file: OpenFile, into export: inout PersonalExport) throws {
    let bytes = try file.stream.all(limit: Self.largestExport, path: file.path)
    let decoder = JSONDecoder()
    var others = 0
    for (range, line) in Self.elements(of: bytes) {
      report.ratingLines += 1
      do throws(LineFlaw) {
        let data = Data(bytes[range])
        let decoded: TraktEntry?
        do { decoded = try decoder.decode(TraktEntry.self, from: data) } catch { decoded = nil }
        guard let entry = decoded else { throw .notTrakt }
        guard let film = entry.movie, let rating = entry.rating, rating != 0 else {
          others += 1
          continue
        }
        guard let stars = try Self.stars("\(rating)", outOf: 10) else { continue }
        let title = Text.decoded(Array((film.title ?? "").utf8))
        let imdb = film.ids?.imdb.flatMap(Text.imdbID)
        if title.isEmpty, imdb == nil { throw .emptyID(.movie) }
        if title.utf8.count > Catalogue.maximumTitleLength { throw .longTitle(title.utf8.count) }
        export.films.append(
          ExportedFilm(
            title: title, year: film.year, imdbID: imdb, tmdbID: film.ids?.tmdb, stars: stars,
            time: try Self.exportTime(entry.rated_at ?? "")))
      } catch {
        report.addBadLine(error, file: file.path, line: line, isRating: true)
      }
    }
    report.addSkipped("entries of \(file.path) that are no films", count: others)
  }

  /// The largest export that is read, in bytes: a hundred thousand films and more.
  private static let largestExport = 1 << 26

  /// Where the objects of a JSON array stand, and the line in which each begins.
  private static func elements(of bytes: [UInt8]) -> [(range: Range<Int>, line: Int)] {
    var result: [(Range<Int>, Int)] = []
    var depth = 0
    var line = 1
    var start = (index: 0, line: 1)
    var isText = false
    var isEscaped = false
    for (index, byte) in bytes.enumerated() {
      if byte == 0x0a { line += 1 }
      if isText {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isText = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isText = true
      case UInt8(ascii: "{"):
        if depth == 0 { start = (index, line) }
        depth += 1
      case UInt8(ascii: "}"):
        depth -= 1
        if depth == 0 { result.append((start.index..<index + 1, start.line)) }
        depth = max(0, depth)
      default: continue
      }
    }
    if depth > 0 { result.append((start.index..<bytes.count, start.line)) }
    return result
  }
}
