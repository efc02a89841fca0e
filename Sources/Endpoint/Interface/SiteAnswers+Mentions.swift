import HTTPTypes
import Hummingbird
import Members
import Publishing
import Ratings
import Site

extension SiteAnswers {
  /// A file of the site; from a change of visibility until a build with it, without hidden members whom the file
  /// still mentions.
  func siteFile(
    _ request: Request, target: RequestTarget?, context: EndpointContext, endpoint: Endpoint
  ) async -> Response {
    guard let target, let place = target.place, request.method == .get || request.method == .head else {
      return plain(request, target, context)
    }
    let path = target.path
    if place != .elsewhere { await endpoint.privacy.lookAgain(endpoint.work) }
    guard endpoint.privacy.isKnown else { return place == .elsewhere ? plain(request, target, context) : Self.unknown }
    guard let mentions = endpoint.privacy.mentions else { return plain(request, target, context) }
    guard let (bytes, name) = files.content(at: path) else {
      // Compressed copies of such files, which cannot be filtered.
      return place == .elsewhere || !files.isThere(path) ? plain(request, target, context) : Self.unknown
    }
    let isMentioned = place == .elsewhere ? mentions.areLinked(in: bytes) : mentions.occur(in: bytes)
    guard isMentioned else { return plain(request, target, context) }
    if let member = target.member, [.page, .json].contains(member.kind), place == .members,
      let id = endpoint.privacy.id(named: member.name)
    {
      // Their page shows similar users: it is rendered again, as for a member who requests their own.
      let kind: MemberQuestion.Kind = member.kind == .page ? .page : .json
      let answer = try? await endpoint.members.ask(MemberQuestion(kind, id: id.description))
      guard let answer, answer.fault == nil, !answer.text.isEmpty else { return Self.unknown }
      return Self.made(Array(answer.text.utf8), name: name, request)
    }
    guard let rest = mentions.removed(from: bytes),
      !(place == .elsewhere ? mentions.areLinked(in: rest) : mentions.occur(in: rest))
    else { return Self.unknown }
    return Self.made(rest, name: name, request)
  }

  func plain(_ request: Request, _ target: RequestTarget?, _ context: EndpointContext) -> Response {
    metrics.recordFile()
    return files.response(to: request, at: target, peer: context.peer)
  }

  /// A file that cannot be filtered is not served until the build.
  static var unknown: Response {
    Response(status: .serviceUnavailable, headers: [.retryAfter: "10", .cacheControl: "no-store"])
  }

  private static func made(_ bytes: [UInt8], name: String, _ request: Request) -> Response {
    let body = request.method == .head ? [] : bytes
    return Response(
      status: .ok,
      headers: [.contentType: ContentType.of(name), .cacheControl: "no-store", .contentLength: "\(bytes.count)"],
      body: .init(byteBuffer: ByteBuffer(bytes: body)))
  }
}
