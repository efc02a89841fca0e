import Web

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Deployment {
  /// Lists the bucket, sends what differs in size or MD5 (which is the ETag of what was sent in one piece), and removes
  /// what is gone. Keys outside the prefix are never touched.
  func send(to bucket: S3Bucket, _ options: DeploymentOptions) throws -> DeploymentOutcome {
    guard let signer = RequestSigner(environment: environment, region: bucket.region) else {
      throw DeploymentError.credentialsMissing
    }
    let there = try list(bucket, signer)
    let plan = try DeploymentPlan(site: try SiteFile.all(below: site), there: there.keys.sorted()) { file in
      guard let object = there[file.path], object.size == file.size, let sum = Checksum(object.tag) else {
        return false
      }
      return try sum.digits(ofFile: "\(site)/\(file.path)") == sum.digits
    }
    try plan.check(target: "s3 \(bucket.name)", there: there.count, options: options)
    // A turn is whole before the next begins.
    for turn in 0...2 {
      let files = plan.sends.filter { $0.turn == turn }
      try Crew.work(on: options.isDryRun ? [] : files) { file in
        options.progress("send", file.path)
        try put(file, in: bucket, signer, options)
      }
      if options.isDryRun { for file in files { options.progress("send", file.path) } }
    }
    try Crew.work(on: options.isDryRun ? [] : plan.removals) { path in
      options.progress("remove", path)
      var request = self.request("DELETE", bucket, key: bucket.prefix + path)
      sign(&request, bucket, signer, key: bucket.prefix + path, digest: SHA256Digest.hex(of: []))
      _ = try client.require(request)
    }
    if options.isDryRun { for path in plan.removals { options.progress("remove", path) } }
    return plan.outcome
  }

  private func put(
    _ file: SiteFile, in bucket: S3Bucket, _ signer: RequestSigner, _ options: DeploymentOptions
  ) throws(WebError) {
    let path = "\(site)/\(file.path)"
    let key = bucket.prefix + file.path
    var request = request("PUT", bucket, key: key)
    request.upload = path
    request.headers.append(("content-type", options.contentType(file.path)))
    // The name of an asset holds a digest of it, so it never changes; a page is asked for anew.
    let isForever = file.path.hasPrefix("assets/")
    request.headers.append(
      ("cache-control", isForever ? "public, max-age=31536000, immutable" : "public, max-age=0, must-revalidate"))
    sign(&request, bucket, signer, key: key, digest: try SHA256Digest.hex(ofFile: path))
    _ = try client.require(request)
  }

  private struct StoredObject {
    let size: Int
    let tag: String
  }

  private func list(_ bucket: S3Bucket, _ signer: RequestSigner) throws -> [String: StoredObject] {
    var objects: [String: StoredObject] = [:]
    var token: String?
    repeat {
      var query = [("list-type", "2"), ("max-keys", "1000")]
      if !bucket.prefix.isEmpty { query.append(("prefix", bucket.prefix)) }
      if let token { query.append(("continuation-token", token)) }
      var request = request("GET", bucket, key: "", query: query)
      sign(&request, bucket, signer, key: "", query: query, digest: SHA256Digest.hex(of: []))
      let text = try client.require(request).text
      guard text.contains("ListBucketResult") else { throw DeploymentError.oddAnswer(url: bucket.endpoint) }
      for entry in Self.elements("Contents", of: text[...]) {
        guard let key = Self.elements("Key", of: entry).first.map(Self.unescaped), key.hasPrefix(bucket.prefix) else {
          continue
        }
        let size = Self.elements("Size", of: entry).first.flatMap { Int($0) } ?? -1
        let tag = Self.elements("ETag", of: entry).first.map(Self.unescaped) ?? ""
        objects[String(key.dropFirst(bucket.prefix.count))] = StoredObject(
          size: size, tag: tag.filter { $0 != "\"" })
      }
      let next = Self.elements("NextContinuationToken", of: text[...]).first.map(Self.unescaped)
      if next == token, next != nil { throw DeploymentError.oddAnswer(url: bucket.endpoint) }
      token = next
    } while token != nil
    return objects
  }

  private func request(_ method: String, _ bucket: S3Bucket, key: String, query: [(String, String)] = []) -> WebRequest
  {
    let words = query.map { "\(QueryText.encoded($0.0))=\(QueryText.encoded($0.1))" }.joined(separator: "&")
    var request = WebRequest(bucket.endpoint + Self.path(bucket, key) + (words.isEmpty ? "" : "?" + words))
    request.method = method
    return request
  }

  private func sign(
    _ request: inout WebRequest, _ bucket: S3Bucket, _ signer: RequestSigner, key: String,
    query: [(String, String)] = [], digest: String
  ) {
    let host = bucket.endpoint.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first.map(String.init)
    signer.sign(
      &request, host: host ?? "", path: Self.path(bucket, key), query: query, digest: digest, time: now())
  }

  private static func path(_ bucket: S3Bucket, _ key: String) -> String {
    "/\(QueryText.encoded(bucket.name))/\(QueryText.encoded(key, keeping: "/"))"
  }

  /// What stands in the elements called `name`.
  private static func elements(_ name: String, of text: Substring) -> [Substring] {
    var found: [Substring] = []
    var rest = text
    while let open = rest.firstRange(of: "<\(name)>"), let close = rest[open.upperBound...].firstRange(of: "</\(name)>")
    {
      found.append(rest[open.upperBound..<close.lowerBound])
      rest = rest[close.upperBound...]
    }
    return found
  }

  private static func unescaped(_ text: Substring) -> String {
    String(text).replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("&#34;", with: "\"").replacing("&apos;", with: "'").replacing("&#39;", with: "'")
      .replacing("&amp;", with: "&")
  }
}
