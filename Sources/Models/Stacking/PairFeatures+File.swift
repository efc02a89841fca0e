import BinaryFiles
import LinearAlgebra
import Ratings

extension PairFeatures {
  /// Rises with the layout of every model that can be a member: members are in the same file.
  static let fileVersion: UInt32 = BaseModels.stars.reduce(0) { $0 + $1.fileVersion }

  func save(to writer: inout BinaryWriter) {
    writer.write(scale)
    baseline.save(to: &writer)
    writer.write(Int64(layout.genreCount))
    writer.write(layout.hasPeople)
    writer.write(layout.hasTimes)
    writer.write(movieColumns.values)
    writer.write(genres.offsets.map { Int64($0) })
    writer.write(genres.elements)
    writer.write(decades)
    if layout.hasPeople { people.save(to: &writer) }
    writer.write(members.map { type(of: $0).descriptor.name })
    for member in members { member.save(to: &writer) }
  }

  init(from reader: inout BinaryReader) throws(BinaryFileError) {
    scale = try reader.readScale()
    baseline = try Baseline(from: &reader)
    let movieCount = baseline.movieBiases.count
    let genreCount = try reader.readCount(in: 0...FeatureLayout.mostGenres)
    let hasPeople = try reader.read(Bool.self)
    let hasTimes = try reader.read(Bool.self)
    let columns = try reader.readFiniteArray()
    let width = FeatureLayout.movieFixedCount + genreCount
    guard columns.count == movieCount * width else { throw .damaged }
    movieColumns = Matrix(rows: movieCount, columns: width, values: columns)
    let offsets = try reader.readOffsets(rowCount: movieCount)
    genres = Ragged(
      offsets: offsets, elements: try reader.readIndices(below: genreCount, count: offsets[movieCount]))
    decades = try reader.read([Int32].self)
    guard decades.count == movieCount, decades.allSatisfy({ $0 >= -1 && Int($0) < FeatureLayout.decadeCount }) else {
      throw .damaged
    }
    people = hasPeople ? try PeopleFeatures(from: &reader, movieCount: movieCount) : PeopleFeatures()
    let names = try reader.read([String].self)
    var members: [any RatingPredictor] = []
    for name in names {
      guard let type = StackMember.type(named: name) else { throw .damaged }
      let member = try type.init(from: &reader)
      guard member.movieCount == movieCount else { throw .damaged }
      members.append(member)
    }
    self.members = members
    layout = FeatureLayout(
      genreCount: genreCount, memberCount: members.count, hasPeople: hasPeople, hasTimes: hasTimes)
  }
}
