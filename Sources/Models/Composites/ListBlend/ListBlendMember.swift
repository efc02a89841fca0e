public import BinaryFiles
import Ratings

/// One model of a `ListBlendModel`.
package struct ListBlendMember: Sendable {
  /// The place in `kinds`.
  let kind: Int
  package let model: any Recommender

  /// What can be blended. New ones go to the end: files name them by their place.
  static let kinds: [Kind] = [
    Kind(type: EaseModel.self, isDefault: true),
    Kind(type: ImplicitALSModel.self, isDefault: true), Kind(type: RP3BetaModel.self, isDefault: true),
    Kind(type: UserListNeighboursModel.self, isDefault: true), Kind(type: ListNeighboursModel.self, isDefault: true),
    Kind(type: SlimModel.self, isDefault: false), Kind(type: BPRModel.self, isDefault: false),
    Kind(type: WARPModel.self, isDefault: false),
  ]

  /// A model that can be a member.
  struct Kind: Sendable {
    let type: any Recommender.Type
    let isDefault: Bool

    /// Whether its time and memory are acceptable for a data set of this size.
    func isPractical(for training: TrainingSet) -> Bool {
      if type == EaseModel.self {
        EaseModel.isFeasible(userCount: training.userCount, movieCount: training.movieCount)
      } else if type == UserListNeighboursModel.self {
        // A list considers all users who share a movie.
        training.userCount <= 50_000
      } else if type == SlimModel.self {
        training.movieCount <= 10_000
      } else {
        true
      }
    }
  }
}

extension ListBlendModel {
  public func save(to writer: inout BinaryWriter) {
    writer.write(Int64(movieCount))
    writer.write(Int64(members.count))
    for member in members {
      writer.write(UInt8(member.kind))
      member.model.save(to: &writer)
    }
    writer.write(Int64(weights.count))
    for weights in weights { writer.write(weights) }
  }

  public init(from reader: inout BinaryReader) throws(BinaryFileError) {
    let movieCount = try reader.readCount(in: 0...Int(Int32.max))
    let count = try reader.readCount(in: 0...ListBlendMember.kinds.count)
    var members: [ListBlendMember] = []
    for _ in 0..<count {
      let kind = Int(try reader.read(UInt8.self))
      guard kind < ListBlendMember.kinds.count else { throw .damaged }
      let model = try ListBlendMember.kinds[kind].type.init(from: &reader)
      guard model.movieCount == movieCount else { throw .damaged }
      members.append(ListBlendMember(kind: kind, model: model))
    }
    var weights: [[Float]] = []
    for _ in 0..<(try reader.readCount(in: 1...64)) {
      let next = try reader.readFiniteArray(count: count)
      guard next.allSatisfy({ (0...1).contains($0) }) else { throw .damaged }
      weights.append(next)
    }
    self.init(members: members, weights: weights, movieCount: movieCount)
  }
}
