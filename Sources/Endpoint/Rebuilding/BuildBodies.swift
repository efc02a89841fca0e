import Store

struct BuildState: InterfaceBody, Encodable {
  static let schemaName: String? = "BuildState"
  let state: RebuildQueue.State
  let stage: String?
}

struct BuildsBody: InterfaceBody, Encodable {
  static let schemaName: String? = "Builds"
  let now: BuildState
  let builds: [BuildBody]
}

/// A build and its outcome.
struct BuildBody: InterfaceBody, Encodable {
  let started: Int
  let finished: Int
  let quality: String
  let outcome: Outcome
  let users: Int
  let movies: Int
  let ratings: Int

  enum Outcome: String, InterfaceChoice, Encodable {
    case succeeded, failed, interrupted

    init(_ outcome: Build.Outcome) {
      switch outcome {
      case .succeeded: self = .succeeded
      case .failed: self = .failed
      case .interrupted: self = .interrupted
      }
    }
  }
}
