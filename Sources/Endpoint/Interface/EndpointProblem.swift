import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Site
import Store

/// What an error tells the client: no more than necessary, the rest goes to the log.
enum EndpointProblem {
  static func of(_ error: any Error, log: Logger, id: String) -> Problem {
    switch error {
    case let problem as Problem: return problem
    case StoreError.diskFull:
      log.error("the disk is full: nothing was stored", metadata: ["id": "\(id)"])
      return Problem(
        .insufficientStorage, "the server's disk is full: nothing was saved; try again later",
        headers: [.retryAfter: "60"]
      ) { $0(.problemDiskFull) }
    case StoreError.locked:
      return Problem.busy("the database is busy: nothing was saved; try again") { $0(.problemDatabaseBusy) }
    case let error as StoreError:
      log.error("the database failed", metadata: ["id": "\(id)", "reason": "\(error)"])
      return Problem(
        .serviceUnavailable, "the database cannot be used: nothing was saved; try again later",
        headers: [.retryAfter: "30"]
      ) { $0(.problemDatabase) }
    case is NIOTooManyBytesError: return Problem(.contentTooLarge, "the body is too large")
    // The server stops, or the client is gone.
    case is CancellationError: return Problem.busy("the server is stopping; try again")
    case let error as any HTTPResponseError: return Problem(error.status, error.status.reasonPhrase)
    default:
      log.error("a request failed", metadata: ["id": "\(id)", "reason": "\(error)"])
      return Problem(.internalServerError, "something went wrong on the server; its log has request \(id)") {
        $0(.problemServer, ["request": id])
      }
    }
  }
}
