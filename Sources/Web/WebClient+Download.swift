extension WebClient {
  /// Downloads a file: into `path.part` first, resuming an earlier attempt, and under its name only when it is
  /// complete and its checksum is right.
  ///
  /// - Parameters:
  ///   - checksum: from the publisher; nil if there is none.
  ///   - limit: the most bytes that are accepted.
  ///   - progress: called with the number of bytes so far and in total (0 if unknown).
  /// - Throws: `WebError`; the partial file stays for the next attempt, unless the checksum is wrong.
  package func download(
    _ url: String, to path: String, checksum: Checksum?, limit: Int = WebClient.largestFile,
    progress: (_ bytes: Int, _ total: Int) -> Void
  ) throws(WebError) {
    let partial = path + ".part"
    var attempt = 0
    while true {
      do throws(WebError) {
        try downloadOnce(url, to: partial, limit: limit, progress: progress)
        break
      } catch {
        guard Self.isPassing(error), attempt < retries else { throw error }
        wait(Self.pause(attempt))
        attempt += 1
      }
    }
    if let checksum {
      let found = try checksum.digits(ofFile: partial)
      guard found == checksum.digits else {
        FileBytes.remove(partial)
        throw .checksum(url: url, expected: checksum.digits, found: found)
      }
    }
    try FileBytes.move(partial, to: path)
  }

  private static func isPassing(_ error: WebError) -> Bool {
    switch error {
    case .failed: true
    case .status(_, let code, _): code == 429 || code >= 500
    default: false
    }
  }

  private func downloadOnce(
    _ url: String, to partial: String, limit: Int, progress: (_ bytes: Int, _ total: Int) -> Void
  ) throws(WebError) {
    let file = try GrowingFile(partial)
    var request = WebRequest(url)
    request.resumeFrom = file.size
    var total = 0
    var excerpt: [UInt8] = []
    var isFirst = true
    var isWritten = true
    var isTooLarge = false
    let response = try exchange(request) { response, bytes in
      guard (200..<300).contains(response.status) else {
        excerpt += bytes.prefix(max(0, 200 - excerpt.count))
        return true
      }
      if isFirst {
        isFirst = false
        // A server that cannot resume starts again from the beginning.
        if response.status != 206 { file.clear() }
        let length = response.headers["content-length"].flatMap { Int($0) } ?? -1
        isTooLarge = length > limit || file.size > limit
        total = length >= 0 && !isTooLarge ? file.size + length : 0
      }
      isTooLarge = isTooLarge || file.size + bytes.count > limit
      guard !isTooLarge else { return false }
      isWritten = file.append(bytes)
      progress(file.size, total)
      return isWritten
    }
    if isTooLarge {
      file.clear()
      throw .tooLarge(url: request.shownURL, bytes: limit)
    }
    // 416: the file is already complete.
    if response.status == 416, request.resumeFrom > 0 {
      let whole = response.headers["content-range"].flatMap { $0.split(separator: "/").last }.flatMap { Int($0) }
      if whole == request.resumeFrom { return }
      file.clear()
      throw .failed(url: request.shownURL, reason: "the file on the server has changed since the download began")
    }
    guard (200..<300).contains(response.status) else {
      var failed = response
      failed.body = excerpt
      throw failed.error(of: request)
    }
    try file.finish()
    if total > 0, file.size < total {
      throw .failed(url: request.shownURL, reason: "the connection ended after \(file.size) of \(total) bytes")
    }
  }
}
