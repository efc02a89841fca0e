import HTTPTypes
import Hummingbird
import Platform
import Publishing
import Site

/// A file response with HTTP metadata: type, caching, validators, ranges (RFC 9110, RFC 9111).
struct FileAnswer: Sendable {
  private enum Content {
    case file(OpenFile)
    case memory(ByteBuffer)
  }

  private var content: Content
  private(set) var size: Int
  private var headers: HTTPFields
  private var tag: String
  private let date: String

  /// - Parameter compressed: the compressed copy, which is sent instead.
  init(_ file: OpenFile, compressed: OpenFile?, path: SitePath) {
    content = .file(compressed ?? file)
    size = (compressed ?? file).size
    tag = Self.tag(of: file.stamp, isCompressed: compressed != nil)
    date = HTTPDate.text(secondsSince1970: file.stamp.modified / 1_000_000_000)
    let name = path.isFolder ? "index.html" : path.parts.last ?? "index.html"
    headers = [
      .contentType: ContentType.of(name), .eTag: tag, .lastModified: date, .acceptRanges: "bytes",
      .vary: "Accept-Encoding",
      .cacheControl: Self.isImmutable(path) ? "public, max-age=31536000, immutable" : "no-cache",
    ]
    if compressed != nil { headers[.contentEncoding] = "gzip" }
    SecurityHeaders.add(to: &headers)
  }

  /// Size and time to the nanosecond: different contents have different tags, and so do compressed copies.
  private static func tag(of stamp: FileStamp, isCompressed: Bool) -> String {
    "\"" + String(stamp.size, radix: 16) + "-" + String(stamp.modified, radix: 16) + (isCompressed ? "-gz\"" : "\"")
  }

  /// Longer files are sent as they are: compressing them would delay other requests.
  private static let longestPacked = 512 << 10

  /// The same, compressed now, if the build left no compressed copy; nil for files that would not become smaller.
  func compressed(_ file: OpenFile, path: SitePath) -> FileAnswer? {
    let name = path.isFolder ? "index.html" : path.parts.last ?? ""
    guard case .file = content, size <= Self.longestPacked, Compression.isWorthwhile(name, size: size) else {
      return nil
    }
    let bytes = file.bytes(0..<size)
    guard bytes.count == size, let packed = Compression.gzipped(bytes), packed.count < size else { return nil }
    var answer = self
    answer.content = .memory(ByteBuffer(bytes: packed))
    answer.size = packed.count
    answer.tag = Self.tag(of: file.stamp, isCompressed: true)
    answer.headers[.eTag] = answer.tag
    answer.headers[.contentEncoding] = "gzip"
    return answer
  }

  /// The same with the file's bytes in memory, to be cached without the open file; nil if they cannot be read completely.
  var inMemory: FileAnswer? {
    guard case .file(let file) = content else { return self }
    let bytes = file.bytes(0..<size)
    guard bytes.count == size else { return nil }
    var answer = self
    answer.content = .memory(ByteBuffer(bytes: bytes))
    return answer
  }

  /// Assets that carry a fingerprint of their content in their name, such as `assets/site.3f2a9c1b.css`.
  static func isImmutable(_ path: SitePath) -> Bool {
    guard path.parts.first == "assets", let name = path.parts.last, path.parts.count > 1 else { return false }
    let pieces = name.utf8.split { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
    return pieces.dropFirst().dropLast().contains { piece in
      piece.count >= 8
        && piece.allSatisfy {
          (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= $0 || (UInt8(ascii: "a")...UInt8(ascii: "f")) ~= $0
        }
    }
  }

  func response(to request: Request) -> Response {
    if isCurrent(request) {
      var headers = headers
      headers[.contentType] = nil
      headers[.contentEncoding] = nil
      headers[.contentLength] = String(size)
      return Response(status: .notModified, headers: headers)
    }
    guard let wanted = range(request) else {
      return response(.ok, headers: headers, range: 0..<size, to: request)
    }
    var headers = headers
    guard let range = wanted.range(size: size) else {
      headers[.contentRange] = "bytes */\(size)"
      return Response(status: .rangeNotSatisfiable, headers: headers)
    }
    headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)"
    return response(.partialContent, headers: headers, range: range, to: request)
  }

  private func response(
    _ status: HTTPResponse.Status, headers: HTTPFields, range: Range<Int>, to request: Request
  ) -> Response {
    switch content {
    case .file(let file): return file.response(status, headers: headers, range: range, to: request)
    case .memory(let buffer):
      guard request.method != .head, let part = buffer.getSlice(at: range.lowerBound, length: range.count) else {
        var headers = headers
        headers[.contentLength] = String(range.count)
        return Response(status: status, headers: headers)
      }
      return Response(status: status, headers: headers, body: .init(byteBuffer: part))
    }
  }

  /// Whether the client already has this version.
  private func isCurrent(_ request: Request) -> Bool {
    if let tags = request.headers[.ifNoneMatch] {
      return tags.split(separator: ",").map { $0.trimmingSpaces }.contains {
        $0 == "*" || $0 == tag || $0 == "W/" + tag
      }
    }
    // The exact date of the earlier response comes back.
    return request.headers[.ifModifiedSince] == date
  }

  /// The requested range, unless it was for another version of the file.
  private func range(_ request: Request) -> ByteRange? {
    if let condition = request.headers[.ifRange], condition != tag { return nil }
    return request.method == .get ? request.headers[.range].flatMap(ByteRange.init) : nil
  }
}

/// A requested byte range. Several at once are answered with the whole file.
enum ByteRange: Equatable {
  case from(Int, through: Int?)
  case last(Int)

  /// - Parameter header: such as `bytes=0-99`, `bytes=100-` or `bytes=-50`.
  init?(_ header: String) {
    guard header.hasPrefix("bytes=") else { return nil }
    let ends = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
    let isNumber = { (text: Substring) in text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= $0 } }
    guard ends.count == 2, ends.allSatisfy(isNumber) else { return nil }
    switch (Int(ends[0]), Int(ends[1])) {
    case (let start?, let end?) where start <= end: self = .from(start, through: end)
    case (let start?, nil) where ends[1].isEmpty: self = .from(start, through: nil)
    case (nil, let count?) where ends[0].isEmpty: self = .last(count)
    default: return nil
    }
  }

  /// The part of a file of `size` bytes; nil if it has none there.
  func range(size: Int) -> Range<Int>? {
    switch self {
    case .from(let start, let end):
      guard start < size else { return nil }
      return start..<(min(end ?? size - 1, size - 1) + 1)
    case .last(let count):
      guard count > 0, size > 0 else { return nil }
      return max(0, size - count)..<size
    }
  }
}

extension Substring {
  fileprivate var trimmingSpaces: Substring {
    var text = self
    while text.first == " " || text.first == "\t" { text.removeFirst() }
    while text.last == " " || text.last == "\t" { text.removeLast() }
    return text
  }
}
