import BinaryFiles
import Models
import Ratings

/// A section of the artefact's file: which part of `Precomputed` it holds, and how that is written and read. Whoever writes the
/// file, reads all of it or a part goes by this.
struct ArtefactSection: Sendable {
  /// What a section is about: members, or films and the site as a whole. Either can be read without the other.
  package enum Side: Sendable { case films, members }

  enum Name: String, CaseIterable {
    case counts, movies, movieStatistics, movieTags, similar, alsoSimilar, kin, charts, models, interval, tasteMap
    case genreSimilarity, discoveries, browser, listModels, unusualModel
    case users, userStatistics, favourites, similarUsers, peopleSimilarities, tastes, lists, unusual
  }

  let side: Side
  /// What must have been read before.
  var needs: [Name] = []
  let write: @Sendable (Precomputed, inout BinaryWriter) -> Void
  let read: @Sendable (inout Precomputed, inout BinaryReader) throws -> Void
}

extension ArtefactSection {
  /// The section of that name.
  static func named(_ name: Name) -> ArtefactSection {
    switch name {
    case .counts: counts
    case .movies: records(.films, \.movies, write: { $0.write($1) }, read: Movie.init(from:))
    case .movieStatistics: statistics(.films, \.movieStatistics)
    case .movieTags:
      records(
        .films, \.movieTags, write: { $0.write($1) }, read: { reader throws(BinaryFileError) in try reader.read() })
    case .similar: similar
    case .alsoSimilar: rows(.films, \.alsoSimilar)
    case .kin: rows(.films, \.kin)
    case .charts: records(.films, \.charts, write: { $0.write($1) }, read: Chart.init(from:))
    case .models: records(.films, \.models, write: { $0.write($1) }, read: ModelReport.init(from:))
    case .interval: value(.films, \.interval, write: { $0.write($1) }, read: { try $0.readInterval() })
    case .tasteMap: tasteMap
    case .genreSimilarity: genreSimilarity
    case .discoveries: discoveries
    case .browser: browser
    case .listModels: listModels
    case .unusualModel: unusualModel
    case .users: users
    case .userStatistics: statistics(.members, \.userStatistics)
    case .favourites: rows(.members, \.favourites)
    case .similarUsers: rows(.members, \.similarUsers)
    case .peopleSimilarities: rows(.members, \.peopleSimilarities)
    case .tastes: tastes
    case .lists: lists
    case .unusual: unusual
    }
  }

  private typealias Path<Value> = any WritableKeyPath<Precomputed, Value> & Sendable

  private static func value<Value>(
    _ side: Side, _ path: Path<Value>, write: @escaping @Sendable (inout BinaryWriter, Value) -> Void,
    read: @escaping @Sendable (inout BinaryReader) throws -> Value
  ) -> Self {
    Self(side: side, write: { write(&$1, $0[keyPath: path]) }, read: { $0[keyPath: path] = try read(&$1) })
  }

  private static func rows<Element>(_ side: Side, _ path: Path<Ragged<Element>>) -> Self {
    value(side, path, write: { $0.write($1) }, read: { try $0.readRagged() })
  }

  private static func statistics(_ side: Side, _ path: Path<[RatingStatistics]>) -> Self {
    value(side, path, write: { $0.write($1) }, read: { try $0.readStatistics() })
  }

  private static func records<Element>(
    _ side: Side, _ path: Path<[Element]>,
    write: @escaping @Sendable (inout BinaryWriter, Element) -> Void,
    read: @escaping @Sendable (inout BinaryReader) throws(BinaryFileError) -> Element
  ) -> Self {
    value(
      side, path, write: { $0.writeRecords($1, write) },
      read: { try BinaryRecords(from: &$0).map(read) })
  }
}
