import BinaryFiles
import Models
import Ratings

/// The sections that hold more than one value.
extension ArtefactSection {
  /// The scale and how much there is.
  static let counts = ArtefactSection(
    side: .films,
    write: { pages, writer in
      for number in [pages.scale.minimum, pages.scale.maximum, pages.scale.step] { writer.write(number) }
      writer.write(UInt64(pages.ratingCount))
      writer.write(UInt64(pages.memberCount))
    },
    read: { pages, reader in
      pages.scale = try RatingScale(from: &reader)
      pages.ratingCount = try Int(reader.read(UInt64.self))
      // Until the members are read, they are none of the artefact's.
      pages.membersApart = try Int(reader.read(UInt64.self))
    })

  static let similar = ArtefactSection(
    side: .films,
    write: { pages, writer in
      writer.write(pages.similarMeasure.rawValue)
      writer.write(pages.similar)
    },
    read: { pages, reader in
      guard let measure = SimilarityMeasure(rawValue: try reader.read()) else { throw BinaryFileError.damaged }
      pages.similarMeasure = measure
      pages.similar = try reader.readRagged()
    })

  static let tasteMap = ArtefactSection(
    side: .films, needs: [.movies],
    write: { pages, writer in
      writer.write(pages.tasteMap.movies)
      writer.write(pages.tasteMap.x)
      writer.write(pages.tasteMap.y)
    },
    read: { pages, reader in
      let map = TasteMap(movies: try reader.read(), x: try reader.read(), y: try reader.read())
      guard map.x.count == map.movies.count, map.y.count == map.movies.count, pages.has(map.movies) else {
        throw BinaryFileError.damaged
      }
      pages.tasteMap = map
    })

  static let genreSimilarity = ArtefactSection(
    side: .films,
    write: { pages, writer in
      writer.write(pages.genreSimilarity.genres)
      writer.write(pages.genreSimilarity.values)
    },
    read: { pages, reader in
      let similarity = GenreSimilarity(genres: try reader.read(), values: try reader.read())
      guard similarity.values.count == similarity.genres.count * similarity.genres.count else {
        throw BinaryFileError.damaged
      }
      pages.genreSimilarity = similarity
    })

  static let discoveries = ArtefactSection(
    side: .films, needs: [.counts, .movies, .movieStatistics],
    write: { pages, writer in
      writer.write(UInt64(pages.discoveries.count))
      for (model, discovery) in pages.discoveries.sorted(by: { $0.key < $1.key }) {
        writer.write(model)
        writer.write(discovery.commonness)
        let weights = discovery.weights
        for weight in [weights.repetition, weights.genres, weights.fame] { writer.write(weight) }
      }
    },
    read: { pages, reader in
      for _ in 0..<(try reader.read(UInt64.self)) {
        let model = try reader.read(String.self)
        let commonness = try reader.read([Float].self)
        guard commonness.count == pages.movies.count, pages.movieStatistics.count == pages.movies.count else {
          throw BinaryFileError.damaged
        }
        let weights = ListDiscovery.Weights(
          repetition: try reader.read(), genres: try reader.read(), fame: try reader.read())
        pages.discoveries[model] = ListDiscovery(
          commonness: commonness, movies: pages.movies, ratingCounts: pages.movieStatistics.map(\.count),
          scale: pages.scale, weights: weights)
      }
    })

  static let browser = ArtefactSection(
    side: .films, needs: [.movies],
    write: { pages, writer in
      writer.write(pages.browser != nil)
      pages.browser?.save(to: &writer)
    },
    read: { pages, reader in
      pages.browser = try reader.read(Bool.self) ? try BrowserModel(from: &reader) : nil
      guard pages.has(pages.browser?.movies ?? []) else { throw BinaryFileError.damaged }
    })

  /// The members, and whether all of them are here.
  static let users = ArtefactSection(
    side: .members, needs: [.counts],
    write: { pages, writer in
      writer.writeRecords(pages.users) { $0.write($1) }
      writer.write(pages.membersApart != nil)
    },
    read: { pages, reader in
      pages.users = try BinaryRecords(from: &reader).map(User.init(from:))
      if try !reader.read(Bool.self) { pages.membersApart = nil }
    })

  /// The models of the lists, without any list.
  static let listModels = ArtefactSection(
    side: .films,
    write: { pages, writer in writer.writeRecords(pages.lists) { $0.write(modelsOf: $1) } },
    read: { pages, reader in pages.lists = try BinaryRecords(from: &reader).map(RecommendationList.init(modelsFrom:)) })

  static let unusualModel = ArtefactSection(
    side: .films,
    write: { pages, writer in
      writer.write(pages.unusual != nil)
      if let unusual = pages.unusual { writer.write(modelsOf: unusual) }
    },
    read: { pages, reader in
      pages.unusual = try reader.read(Bool.self) ? RecommendationList(modelsFrom: &reader) : nil
    })

  /// The lists of all members, one for each of `listModels`.
  static let lists = ArtefactSection(
    side: .members, needs: [.listModels],
    write: { pages, writer in for list in pages.lists { writer.write(entriesOf: list) } },
    read: { pages, reader in for index in pages.lists.indices { try pages.lists[index].readEntries(from: &reader) } })

  static let unusual = ArtefactSection(
    side: .members, needs: [.unusualModel],
    write: { pages, writer in if let unusual = pages.unusual { writer.write(entriesOf: unusual) } },
    read: { pages, reader in try pages.unusual?.readEntries(from: &reader) })

  static let tastes = ArtefactSection(
    side: .members,
    write: { pages, writer in
      writer.write(pages.tastes.genreNames)
      writer.write(pages.tastes.genres)
      writer.write(pages.tastes.decades)
      writer.write(pages.tastes.mainstream)
      writer.write(pages.tastes.history)
    },
    read: { pages, reader in
      pages.tastes.genreNames = try reader.read()
      pages.tastes.genres = try reader.readRagged()
      pages.tastes.decades = try reader.readRagged()
      pages.tastes.mainstream = try reader.read()
      pages.tastes.history = try reader.readRagged()
    })
}

extension RatingScale {
  init(from reader: inout BinaryReader) throws(BinaryFileError) {
    self.init(minimum: try reader.read(), maximum: try reader.read(), step: try reader.read())
  }
}

extension RecommendationList {
  init(modelsFrom reader: inout BinaryReader) throws(BinaryFileError) {
    self.init(model: try reader.read(), starsModel: try reader.read())
  }

  fileprivate mutating func readEntries(from reader: inout BinaryReader) throws(BinaryFileError) {
    entries = try reader.readRagged()
    reasons = try reader.readRagged()
  }
}

extension BinaryWriter {
  fileprivate mutating func write(modelsOf list: RecommendationList) {
    write(list.model)
    write(list.starsModel)
  }

  fileprivate mutating func write(entriesOf list: RecommendationList) {
    write(list.entries)
    write(list.reasons)
  }
}

extension Precomputed {
  fileprivate func has(_ indices: [Int32]) -> Bool { indices.allSatisfy { movies.indices.contains(Int($0)) } }
}
