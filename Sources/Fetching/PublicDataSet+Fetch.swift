public import Web

extension PublicDataSet {
  /// What fetching did.
  public enum Outcome: Equatable, Sendable {
    case fetched
    /// The archive was there, and its checksum is right.
    case present
  }

  /// Fetches the archive into a folder, unless it is there already and right.
  ///
  /// - Parameters:
  ///   - mirror: an address that has the publisher's tree below it; nil for the publisher's own.
  ///   - progress: hears how many bytes are there of how many (0 where unknown).
  /// - Throws: `WebError`; a download that broke off is gone on with the next time.
  public func fetch(
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
