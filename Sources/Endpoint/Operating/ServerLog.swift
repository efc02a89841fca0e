import Logging
import Platform
import Settings
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// One line for each event on standard error, as JSON or as `name=value`. None contains a password, token or cookie.
struct ServerLog: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level
  private let format: ServeSettings.LogFormat

  init(_ settings: ServeSettings) {
    format = settings.logFormat
    logLevel = Logger.Level(rawValue: settings.logLevel.rawValue) ?? .info
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var fields: [(String, String)] = [
      ("time", Self.timestamp()), ("level", event.level.rawValue), ("message", "\(event.message)"),
    ]
    let all = metadata.merging(event.metadata ?? [:]) { $1 }
    fields += all.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
    let line: String
    switch format {
    case .json:
      line = "{" + fields.map { "\(Self.quoted($0)):\(Self.quoted($1))" }.joined(separator: ",") + "}\n"
    case .text:
      let rest = fields.dropFirst(3).map { "\($0)=\(Self.isPlain($1) ? $1 : Self.quoted($1))" }
      line = ([fields[0].1, fields[1].1, Self.oneLine(fields[2].1)] + rest).joined(separator: " ") + "\n"
    }
    var bytes = line
    bytes.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
  }

  private static func timestamp() -> String {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    let (date, seconds) = CivilDate.split(secondsSince1970: Int(now.tv_sec))
    let time = [seconds / 3600, seconds / 60 % 60, seconds % 60].map(CivilDate.two).joined(separator: ":")
    let millis = Int(now.tv_nsec) / 1_000_000
    return "\(date)T\(time).\(millis < 10 ? "00" : millis < 100 ? "0" : "")\(millis)Z"
  }

  private static func isPlain(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { 0x21...0x7e ~= $0 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "=") }
  }

  private static func oneLine(_ text: String) -> String {
    String(text.unicodeScalars.map { isControl($0) ? " " : Character($0) })
  }

  /// Control characters of ASCII and Latin-1, which terminals may interpret.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || 0x7f...0x9f ~= scalar.value
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where isControl(scalar):
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
