import HTTPTypes
import Hummingbird
import Pipeline
import Store

extension Endpoint {
  /// What watches the server asks.
  var operationRoutes: [Route] {
    [
      Route(.get, "/healthz") { _ in .text("ok\n", type: "text/plain; charset=utf-8") },
      Route(.get, "/readyz", isReady), Route(.get, "/metrics", showMetrics),
      Route(.get, "/api/openapi.json") { [ratings] _ in
        .text(OpenAPI.document(version: Distribution.version, scale: ratings.scale), type: "application/json")
      },
    ]
  }

  /// Ready is a server whose database answers and whose site is built.
  private func isReady(_ exchange: Exchange) async throws -> Response {
    _ = try await work.run { [store] in try store.submittedCount() }
    guard (try? site.builtSite()) != nil else {
      throw Problem(.serviceUnavailable, "the site is not built yet", headers: [.retryAfter: "10"])
    }
    return .text("ready\n", type: "text/plain; charset=utf-8")
  }

  /// Without a port of their own, counters are for whoever asks from this machine, not through a proxy, and for owners.
  private func showMetrics(_ exchange: Exchange) async throws -> Response {
    let isElsewhere = settings.metrics != nil
    if isElsewhere || !exchange.isLocal {
      let role = isElsewhere ? nil : try await session(exchange)?.session.account.role
      guard role == .owner else { throw Problem(.notFound, "there is nothing at this address") }
    }
    return .text(await metricsText(), type: Metrics.contentType)
  }

  func metricsText() async -> String {
    let state = await rebuilds.state
    return metrics.text(gauges: [
      ("marquee_connections", "Open connections.", Double(connections.value)),
      ("marquee_event_listeners", "Who listens to events.", Double(events.count)),
      ("marquee_build_running", "Whether a build runs.", state == .running ? 1 : 0),
    ])
  }
}
