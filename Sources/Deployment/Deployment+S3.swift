import Platform
import Publishing
import Web

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Deployment {
  /// Lists the bucket, sends files that differ, and removes files of an earlier deployment that no longer exist. Keys outside the
  /// prefix are never touched.
  ///
  /// A file is compared by its MD5, which is the ETag of an object that was sent in one piece. Where a bucket's ETags are something
  /// else (encrypted ones), the list of Marquee's files records the MD5 that was sent and the ETag that was returned.
  func send(to bucket: S3Bucket, _ options: DeploymentOptions) throws -> DeploymentOutcome {
    guard let signer = RequestSigner(environment: environment, region: bucket.region) else {
      throw DeploymentError.credentialsMissing
    }
    let store = BucketClient(bucket: bucket, signer: signer, client: client, now: now)
    var there = try store.list()
    var owned = SiteManifest()
    if there.removeValue(forKey: SiteManifest.deployedName) != nil {
      owned = SiteManifest(try store.get(SiteManifest.deployedName)) ?? owned
    }
    let own = try FolderListing.site(site)
    var sums: [String: String] = [:]
    for file in own.files { sums[file.path] = try Checksum.md5(ofFile: "\(site)/\(file.path)") }
    var plan = DeploymentPlan(
      site: own.files, list: own.list, there: there.keys.sorted(), owned: owned,
      replacesForeign: options.replacesForeign,
      hasFolders: false,
      isChanged: { path in
        guard let digest = owned.digest(of: path), let tag = there[path]?.tag else { return false }
        return tag != digest && owned.mark(of: path) != "\(digest) \(tag)"
      }
    ) { file in
      guard let object = there[file.path], object.size == file.size, let sum = sums[file.path] else { return false }
      return object.tag == sum || owned.mark(of: file.path) == "\(sum) \(object.tag)"
    }
    try plan.check(target: "s3 \(bucket.name)", options)
    let outcome = plan.outcome(skipped: own.skipped)
    if options.isDryRun {
      options.report(plan)
      return outcome
    }
    // Files that are kept keep their recorded ETag.
    for path in plan.manifest.paths {
      if let mark = owned.mark(of: path) { plan.manifest.add(path, mark: mark) }
      if let sum = sums[path] { plan.manifest.set(digest: sum, of: path) }
    }
    let during = plan.during(owned)
    if during != owned { try store.put(during) }
    // A pass is complete before the next begins.
    for pass in 0...2 {
      let files = plan.sends.filter { $0.pass == pass }
      let tags = try ConcurrentRequests.map(files) { file in
        options.progress("send", file.path)
        return try store.put("\(site)/\(file.path)", as: file.path, type: ContentType.of(file.path))
      }
      for (file, tag) in zip(files, tags) {
        let sum = sums[file.path] ?? ""
        let mark = tag.isEmpty || tag == sum ? own.list.mark(of: file.path) ?? "" : "\(sum) \(tag)"
        plan.manifest.add(file.path, mark: mark)
      }
    }
    _ = try ConcurrentRequests.map(plan.removals) { path in
      options.progress("remove", path)
      try store.remove(path)
    }
    if plan.manifest != during { try store.put(plan.manifest) }
    return outcome
  }
}

/// A bucket, restricted to a prefix.
private struct BucketClient: Sendable {
  let bucket: S3Bucket
  let signer: RequestSigner
  let client: WebClient
  let now: @Sendable () -> Int

  func list() throws -> [String: StoredObject] {
    var listing = BucketListing(prefix: bucket.prefix)
    repeat {
      let response = try client.require(signed("GET", key: "", query: listing.query))
      guard listing.take(response.body) else { throw DeploymentError.oddAnswer(url: bucket.endpoint) }
    } while !listing.isComplete
    return listing.objects
  }

  func get(_ path: String) throws(WebError) -> [UInt8] {
    try client.require(signed("GET", key: bucket.prefix + path)).body
  }

  /// - Returns: the ETag of the object.
  func put(_ file: String, as path: String, type: String) throws(WebError) -> String {
    // The name of an asset contains its digest, so it never changes; a page is revalidated.
    let isForever = path.hasPrefix("assets/")
    let cache = isForever ? "public, max-age=31536000, immutable" : "public, max-age=0, must-revalidate"
    let request = try signed(
      "PUT", key: bucket.prefix + path, headers: [("content-type", type), ("cache-control", cache)],
      digest: SHA256Digest.hex(ofFile: file)
    ) { $0.upload = file }
    return (try client.require(request).headers["etag"] ?? "").filter { $0 != "\"" }
  }

  func put(_ manifest: SiteManifest) throws(WebError) {
    let bytes = manifest.bytes
    _ = try client.require(
      signed(
        "PUT", key: bucket.prefix + SiteManifest.deployedName, headers: [("content-type", "text/plain; charset=utf-8")],
        digest: SHA256Digest.hex(of: bytes)
      ) { $0.body = bytes })
  }

  func remove(_ path: String) throws(WebError) { _ = try client.require(signed("DELETE", key: bucket.prefix + path)) }

  private func signed(
    _ method: String, key: String, query: [(String, String)] = [], headers: [(String, String)] = [],
    digest: String = SHA256Digest.hex(of: []), _ change: (inout WebRequest) -> Void = { _ in }
  ) -> WebRequest {
    let path = "/\(PercentEncoding.encoded(bucket.name))/\(PercentEncoding.encoded(key, keeping: "-._~/"))"
    let words = query.map { "\(PercentEncoding.encoded($0.0))=\(PercentEncoding.encoded($0.1))" }.joined(separator: "&")
    var request = WebRequest(bucket.endpoint + path + (words.isEmpty ? "" : "?" + words))
    request.method = method
    request.headers += headers.map { (name: $0.0, value: $0.1) }
    change(&request)
    let host = bucket.endpoint.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first.map(String.init)
    signer.sign(&request, host: host ?? "", path: path, query: query, digest: digest, time: now())
    return request
  }
}
