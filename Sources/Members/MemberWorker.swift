import Foundation
import Models
import Ratings
import Settings
import Store

/// A question to the process that holds the models.
package struct MemberQuestion: Codable, Sendable {
  package enum Kind: String, Codable, Sendable {
    /// Reads what the last build left, so that the next question finds it in memory.
    case prepare
    case refresh, remove, recommendations, similar
    /// The member's own page or JSON, which others may not see.
    case page, json
  }

  package var kind: Kind
  /// The member's or the movie's id.
  package var id: String
  package var model: String?
  package var top: Int?

  package init(_ kind: Kind, id: String = "", model: String? = nil, top: Int? = nil) {
    self.kind = kind
    self.id = id
    self.model = model
    self.top = top
  }
}

/// Its answer.
package struct MemberAnswer: Codable, Sendable {
  package enum Fault: String, Codable, Sendable {
    case notFound, unusable, failed
  }

  /// JSON, or the paths that changed with a line for each.
  package var text: String
  package var fault: Fault?

  package init(text: String, fault: Fault? = nil) {
    self.text = text
    self.fault = fault
  }
}

/// The process that holds the models of the last build while members ask for their lists: one question a line on
/// standard input, one answer a line on standard output, both JSON.
///
/// The server has no model in its memory: it starts this when somebody asks and lets it go when nobody does.
package enum MemberWorker {
  /// Answers until standard input ends, or nobody reads the answers.
  package static func run(site: String) throws {
    let folder = SiteFolder(site)
    let store = try RatingStore(path: folder.database)
    var members: MemberRecommender?
    while let line = readLine() {
      let answer: MemberAnswer
      do {
        let question = try JSONDecoder().decode(MemberQuestion.self, from: Data(line.utf8))
        if members == nil || members?.isOutdated == true { members = try MemberRecommender(site: folder) }
        guard let members else { continue }
        answer = MemberAnswer(text: try reply(to: question, members: members, store: store))
      } catch let error as MemberError {
        if case .unknownMovie = error {
          answer = MemberAnswer(text: "\(error)", fault: .notFound)
        } else {
          answer = MemberAnswer(text: "\(error)", fault: .unusable)
        }
      } catch {
        if !(error is ModelError) { members = nil }
        answer = MemberAnswer(text: "\(error)", fault: error is ModelError ? .unusable : .failed)
      }
      let data = try JSONEncoder().encode(answer)
      // Nobody reads any more where the server was killed.
      do { try FileHandle.standardOutput.write(contentsOf: data + Data("\n".utf8)) } catch { return }
    }
  }

  private static func reply(to question: MemberQuestion, members: MemberRecommender, store: RatingStore) throws
    -> String
  {
    let id = SourceID(question.id)
    let ratings = { try store.userKey(of: id).map { try store.ratings(ofUser: $0) } ?? [] }
    switch question.kind {
    case .prepare: return ""
    case .refresh:
      guard try store.isMember(id) else {
        try members.settings.removeMember(id, from: members.folder)
        return ""
      }
      return try members.refresh(id, ratings: ratings(), privacy: store.privacy).joined(separator: "\n")
    case .remove:
      try members.settings.removeMember(id, from: members.folder)
      return ""
    case .page, .json:
      let files = members.ownFiles(of: id, ratings: try ratings(), privacy: try store.privacy())
      return files.map { String(decoding: question.kind == .page ? $0.page : $0.json, as: UTF8.self) } ?? ""
    case .recommendations:
      return try members.recommendations(for: id, ratings: ratings(), model: question.model, top: question.top ?? 20)
    case .similar: return try members.similar(to: id, model: question.model, top: question.top ?? 20)
    }
  }
}
