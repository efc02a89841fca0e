import BinaryFiles

/// What the figures of a build were measured on, for pages in any language.
package struct MeasuredOn: Sendable, Equatable {
  package enum Part: Sendable, Equatable {
    /// A random share of all ratings, drawn by the seed.
    case holdout(share: Double, seed: UInt64)
    /// The validation part that the data bring.
    case ownPart
  }

  package var part: Part
  /// How many users lists were measured on, drawn by the seed; nil for all.
  package var sampledUsers: Int?
  /// From how many ratings MLlib made the film factors, without those of this part; nil where Marquee made them.
  package var importedRatings: Int?

  package init(_ part: Part, sampledUsers: Int? = nil, importedRatings: Int? = nil) {
    self.part = part
    self.sampledUsers = sampledUsers
    self.importedRatings = importedRatings
  }
}

extension BinaryWriter {
  mutating func write(_ measured: MeasuredOn?) {
    var (kind, share, seed) = (0 as UInt8, 0.0, 0 as UInt64)
    switch measured?.part {
    case .holdout(let drawn, let by): (kind, share, seed) = (1, drawn, by)
    case .ownPart: kind = 2
    case nil: break
    }
    write(kind)
    write(share)
    write(seed)
    for count in [measured?.sampledUsers, measured?.importedRatings] { write(count.map(Int64.init) ?? -1) }
  }
}

extension BinaryReader {
  mutating func readMeasuredOn() throws(BinaryFileError) -> MeasuredOn? {
    let (kind, share, seed) = (try read(UInt8.self), try read(Double.self), try read(UInt64.self))
    let (users, ratings) = (try read(Int64.self), try read(Int64.self))
    let part: MeasuredOn.Part
    switch kind {
    case 0: return nil
    case 1: part = .holdout(share: share, seed: seed)
    case 2: part = .ownPart
    default: throw .damaged
    }
    return MeasuredOn(
      part, sampledUsers: users < 0 ? nil : Int(users), importedRatings: ratings < 0 ? nil : Int(ratings))
  }
}
