package import Web

extension PublicDataSet {
  /// The outcome of fetching.
  package enum Outcome: Equatable, Sendable {
    case fetched
    /// The archive existed, with the right checksum.
    case present
  }

  /// Downloads the archive into a folder, unless it is already there with the right checksum.
  ///
  /// - Parameters:
  ///   - mirror: the base address of a mirror of the publisher's files; nil for the publisher's own.
  ///   - progress: called with the number of bytes so far and in total (0 if unknown).
  /// - Throws: `WebError`; an interrupted download is resumed the next time.
  package func fetch(
    into folder: String, mirror: String? = nil, client: WebClient, progress: (_ bytes: Int, _ total: Int) -> Void
  ) throws(WebError) -> Outcome {
    var base = mirror ?? Self.publisher
    while base.hasSuffix("/") { base.removeLast() }
    let url = "\(base)/\(path)"
    let target = "\(folder)/\(archive)"
    var wanted = checksum.flatMap { Checksum($0) }
    if wanted == nil, hasChecksumFile {
      guard let told = Checksum(try client.require(WebRequest(url + ".md5")).text) else {
        throw .noChecksum(url: url + ".md5")
      }
      wanted = told
    }
    if let wanted, let found = try? wanted.digits(ofFile: target), found == wanted.digits { return .present }
    try client.download(url, to: target, checksum: wanted, progress: progress)
    return .fetched
  }
}
