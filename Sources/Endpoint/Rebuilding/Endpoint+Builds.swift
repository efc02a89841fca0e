import HTTPTypes
import Hummingbird
import ServiceLifecycle
import Store

extension Endpoint {
  /// Builds of the site, and events.
  static let buildRoutes = [
    Route(
      .post, "/api/rebuild",
      Operation(
        id: "postRebuild", summary: "Build the site, now or after the running build; for the owner", tag: .builds,
        status: .accepted, answer: "It is queued."), use: postRebuild),
    Route(
      .get, "/api/builds",
      Operation(
        id: "listBuilds", summary: "The builds and their outcomes", tag: .builds, isPublic: true,
        answer: "The latest first."), use: listBuilds),
    Route(
      .get, "/api/collected-ratings",
      Operation(
        id: "collectedRatings",
        summary: "For owners: ratings by listed members, under pseudonyms, for a build elsewhere", tag: .builds,
        answer: "user,movie,rating,timestamp, as marquee ingest reads it.", gives: [.text("text/csv")]),
      use: collectedRatings),
    Route(
      .get, "/api/events",
      Operation(
        id: "streamEvents",
        summary: "Events: “build” with the progress of a build, “list” when my list has changed", tag: .builds,
        isPublic: true, answer: "A stream that does not end.", gives: [.text("text/event-stream")]), use: streamEvents),
  ]

  private func postRebuild(_ request: EndpointRequest) async throws -> Answer<BuildState> {
    _ = try await owner(request)
    await rebuilds.ask()
    return Answer(BuildState(state: await rebuilds.state, stage: nil))
  }

  private func listBuilds(_ request: EndpointRequest) async throws -> Answer<BuildsBody> {
    let builds = try await work.run { [store] in try store.builds() }
    let state = await rebuilds.state
    let stage = await rebuilds.stage
    return Answer(
      BuildsBody(
        now: BuildState(state: state, stage: state == .running ? stage : nil),
        builds: builds.prefix(50).map {
          BuildBody(
            started: $0.started, finished: $0.finished, quality: $0.quality, outcome: BuildBody.Outcome($0.outcome),
            users: $0.userCount, movies: $0.movieCount, ratings: $0.ratingCount)
        }))
  }

  private func streamEvents(_ request: EndpointRequest) async throws -> Response {
    let account = try await session(request)?.session.account.id
    let headers: HTTPFields = [.contentType: "text/event-stream", .cacheControl: "no-store"]
    // A HEAD request needs no stream.
    if request.raw.method == .head { return Response(status: .ok, headers: headers) }
    guard let stream = events.listen(account: account, asker: request.asker) else {
      throw Problem.busy("too many event streams are open")
    }
    return Response(
      status: .ok, headers: headers,
      body: .init { writer in
        for await text in stream.cancelOnGracefulShutdown() { try await writer.write(ByteBuffer(string: text)) }
        try await writer.finish(nil)
      })
  }
}
