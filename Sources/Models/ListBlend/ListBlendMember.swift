public import BinaryFiles
import Ratings

/// One model of a `ListBlendModel` with its weight.
package struct ListBlendMember: Sendable {
  /// The place in `kinds`.
  let kind: Int
  package let model: any Recommender
  /// 0 or more; the weights of a blend sum to 1.
  package let weight: Float

  /// What can be blended. New ones go to the end: files name them by their place.
  static let kinds: [Kind] = [
    Kind(type: EaseModel.self, isDefault: true),
    Kind(type: ImplicitALSModel.self, isDefault: true), Kind(type: RP3BetaModel.self, isDefault: true),
    Kind(type: UserListNeighboursModel.self, isDefault: true), Kind(type: ListNeighboursModel.self, isDefault: true),
    Kind(type: SlimModel.self, isDefault: false), Kind(type: BPRModel.self, isDefault: false),
    Kind(type: WARPModel.self, isDefault: false),
  ]

  /// A model that can be a member, and how it is set as one.
  struct Kind: Sendable {
    let type: any Recommender.Type
    let isDefault: Bool
    var overrides: [String: Double] = [:]

    /// Whether its time and memory are worth it for a data set of this size.
    func suits(_ training: TrainingSet) -> Bool {
      if type == EaseModel.self {
        EaseModel.suits(userCount: training.userCount, movieCount: training.movieCount)
      } else if type == UserListNeighboursModel.self {
        // A list looks at all users who share a movie.
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
      writer.write(member.weight)
      member.model.save(to: &writer)
    }
  }

  public init(from reader: inout BinaryReader) throws(BinaryFileError) {
    let movieCount = try reader.readCount(in: 0...Int(Int32.max))
    let count = try reader.readCount(in: 0...ListBlendMember.kinds.count)
    var members: [ListBlendMember] = []
    for _ in 0..<count {
      let kind = Int(try reader.read(UInt8.self))
      let weight = try reader.readFinite()
      guard kind < ListBlendMember.kinds.count, (0...1).contains(weight) else { throw .damaged }
      let model = try ListBlendMember.kinds[kind].type.init(from: &reader)
      guard model.movieCount == movieCount else { throw .damaged }
      members.append(ListBlendMember(kind: kind, model: model, weight: weight))
    }
    self.init(members: members, movieCount: movieCount)
  }
}
