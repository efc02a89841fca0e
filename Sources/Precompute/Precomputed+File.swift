import BinaryFiles
import Ratings

/// The artefact's file: a table of contents and a section for each part (`ArtefactSection`).
extension Precomputed {
  /// The version of the file's layout; it rises with every change to what a section writes.
  static let layout: UInt32 = 14
  static let kind = "precomputed pages"

  /// Writes the artefact atomically.
  ///
  /// - Parameter dataset: the fingerprint of its data.
  package func write(to path: String, dataset: UInt64) throws {
    var writer = BinaryWriter(kind: Self.kind)
    writer.write(
      sections: ArtefactSection.Name.allCases.map { name in
        var content = BinaryWriter()
        ArtefactSection.named(name).write(self, &content)
        return (name.rawValue, content)
      })
    try BinaryFile.write(writer, kind: Self.kind, version: Self.layout, dataset: dataset, to: path)
  }

  /// Reads the artefact.
  ///
  /// - Parameter isMapped: whether the file is mapped while it is read, and shared with other processes.
  /// - Throws: `BinaryFileError` if the file is missing, damaged, of another version or of other data.
  package init(contentsOf path: String, dataset: UInt64? = nil, isMapped: Bool = false) throws {
    let sections = try BinarySections(
      BinaryFile.read(kind: Self.kind, version: Self.layout, dataset: dataset, from: path, isMapped: isMapped))
    try self.init(sections, of: [.films, .members])
  }

  /// Reads what is about films and the site as a whole. Members are counted, as if their pages were computed separately, and
  /// lists have models and no entries.
  ///
  /// - Throws: as the other.
  /// - Complexity: does not depend on the number of members, but for the checksum of the file.
  package init(filmsOf path: String, isMapped: Bool = false) throws {
    let sections = try BinarySections(
      BinaryFile.read(kind: Self.kind, version: Self.layout, dataset: nil, from: path, isMapped: isMapped))
    try self.init(sections, of: [.films])
  }

  private init(_ sections: BinarySections, of sides: Set<ArtefactSection.Side>) throws {
    self.init(scale: .halfStars, users: [], movies: [])
    var pages = self
    var isRead: Set<ArtefactSection.Name> = []
    func read(_ name: ArtefactSection.Name) throws {
      let section = ArtefactSection.named(name)
      guard sides.contains(section.side), isRead.insert(name).inserted else { return }
      for other in section.needs { try read(other) }
      var reader = try sections.reader(of: name.rawValue)
      try section.read(&pages, &reader)
    }
    for name in ArtefactSection.Name.allCases { try read(name) }
    self = pages
    let levels = scale.levelCount
    guard (movieStatistics + userStatistics).allSatisfy({ $0.histogram.count == levels }) else {
      throw BinaryFileError.damaged
    }
  }
}
