import LinearAlgebra
public import Ratings

extension BlendModel {
  /// Share of the ratings in a single holdout for weighting the members.
  private static let heldOutShare = 0.1
  /// Parts of the held-out ratings on which trees and penalties are checked.
  private static let weightFolds = 5
  /// Groups of users whose held-out ratings do not take part in their own weights.
  private static let groupCount = 2

  /// - Complexity: `folds` + 1 times that of the members, plus growing trees.
  public static func fit(_ training: TrainingSet, settings: ModelSettings, context: FitContext) throws -> BlendModel {
    let foldCount = Int(settings["folds"])
    let members = members(settings, ratingCount: training.ratingCount)
    let layout = FeatureLayout(training, memberCount: members.count, usesDates: settings["dates"] == 1)
    if foldCount == 1 {
      let part = training.holdout(fraction: heldOutShare, seed: context.seed).training
      let fitted = try members.map { try $0.fitHoldoutAndFull(part: part, whole: training, context: context) }
      let stack = Stack(part: part, whole: training, fitted: fitted, layout: layout, context: context)
      return BlendModel(features: stack.whole, weights: [try stack.weights(settings, context: context)])
    }
    let table = try FeatureTable.outOfFold(
      training, layout: layout, members: members, foldCount: foldCount, context: context)
    return BlendModel(
      features: try PairFeatures(fitting: training, layout: layout, members: members, context: context),
      weights: [
        try StackWeights(fitting: table, foldCount: foldCount, hasTrees: settings["trees"] == 1, context: context)
      ])
  }

  /// The weights of the full model come from all ratings that are not in `part`. The model of the part has
  /// two sets of them: users of one half are predicted with weights from the other half's held-out ratings, so that
  /// no rating affects the weights of its own prediction.
  ///
  /// Members that are among `others` are taken from there, with their settings.
  public static func fitHoldoutAndFull(
    part: TrainingSet, whole: TrainingSet, settings: ModelSettings, context: FitContext,
    others: [String: HoldoutAndFullFit]
  ) throws -> HoldoutAndFullFit {
    let members = members(settings, ratingCount: part.ratingCount)
    let fitted = try members.map {
      try $0.fitHoldoutAndFull(part: part, whole: whole, context: context, others: others)
    }
    let stack = Stack(
      part: part, whole: whole, fitted: fitted,
      layout: FeatureLayout(whole, memberCount: members.count, usesDates: settings["dates"] == 1), context: context)
    let crossed = try (0..<groupCount).map { group in
      try stack.weights(settings, context: context) { UserGroups.group(ofUser: $0, count: groupCount) != group }
    }
    return HoldoutAndFullFit(
      part: BlendModel(features: stack.part, weights: crossed),
      whole: BlendModel(features: stack.whole, weights: [try stack.weights(settings, context: context)]))
  }

  /// Members fitted to a part and to all ratings, and the predictions of the former for the rest.
  private struct Stack {
    let part: PairFeatures
    let whole: PairFeatures
    let table: FeatureTable

    init(
      part: TrainingSet, whole: TrainingSet, fitted: [FittedMember], layout: FeatureLayout, context: FitContext
    ) {
      let completeness = Float(part.ratingCount) / Float(max(1, whole.ratingCount))
      self.part = PairFeatures(
        fitting: part, layout: layout, fitted: fitted.map(\.part), completeness: completeness, context: context)
      self.whole = PairFeatures(fitting: whole, layout: layout, fitted: fitted.map(\.whole), context: context)
      var table = FeatureTable(layout: layout)
      table.append(
        part.missing(from: whole), by: self.part, of: part, completeness: completeness, context: context
      ) { Int(CounterRandom.mix(UInt64($0)) % UInt64(weightFolds)) }
      self.table = table
    }

    /// Weights from the held-out ratings of the users that `isUsed` names.
    func weights(
      _ settings: ModelSettings, context: FitContext, isUsed: (Int) -> Bool = { _ in true }
    ) throws -> StackWeights {
      try StackWeights(
        fitting: table.selecting(table.users.indices.filter { isUsed(Int(table.users[$0])) }), foldCount: weightFolds,
        hasTrees: settings["trees"] == 1, context: context)
    }
  }
}
