import Foundation
import Platform
import Synchronization
import TestSupport
import Testing
import Web

/// What a bucket does as far as a deployment sees it.
final class Bucket: Sendable {
  /// How it answers.
  enum Kind: String, CaseIterable, Sendable, CustomTestStringConvertible {
    /// Version 2, keys encoded; without encoding, with name spaces, comments and numeric entities.
    case second, secondPlain
    /// Version 1, with and without the marker of the next page.
    case first, firstWithoutMarker
    /// ETags that are no MD5.
    case secret

    var testDescription: String { rawValue }
  }

  private let stored: Mutex<[String: [UInt8]]>
  private let pageSize: Int
  private let kind: Kind

  init(_ objects: [String: [UInt8]], pageSize: Int = 1000, kind: Kind = .second) {
    stored = Mutex(objects)
    self.pageSize = pageSize
    self.kind = kind
  }

  var objects: [String: [UInt8]] { stored.withLock { $0 } }

  func answer(_ request: LoopbackServer.Request) -> LoopbackServer.Response {
    let path = request.path.removingPercentEncoding ?? ""
    guard path.hasPrefix("/club/") else { return .text("<Error/>", status: 404) }
    let key = String(path.dropFirst("/club/".count))
    return stored.withLock { objects in
      switch request.method {
      case "PUT":
        objects[key] = request.body
        return .init(headers: [("ETag", "\"\(tag(request.body))\"")])
      case "DELETE":
        objects[key] = nil
        return .init(status: 204)
      default:
        return key.isEmpty ? page(objects, request) : .init(body: objects[key] ?? [])
      }
    }
  }

  private func tag(_ bytes: [UInt8]) -> String {
    let folder = try? TemporaryFolder()
    let file = try? folder?.write(bytes, to: "x")
    let sum = (try? Checksum("00000000000000000000000000000000")?.digits(ofFile: file ?? "")) ?? ""
    return kind == .secret ? String(sum.reversed()) : sum
  }

  private func page(_ objects: [String: [UInt8]], _ request: LoopbackServer.Request) -> LoopbackServer.Response {
    let isFirst = [.first, .firstWithoutMarker].contains(kind)
    let prefix = request.query("prefix") ?? ""
    let keys = objects.keys.filter { $0.hasPrefix(prefix) }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let start =
      isFirst
      ? request.query("marker").map { marker in (keys.firstIndex(of: marker) ?? 0) + 1 } ?? 0
      : Int(request.query("continuation-token") ?? "0") ?? 0
    let page = keys.dropFirst(start).prefix(pageSize)
    let name = kind == .secondPlain ? "s3:ListBucketResult xmlns:s3='http://s3/'" : "ListBucketResult"
    var text = "<?xml version=\"1.0\"?><!-- > --><\(name)><Name>club</Name>"
    if kind != .secondPlain { text += "<EncodingType>url</EncodingType>" }
    for key in page {
      text += "<Contents><Owner><ID>Key</ID></Owner><Key>\(written(key))</Key>"
      text += "<ETag>&quot;\(tag(objects[key] ?? []))&#x22;</ETag><Size>\(objects[key]?.count ?? 0)</Size></Contents>"
    }
    let hasMore = start + page.count < keys.count
    text += "<IsTruncated>\(hasMore)</IsTruncated>"
    if hasMore, !isFirst { text += "<NextContinuationToken>\(start + page.count)</NextContinuationToken>" }
    if hasMore, kind == .first, let last = page.last { text += "<NextMarker>\(written(last))</NextMarker>" }
    return .text(text + "</\(name.prefix { $0 != " " })>")
  }

  /// A key as the list shows it.
  private func written(_ key: String) -> String {
    if kind == .secondPlain {
      return "<![CDATA[" + key.prefix(1) + "]]>"
        + key.dropFirst().unicodeScalars.map { $0.properties.isAlphabetic ? String($0) : "&#\($0.value);" }.joined()
    }
    let allowed = CharacterSet(charactersIn: "/._-").union(
      .alphanumerics.intersection(CharacterSet(charactersIn: "\u{0}"..."~")))
    return (key.addingPercentEncoding(withAllowedCharacters: allowed) ?? "").replacing("%20", with: "+")
  }
}
