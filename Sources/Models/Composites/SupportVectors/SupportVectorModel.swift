#if Trees
  public import BinaryFiles
  import LinearAlgebra
  public import Ratings

  /// Predicts ratings by support vector regression on features of user and movie, added to the baseline.
  ///
  /// Training takes time with the square of the number of ratings, so large sets are learnt from a random sample
  /// of at most `sample` ratings; the features of these still come from all. LIBSVM trains, Marquee predicts.
  public struct SupportVectorModel: FeatureModel {
    public static let descriptor = ModelDescriptor(
      name: "svm", family: "support vectors", job: .stars,
      purpose: "Support vector regression on facts and other models' predictions: smooth where trees make steps.",
      settings: [
        ModelSetting("cost", default: 1.5, in: 0.001...10, "weight of errors against smoothness (C)"),
        ModelSetting("tube", default: 0.4, in: 0.01...2, "tolerated error (ε), in quarters of the scale"),
        ModelSetting(
          "gamma", default: 0.2, in: 0.001...10, "inverse width of the kernel (γ), times the number of features"),
        ModelSetting("sample", default: 5000, in: 100...20000, isWhole: true, "most training ratings"),
        .innerFolds,
      ],
      memory: ModelMemory(row: 3_000, rating: 1_100),
      reference:
        "C.-C. Chang, C.-J. Lin: LIBSVM, a library for support vector machines. ACM TIST 2(3), 2011; epsilon-SVR by V. Vapnik, 1998"
    )
    public static let fileVersion: UInt32 = 1 + PairFeatures.fileVersion

    /// What is worked out of a user and a movie for the regression.
    public let features: PairFeatures
    let machine: KernelExpansion
    /// Stars per unit of the regression.
    let unit: Float

    public static func fit(
      _ training: TrainingSet, settings: ModelSettings, context: FitContext
    ) throws -> SupportVectorModel {
      let members = ["als", "item-neighbours"].compactMap { StackMember($0) }
      let layout = FeatureLayout(training, memberCount: members.count)
      let table = try FeatureTable.outOfFold(
        training, layout: layout, members: members, foldCount: Int(settings["folds"]), context: context)
      let width = (training.scale.maximum - training.scale.minimum) / 4
      let unit = width > 0 ? width : 1
      return SupportVectorModel(
        features: try PairFeatures(fitting: training, layout: layout, members: members, context: context),
        machine: try machine(table, settings: settings, seed: context.seed, unit: unit), unit: unit)
    }

    private static func machine(
      _ table: FeatureTable, settings: ModelSettings, seed: UInt64, unit: Float
    ) throws -> KernelExpansion {
      let width = table.layout.count
      let gamma = settings["gamma"] / Double(width)
      let scaling = FeatureScaling(table)
      let sample = table.sample(Int(settings["sample"]), seed: seed)
      guard sample.count > 0 else {
        return KernelExpansion(scaling: scaling, gamma: Float(gamma), bias: 0, vectors: [], coefficients: [])
      }
      var rows = [Float](repeating: 0, count: sample.rows.count)
      for row in 0..<sample.count { scaling.scale(sample.rows, from: row * width, into: &rows, at: row * width) }
      let solution = try LIBSVM.regression(
        rows: rows, targets: sample.residuals.map { $0 / unit }, width: width, cost: settings["cost"],
        tube: settings["tube"], gamma: gamma)
      return KernelExpansion(
        scaling: scaling, gamma: Float(gamma), bias: solution.bias,
        vectors: solution.coefficients.flatMap { rows[$0.row * width..<($0.row + 1) * width] },
        coefficients: solution.coefficients.map(\.value))
    }

    public func corrections(_ rows: [Float], count: Int, profile: UserProfile) -> [Float] {
      machine.values(rows, count: count).map { $0 * unit }
    }

    public func save(to writer: inout BinaryWriter) {
      features.save(to: &writer)
      writer.write(unit)
      machine.save(to: &writer)
    }

    public init(from reader: inout BinaryReader) throws(BinaryFileError) {
      features = try PairFeatures(from: &reader)
      unit = try reader.readFinite()
      machine = try KernelExpansion(from: &reader, width: features.layout.count)
    }

    init(features: PairFeatures, machine: KernelExpansion, unit: Float) {
      self.features = features
      self.machine = machine
      self.unit = unit
    }
  }
#endif
