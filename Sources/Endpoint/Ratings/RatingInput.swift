import HTTPTypes
import Ratings
import Site
import Store

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Incoming ratings: JSON or CSV, one or many. Everything is checked before anything is stored.
struct RatingInput {
  let scale: RatingScale
  /// The most ratings of one request.
  let limit: Int

  typealias Rating = (movie: SourceID, stars: Float?)

  /// An object `{"movie", "stars"}`, a list of them, or `{"ratings": [...]}`; null stars withdraw a rating.
  func json(_ bytes: [UInt8]) throws -> [Rating] {
    let body = try Self.decoded(SubmittedRatings.self, bytes)
    return try checked(body.ratings.map { ($0.movie.id, $0.stars) })
  }

  /// `{"stars": 4.5}`.
  func stars(_ bytes: [UInt8]) throws -> Float {
    try stars(Self.decoded(StarsBody.self, bytes).stars)
  }

  private static func decoded<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8]) throws -> Value {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw Problem(.badRequest, "the text is not UTF-8; send it as UTF-8")
    }
    do {
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch {
      throw Self.unreadable(error)
    }
  }

  /// Whether a body is lines `movie,rating` as `csv` reads them, not an export from another site: its first line has an id of
  /// this site and a number, or begins with "movie" and "rating".
  static func isPlain(_ bytes: [UInt8]) -> Bool {
    // Only the first line is checked, and as bytes: other requests wait meanwhile.
    let isEnd = { (byte: UInt8) in byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
    let line = bytes.drop(while: isEnd).prefix { !isEnd($0) }
    guard !line.isEmpty else { return true }
    let fields = line.split(separator: UInt8(ascii: ","), maxSplits: 2, omittingEmptySubsequences: false).map {
      trimmed($0)
    }
    if fields.count < 2 { return !line.contains(UInt8(ascii: ";")) && !line.contains(UInt8(ascii: "\t")) }
    let names = fields.map { $0.lowercased() }
    if names[0].hasPrefix("movie") { return ["rating", "stars"].contains(names[1]) }
    return Double(fields[1]) != nil || fields.count == 2 && Double(fields[0]) != nil
  }

  /// Lines `movie,rating`, with or without a header; further columns are ignored.
  func csv(_ bytes: [UInt8]) throws -> [Rating] {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw Problem(.badRequest, "the text is not UTF-8; save it as UTF-8")
    }
    var rows: [(SourceID, Double?)] = []
    var errors: [String] = []
    // As bytes: in untrusted text a single character can be as long as the text, which would make this quadratic.
    for (number, line) in Self.lines(bytes).enumerated() {
      let fields = line.split(separator: UInt8(ascii: ","), maxSplits: 2, omittingEmptySubsequences: false).map {
        Self.trimmed($0)
      }
      if fields == [""] || number == 0 && fields[0].lowercased().hasPrefix("movie") { continue }
      guard fields.count >= 2, let stars = Double(fields[1]), stars.isFinite, let movie = Self.movie(fields[0]) else {
        errors.append("line \(number + 1) is not “movie,rating”")
        if errors.count == 20 { break }
        continue
      }
      rows.append((movie, stars))
      if rows.count > limit { break }
    }
    guard errors.isEmpty else {
      throw Problem(.unprocessableContent, "nothing was saved; fix these lines and send them again", errors: errors)
    }
    return try checked(rows)
  }

  /// A movie's id from a path or a form; nil if invalid.
  static func movie(_ text: String) -> SourceID? {
    let isValid = (1...SourceID.maximumLength).contains(text.utf8.count) && text.utf8.allSatisfy { $0 >= 0x20 }
    return isValid ? SourceID(text) : nil
  }

  /// Stars from a number: on the scale, and on one of its steps.
  func stars(_ number: Double) throws -> Float {
    let place = (number - Double(scale.minimum)) / Double(scale.step)
    let step = place.rounded()
    guard number.isFinite, abs(place - step) < 1e-3, step >= 0, step < Double(scale.levelCount) else {
      throw Problem(
        .unprocessableContent,
        "stars go from \(scale.minimum) to \(scale.maximum) in steps of \(scale.step)"
      ) { [scale] texts in
        texts(
          .problemStars,
          [
            "lowest": texts.short(Double(scale.minimum)), "highest": texts.short(Double(scale.maximum)),
            "step": texts.short(Double(scale.step)),
          ])
      }
    }
    // The exact step: values next to it would be different ratings.
    return scale.value(ofLevel: Int(step))
  }

  private func checked(_ ratings: [(movie: SourceID, stars: Double?)]) throws -> [Rating] {
    guard ratings.count <= limit else {
      throw Problem(.contentTooLarge, "one request takes at most \(limit) ratings; send them in parts")
    }
    guard !ratings.isEmpty else { throw Problem(.unprocessableContent, "there is no rating in the request") }
    var errors: [String] = []
    var places: [SourceID: Int] = [:]
    var result: [Rating] = []
    for rating in ratings {
      do {
        let stars = try rating.stars.map { try self.stars($0) }
        // Of several ratings of a movie the last counts.
        if let place = places[rating.movie] {
          result[place].stars = stars
        } else {
          places[rating.movie] = result.count
          result.append((rating.movie, stars))
        }
      } catch let problem as Problem {
        errors.append("movie \(rating.movie): \(problem.detail)")
        if errors.count == 20 { break }
      }
    }
    guard errors.isEmpty else {
      throw Problem(.unprocessableContent, "nothing was saved; fix these ratings and send them again", errors: errors)
    }
    return result
  }

  private static func unreadable(_ error: any Error) -> Problem {
    switch error {
    case DecodingError.dataCorrupted(let context) where context.codingPath.isEmpty:
      Problem(.badRequest, "the body is not JSON")
    case DecodingError.keyNotFound(let key, _):
      Problem(.unprocessableContent, "“\(key.stringValue)” is missing")
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
      DecodingError.dataCorrupted(let context):
      Problem(
        .unprocessableContent,
        "“\(context.codingPath.map(\.stringValue).joined(separator: "."))” is not what it should be")
    default: Problem(.badRequest, "the body is not JSON")
    }
  }

  /// Lines end with CR, LF or both.
  private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    let (feed, carriage) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
    var lines: [ArraySlice<UInt8>] = []
    var start = bytes.startIndex
    for index in bytes.indices where bytes[index] == feed || bytes[index] == carriage {
      let isSecond = bytes[index] == feed && index > 0 && bytes[index - 1] == carriage
      if !isSecond { lines.append(bytes[start..<index]) }
      start = index + 1
    }
    return lines + [bytes[start...]]
  }

  /// Trimmed of spaces, quotation marks and a byte order mark.
  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
    let (blank, quote) = (UInt8(ascii: " "), UInt8(ascii: "\""))
    var bytes = bytes
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { bytes = bytes.dropFirst(3) }
    while let first = bytes.first, first == blank || first == quote { bytes = bytes.dropFirst() }
    while let last = bytes.last, last == blank || last == quote { bytes = bytes.dropLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
