import Platform

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What differs between two built sites: their files, and whose lists moved how far.
package struct SiteDifference: Sendable {
  /// Paths under the output folders, sorted.
  package private(set) var added: [String] = []
  package private(set) var removed: [String] = []
  package private(set) var changed: [String] = []
  package private(set) var unchangedCount = 0
  /// Lists that moved, those with most new films first.
  package private(set) var moves: [ListMove] = []
  /// How many lists both sites have.
  package private(set) var listCount = 0

  /// Figures of models that both sites have and that are not the same, in the order of the new site's page of models.
  package private(set) var figures: [FigureMove] = []

  /// How one figure of one model moved.
  package struct FigureMove: Sendable, Codable, Equatable {
    package let model: String
    package let figure: String
    package let before: Double
    package let now: Double
  }

  /// How one user's list by one model moved.
  package struct ListMove: Sendable, Codable, Equatable {
    package let user: String
    package let model: String
    /// Films that are on the list now and were not.
    package let new: Int
    /// Films on the list now.
    package let length: Int
    /// The longest way, in places, that a film which stayed has gone.
    package let places: Int
  }

  /// Compares the folders of two built sites.
  ///
  /// - Throws: `SiteCheckError.notBuilt`.
  /// - Complexity: every file is read.
  package init(old: String, new: String) throws {
    let files = try [old, new].map { folder -> [String: String] in
      guard RawFile.isFile(folder + "/build.json") else { throw SiteCheckError.notBuilt(folder) }
      let files = FileTree.files(at: folder, depth: 32)
      return Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.path) })
    }
    for (path, now) in files[1].sorted(by: { $0.key < $1.key }) {
      guard let before = files[0][path] else {
        added.append(path)
        continue
      }
      let isList = path.hasPrefix("api/users/")
      if ContentHash(contentsOf: before) == ContentHash(contentsOf: now) {
        unchangedCount += 1
        if isList { listCount += MemberLists(before)?.models.count ?? 0 }
        continue
      }
      changed.append(path)
      if isList, let earlier = MemberLists(before), let later = MemberLists(now) { compare(earlier, later) }
    }
    removed = files[0].keys.filter { files[1][$0] == nil }.sorted()
    if let earlier = ModelFigures(old), let later = ModelFigures(new) { compare(earlier, later) }
    moves.sort { ($1.new, $1.places, $0.model, $0.user) < ($0.new, $0.places, $1.model, $1.user) }
  }

  private mutating func compare(_ earlier: MemberLists, _ later: MemberLists) {
    for (model, now) in later.models {
      guard let before = earlier.models[model] else { continue }
      listCount += 1
      guard now != before else { continue }
      var places: [String: Int] = [:]
      for (place, id) in before.enumerated() { places[id] = place }
      let ways = now.enumerated().compactMap { place, id in places[id].map { abs($0 - place) } }
      moves.append(
        ListMove(
          user: later.id, model: model, new: now.count { places[$0] == nil }, length: now.count,
          places: ways.max() ?? 0))
    }
  }

  private mutating func compare(_ earlier: ModelFigures, _ later: ModelFigures) {
    for model in later.models {
      guard let before = earlier.models.first(where: { $0.name == model.name }) else { continue }
      for (figure, now) in model.metrics.sorted(by: { $0.key < $1.key }) {
        guard let then = before.metrics[figure], then != now else { continue }
        figures.append(FigureMove(model: model.name, figure: figure, before: then, now: now))
      }
    }
  }

  package var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }
}

/// The lists of one member's JSON, as ids.
private struct MemberLists: Decodable {
  private struct Identifier: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      text = try (try? value.decode(Int.self)).map(String.init) ?? value.decode(String.self)
    }
  }

  private struct Film: Decodable { let id: Identifier }

  let id: String
  let models: [String: [String]]

  private enum Keys: String, CodingKey { case id, models }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Keys.self)
    id = try values.decode(Identifier.self, forKey: .id).text
    models = try values.decode([String: [Film]].self, forKey: .models).mapValues { $0.map(\.id.text) }
  }

  /// Nil where the file is not the JSON of a member.
  init?(_ path: String) {
    guard let data = FileManager.default.contents(atPath: path),
      let lists = try? JSONDecoder().decode(MemberLists.self, from: data)
    else { return nil }
    self = lists
  }
}

/// The figures of a site's models.
private struct ModelFigures: Decodable {
  struct Model: Decodable {
    let name: String
    let metrics: [String: Double]
  }

  let models: [Model]

  /// Nil where the site has no such file.
  init?(_ folder: String) {
    guard let data = FileManager.default.contents(atPath: folder + "/api/models.json"),
      let figures = try? JSONDecoder().decode(ModelFigures.self, from: data)
    else { return nil }
    self = figures
  }
}
