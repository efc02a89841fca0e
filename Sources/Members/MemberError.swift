/// Why a question about a member has no answer.
package enum MemberError: Error, Equatable {
  case modelNotTrained(name: String, trained: [String])
  case unknownMovie(id: String)
  /// The built site is older than a change of whom it may show.
  case notForgotten(site: String)
}

extension MemberError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .modelNotTrained(let name, let trained):
      "the last build did not train \(name); it trained \(trained.joined(separator: ", "))"
    case .unknownMovie(let id): "the last build knows no movie \(id)"
    case .notForgotten(let site):
      "\(site): members were hidden or removed since the last build, so the built site still shows them; build it again"
    }
  }
}
