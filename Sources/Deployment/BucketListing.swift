import Platform

/// An object in a bucket.
struct StoredObject: Equatable {
  var size: Int
  /// Its ETag without quotes.
  var tag: String
}

/// The pages of a bucket listing, in either version of the protocol.
struct BucketListing {
  private let prefix: String
  /// By key without the prefix.
  private(set) var objects: [String: StoredObject] = [:]
  private var continuation: String?
  private var marker: String?
  /// Whether the last page was truncated.
  private(set) var isComplete = false
  private var lastKey = ""

  init(prefix: String) { self.prefix = prefix }

  /// The query for the next page.
  var query: [(String, String)] {
    var query = [("encoding-type", "url"), ("max-keys", "1000")]
    // Servers without version 2 ignore this, and answer in version 1.
    if marker == nil { query.append(("list-type", "2")) }
    if !prefix.isEmpty { query.append(("prefix", prefix)) }
    if let continuation { query.append(("continuation-token", continuation)) }
    if let marker { query.append(("marker", marker)) }
    return query
  }

  /// Adds a page.
  ///
  /// - Returns: false if it is not a listing, or only repeats known keys, which would never end.
  mutating func take(_ bytes: [UInt8]) -> Bool {
    guard let list = XMLReader.element(bytes), list.name == "ListBucketResult" else { return false }
    let isEncoded = list.value("EncodingType")?.lowercased() == "url"
    // Keys are encoded like form data.
    func text(_ value: String) -> String { isEncoded ? PercentEncoding.text(of: value, isForm: true) : value }
    var isNews = false
    for entry in list.children where entry.name == "Contents" {
      guard let key = entry.value("Key").map(text) else { return false }
      isNews = isNews || lastKey.isEmpty || !lastKey.utf8.elementsEqual(key.utf8)
      lastKey = key
      guard key.hasPrefix(prefix), key != prefix else { continue }
      objects[String(key.dropFirst(prefix.count))] = StoredObject(
        size: entry.value("Size").flatMap { Int($0.filter(\.isNumber)) } ?? -1,
        tag: (entry.value("ETag") ?? "").filter { $0 != "\"" })
    }
    guard
      list.value("IsTruncated")?.lowercased().filter(\.isLetter) == "true" || list.value("NextContinuationToken") != nil
    else {
      isComplete = true
      return true
    }
    if let token = list.value("NextContinuationToken"), !token.isEmpty {
      defer { continuation = token }
      return token != continuation
    }
    // Version 1 returns the next key only with delimiters; otherwise it is the last key of the page.
    let next = list.value("NextMarker").map(text) ?? lastKey
    defer { (marker, continuation) = (next, nil) }
    return isNews && !next.isEmpty && next != marker
  }
}
