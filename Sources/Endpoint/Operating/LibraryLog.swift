import Logging

/// The log of the libraries below the server: only what is critical, since otherwise they report every connection that was
/// closed at shutdown.
///
/// The HTTP library sets metadata for each request (its id), which `StreamLogHandler` would format at once.
struct LibraryLog: LogHandler {
  private let lines: StreamLogHandler
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.critical

  static let logger = Logger(label: "marquee.serve") { LibraryLog(lines: .standardError(label: $0)) }

  private init(lines: StreamLogHandler) { self.lines = lines }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) { lines.log(event: event) }
}
