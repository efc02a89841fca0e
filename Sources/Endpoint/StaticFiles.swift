import HTTPTypes
import Hummingbird
import Publishing
import Settings
import Site

/// Serves files of the site.
struct StaticFiles: Sendable {
  let folder: StaticFolder
  /// The site while it is being edited, instead of the folder.
  private let watch: WatchedSite?
  private let cache = FileCache()
  /// The path of the site on its host: "/" or "/films/".
  let base: String

  init(folder: StaticFolder, base: String = "/", watch: WatchedSite? = nil) {
    self.folder = folder
    self.base = base
    self.watch = watch
  }

  /// - Parameters:
  ///   - target: that of the request; nil if invalid.
  ///   - peer: the client's address.
  func response(to request: Request, at target: RequestTarget?, peer: @autoclosure () -> String) -> Response {
    if let watch { return watch.response(to: request, asker: Asker(NetworkAddress(peer()))) }
    guard request.method == .get || request.method == .head else {
      return Response(status: .methodNotAllowed, headers: [.allow: "GET, HEAD"])
    }
    guard let target else { return notFound(request) }
    // Ranges count the bytes of the file itself.
    let takesGzip = request.headers[.range] == nil && AcceptedCoding.takesGzip(request.headers[.acceptEncoding])
    let key = FileCache.Key(file: target.file, takesGzip: takesGzip)
    if let known = cache.answer(key, freshness: target.listsMembers ? .zero : FileCache.freshness) {
      return known.response(to: request)
    }
    let path = target.path
    let entry: StaticFolder.Entry?
    do {
      entry = try folder.entry(at: path, takesGzip: takesGzip)
    } catch {
      return Response(status: .serviceUnavailable, headers: [.retryAfter: "2", .cacheControl: "no-store"])
    }
    if path.parts.isEmpty, !path.isFolder { return redirection(to: path) }
    switch entry {
    case .file(let file, let compressed):
      let plain = FileAnswer(file, compressed: compressed, path: path)
      let answer = takesGzip && compressed == nil ? plain.compressed(file, path: path) ?? plain : plain
      return cache.keep(
        answer, of: key, at: folder.path + "/" + target.file, file: file.stamp, compressed: compressed?.stamp
      ).response(to: request)
    case .folder: return redirection(to: path)
    case nil: return notFound(request)
    }
  }

  /// The bytes of a text file of the site as built, and its name; nil if missing or not text.
  func content(at path: SitePath) -> (bytes: [UInt8], name: String)? {
    let name = path.isFolder ? "index.html" : path.parts.last ?? ""
    guard [".html", ".json", ".xml"].contains(where: { name.lowercased().hasSuffix($0) }),
      case .file(let file, _)? = try? folder.entry(at: path, takesGzip: false)
    else { return nil }
    let bytes = file.bytes(0..<file.size)
    return bytes.count == file.size ? (bytes, name) : nil
  }

  /// Whether a path names a file, as far as known.
  func isThere(_ path: SitePath) -> Bool {
    do {
      if case .file? = try folder.entry(at: path, takesGzip: false) { return true }
      return false
    } catch {
      return true
    }
  }

  /// Redirects to the same path with a trailing slash.
  private func redirection(to path: SitePath) -> Response {
    let target = base + path.asFolderTarget.dropFirst()
    return Response(status: .movedPermanently, headers: [.location: target, .cacheControl: "no-cache"])
  }

  func notFound(_ request: Request) -> Response {
    let headers: HTTPFields = [.contentType: ContentType.of("404.html"), .cacheControl: "no-cache"]
    guard let page = folder.notFoundPage else {
      return Response(
        status: .notFound, headers: headers,
        body: .init(byteBuffer: ByteBuffer(string: "<!DOCTYPE html><title>Not found</title>Not found\n")))
    }
    return page.response(.notFound, headers: headers, range: 0..<page.size, to: request)
  }
}

extension OpenFile {
  /// The size of a read.
  private static var blockSize: Int { 256 * 1024 }

  /// A response with the bytes of `range`; without them to a HEAD request.
  func response(
    _ status: HTTPResponse.Status, headers: HTTPFields, range: Range<Int>, to request: Request
  ) -> Response {
    guard request.method != .head else {
      var headers = headers
      headers[.contentLength] = String(range.count)
      return Response(status: status, headers: headers)
    }
    if range.count <= Self.blockSize {
      return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes(range))))
    }
    let body = ResponseBody(contentLength: range.count) { writer in
      var start = range.lowerBound
      while start < range.upperBound {
        let block = self.bytes(start..<min(start + Self.blockSize, range.upperBound))
        // A file that was truncated while it was sent: the connection ends early, so that the client notices.
        guard !block.isEmpty else { throw EndpointError.failed(reason: "a file became shorter") }
        try await writer.write(ByteBuffer(bytes: block))
        start += block.count
      }
      try await writer.finish(nil)
    }
    return Response(status: status, headers: headers, body: body)
  }
}
