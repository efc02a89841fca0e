import HTTPTypes
import Hummingbird
import Settings
import Store

extension Endpoint {
  /// Routes for monitoring.
  static let operationRoutes = [
    Route(
      .get, "/healthz",
      Operation(
        id: "getHealth", summary: "Whether the server responds", tag: .operating, isPublic: true, answer: "It does.",
        gives: [.text("text/plain")])
    ) { _ in { _ in .text("ok\n", type: "text/plain; charset=utf-8") } },
    Route(
      .get, "/readyz",
      Operation(
        id: "getReadiness", summary: "Whether database and site are available", tag: .operating, isPublic: true,
        answer: "They are.", gives: [.text("text/plain")]), use: isReady),
    Route(
      .get, "/metrics",
      Operation(
        id: "getMetrics", summary: "Counters in the format of Prometheus", tag: .operating, isPublic: true,
        answer: "Version 0.0.4.", gives: [.text("text/plain")]), use: showMetrics),
    Route(
      .get, "/api/openapi.json",
      Operation(
        id: "getDescription", summary: "This document", tag: .operating, isPublic: true, answer: "OpenAPI 3.1.",
        gives: [.json(OpenObject.self)])
    ) { endpoint in { _ in .bytes(endpoint.description, type: "application/json") } },
  ]

  /// The server is ready if its database is readable and its site is built.
  private func isReady(_ request: EndpointRequest) async throws -> Response {
    _ = try await work.run { [store] in try store.submittedCount() }
    guard (try? site.builtSite()) != nil else {
      throw Problem(.serviceUnavailable, "the site is not built yet", headers: [.retryAfter: "10"])
    }
    return .text("ready\n", type: "text/plain; charset=utf-8")
  }

  /// Without a separate port, metrics are for direct requests from this machine, and for owners.
  private func showMetrics(_ request: EndpointRequest) async throws -> Response {
    let isElsewhere = settings.metrics != nil
    if isElsewhere || !request.origin.isLocal {
      let role = isElsewhere ? nil : try await session(request)?.session.account.role
      guard role == .owner else { throw Problem(.notFound, "there is nothing at this address") }
    }
    return .text(await metricsText(), type: Metrics.contentType)
  }

  func metricsText() async -> String {
    let state = await rebuilds.state
    return metrics.text(gauges: [
      ("marquee_connections", "Open connections.", Double(connections.value)),
      ("marquee_event_listeners", "Listeners to events.", Double(events.count)),
      ("marquee_build_running", "Whether a build runs.", state == .running ? 1 : 0),
    ])
  }
}
