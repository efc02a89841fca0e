public import BinaryFiles
import LinearAlgebra
public import Ratings

/// Predicts ratings by stacking all good models, weighted by the accuracy of their out-of-sample predictions.
///
/// The weights (`StackWeights`) come from ratings that were held out of the members: a tenth of the training set, or each
/// fold in turn. Then the members are fitted to everything. Only the training set is used.
///
/// With fewer than `leastRatings` ratings only the cheap members take part: there is too little to weight the others.
public struct BlendModel: FeatureModel, BlendingRecommender {
  public static let descriptor = ModelDescriptor(
    name: "blend", family: "stacking", job: .stars,
    purpose:
      "All good models together, each weighted by its accuracy: the most accurate stars, and the slowest to learn.",
    settings: memberNames.map { name in
      ModelSetting(name, default: defaultMembers.contains(name) ? 1 : 0, in: 0...1, isWhole: true, "1 includes \(name)")
    } + [
      ModelSetting(
        "trees", default: 1, in: 0...1, isWhole: true, role: .grownTrees,
        "1 includes trees boosted on features and members"),
      ModelSetting("dates", default: 1, in: 0...1, isWhole: true, role: .dates, "1 uses the timestamps of ratings"),
      ModelSetting(
        "folds", default: 1, in: 1...20, isWhole: true,
        "number of folds for the out-of-fold predictions that weight the members; 1 holds out a single tenth"),
    ],
    traits: [.blend], memory: ModelMemory(row: 4_000, rating: 300),
    reference:
      "J. Sill, G. Takács, L. Mackey, D. Lin: Feature-weighted linear stacking. arXiv 0911.0460; L. Breiman: Stacked regressions. Machine Learning 24, 1996"
  )
  public static let fileVersion: UInt32 = 2 + PairFeatures.fileVersion

  /// Those of them in the catalogue can take part.
  private static let memberNames = [
    "als", "item-neighbours", "user-neighbours", "slope-one", "nmf", "sgd", "svdpp", "asymmetric", "timesvdpp",
    "neural",
    "bayesian",
  ]
  private static let defaultMembers = ["als", "item-neighbours", "bayesian"]
  private static let cheapMembers = ["als", "item-neighbours"]
  static let leastRatings = 1000

  /// What is worked out of a user and a movie for the blend.
  public let features: PairFeatures
  /// One, or one for each group of users, fitted without that group's held-out ratings.
  let weights: [StackWeights]

  public func corrections(_ rows: [Float], count: Int, profile: UserProfile) -> [Float] {
    let group = profile.vector.last.flatMap { Int(exactly: $0) } ?? 0
    return weights[weights.indices.contains(group) ? group : 0].corrections(rows, count: count, layout: features.layout)
  }

  public func profile(ofUser user: Int, ratings: [MovieRating]) -> UserProfile {
    var profile = features.profile(features.user(user, ratings: ratings))
    profile.vector.append(Float(UserGroups.group(ofUser: user, count: weights.count)))
    return profile
  }

  public func foldIn(_ ratings: [MovieRating]) -> UserProfile {
    var profile = features.profile(features.user(nil, ratings: ratings.within(features.scale)))
    profile.vector.append(0)
    return profile
  }

  /// The probabilities of the last member that gives any, tilted so that their mean is the blend's prediction.
  public func probabilities(_ profile: UserProfile, movie: Int?, time: UInt32) -> [Float]? {
    let profiles = features.user(profile).members
    for index in features.members.indices.reversed() {
      guard let probabilities = features.members[index].probabilities(profiles[index], movie: movie, time: time) else {
        continue
      }
      return ExponentialTilting.probabilities(
        probabilities, scale: features.scale, mean: predict(profile, movie: movie, time: time))
    }
    return nil
  }

  public func save(to writer: inout BinaryWriter) {
    features.save(to: &writer)
    writer.write(Int64(weights.count))
    for weights in weights { weights.save(to: &writer) }
  }

  public init(from reader: inout BinaryReader) throws(BinaryFileError) {
    features = try PairFeatures(from: &reader)
    var weights: [StackWeights] = []
    for _ in 0..<(try reader.readCount(in: 1...64)) {
      weights.append(try StackWeights(from: &reader, layout: features.layout))
    }
    self.weights = weights
  }

  init(features: PairFeatures, weights: [StackWeights]) {
    self.features = features
    self.weights = weights
  }
}

extension BlendModel {
  /// The models that take part.
  static func members(_ settings: ModelSettings, ratingCount: Int) -> [StackMember] {
    let names = ratingCount < leastRatings ? cheapMembers : memberNames
    return names.filter { settings[$0] == 1 }.compactMap { name in
      guard var member = StackMember(name) else { return nil }
      if settings["dates"] == 0, let dates = member.type.descriptor.setting(.dates) { member.overrides[dates.name] = 0 }
      return member
    }
  }
}
