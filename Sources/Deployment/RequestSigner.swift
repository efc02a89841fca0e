import Digests
import Platform
package import Web

/// Signs requests to a bucket (AWS Signature Version 4, "Authenticating Requests: Using the Authorization Header").
package struct RequestSigner: Sendable {
  package let accessKey: String
  package let secretKey: String
  package let sessionToken: String?
  package let region: String

  /// Takes the keys from the environment like Amazon's own tools; nil if they are not set.
  package init?(environment: [String: String], region: String) {
    guard let access = environment["AWS_ACCESS_KEY_ID"], let secret = environment["AWS_SECRET_ACCESS_KEY"],
      !access.isEmpty, !secret.isEmpty
    else { return nil }
    accessKey = access
    secretKey = secret
    sessionToken = environment["AWS_SESSION_TOKEN"].flatMap { $0.isEmpty ? nil : $0 }
    self.region = region
  }

  /// Adds date, digest and signature to a request.
  ///
  /// - Parameters:
  ///   - host: as in the URL, with a non-default port.
  ///   - path: percent-encoded, starting with a slash.
  ///   - query: names and values, not encoded.
  ///   - digest: SHA-256 of the body in hexadecimal digits.
  ///   - time: seconds since 1970.
  package func sign(
    _ request: inout WebRequest, host: String, path: String, query: [(String, String)], digest: String, time: Int
  ) {
    let stamp = Self.stamp(time)
    let day = String(stamp.prefix(8))
    request.headers.append(("x-amz-date", stamp))
    request.headers.append(("x-amz-content-sha256", digest))
    if let sessionToken { request.headers.append(("x-amz-security-token", sessionToken)) }
    let headers = (request.headers.map { ($0.name.lowercased(), $0.value) } + [("host", host)]).sorted { $0.0 < $1.0 }
    let names = headers.map(\.0).joined(separator: ";")
    let canonical = [
      request.method, path,
      query.map { (PercentEncoding.encoded($0.0), PercentEncoding.encoded($0.1)) }.sorted { $0.0 < $1.0 }.map {
        "\($0.0)=\($0.1)"
      }
      .joined(separator: "&"),
      headers.map { "\($0.0):\($0.1)\n" }.joined(), names, digest,
    ].joined(separator: "\n")
    let scope = "\(day)/\(region)/s3/aws4_request"
    let text = ["AWS4-HMAC-SHA256", stamp, scope, SHA256Digest.hex(of: Array(canonical.utf8))].joined(separator: "\n")
    var key = Array("AWS4\(secretKey)".utf8)
    for part in [day, region, "s3", "aws4_request"] { key = Digest.hmac(Array(part.utf8), key: key) }
    let signature = Digest.hmac(Array(text.utf8), key: key).hexadecimal
    request.headers.append(
      (
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=\(accessKey)/\(scope),SignedHeaders=\(names),Signature=\(signature)"
      ))
  }

  /// Seconds since 1970 as 20130524T000000Z.
  static func stamp(_ time: Int) -> String {
    let (date, seconds) = CivilDate.split(secondsSince1970: time)
    let two = CivilDate.two
    return "\(date.year)\(two(date.month))\(two(date.day))T"
      + "\(two(seconds / 3_600))\(two(seconds / 60 % 60))\(two(seconds % 60))Z"
  }
}
