import Platform
import Precompute
import Ratings

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The members whose pages are made separately from the site, as a JSON file.
///
///     {"folder": "3fa1/", "members": 300000000, "films": {"17": [[3.5, 120], [4, 400]]},
///      "factors": {"part": "part.bin", "whole": "whole.bin", "ratings": 30000000000}}
///
/// `folder` is the version of the members under `users/packed/`. `films` has how often each film got each rating, over all
/// ratings; without it, the ratings that are trained on are all there are. `factors` are files of `ImportedFactors`, fitted to
/// all ratings but those of the validation part and to all `ratings`; where their lists are the better ones, they are taken.
struct ApartFile: Sendable {
  let folder: String
  let members: MembersApart
  let factors: FactorsApart?
  /// Of the file's bytes.
  let hash: UInt64

  private struct Content: Decodable {
    var folder: String
    var members: Int
    var films: [String: [[Double]]]?
    var factors: Factors?
  }

  private struct Factors: Decodable {
    var part: String
    var whole: String
    var ratings: Int
  }

  /// - Throws: `PipelineError.apartUnusable`.
  init(contentsOf path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else { throw PlatformError.unreadable(path: path) }
    let content: Content
    do {
      content = try JSONDecoder().decode(Content.self, from: data)
    } catch {
      throw PipelineError.apartUnusable(path: path, problem: "does not say how many members there are and where")
    }
    let name = content.folder.hasSuffix("/") ? content.folder.dropLast() : content.folder[...]
    guard name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else {
      throw PipelineError.apartUnusable(path: path, problem: "names a folder that is not letters and digits")
    }
    folder = name.isEmpty ? "" : name + "/"
    guard content.members >= 0 else {
      throw PipelineError.apartUnusable(path: path, problem: "counts \(content.members) members")
    }
    members = MembersApart(
      count: content.members, counts: try content.films.map { try Self.counts(of: $0, path: path) })
    factors = try content.factors.map {
      try FactorsApart(part: $0.part, whole: $0.whole, ratingCount: $0.ratings, path: path)
    }
    var fingerprint = Fingerprint()
    fingerprint.add([UInt8](data))
    if let factors { fingerprint.add(factors.hash) }
    hash = fingerprint.value
  }

  private static func counts(
    of films: [String: [[Double]]], path: String
  ) throws -> [SourceID: [(value: Float, count: Int)]] {
    var counts: [SourceID: [(value: Float, count: Int)]] = [:]
    for (film, ratings) in films {
      counts[SourceID(film)] = try ratings.map { pair in
        guard pair.count == 2, pair[0].isFinite, let count = Int(exactly: pair[1]), count >= 0 else {
          throw PipelineError.apartUnusable(path: path, problem: "has no pairs of rating and count for film \(film)")
        }
        return (Float(pair[0]), count)
      }.sorted { $0.value < $1.value }
    }
    return counts
  }
}
