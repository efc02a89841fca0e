import Platform
import Ratings

/// Every model that is built in.
public enum ModelCatalogue {
  /// In the order in which they are shown: stars, then lists, simple ones first.
  public static let all: [any Recommender.Type] = BaseModels.stars + treeStars + [BlendModel.self] + lists

  /// Whether this program has the models of trees; the library that grows them may still be missing.
  public static var knowsTrees: Bool { !treeStars.isEmpty }

  /// The models that can be fitted on this machine.
  public static var usable: [any Recommender.Type] {
    TreeLibrary.isInstalled ? all : all.filter { !$0.descriptor.traits.contains(.grownTrees) }
  }

  /// Settings with which models that take trees in do without them, by model.
  public static let settingsWithoutTrees: [String: [String: Double]] = all.reduce(into: [:]) { result, model in
    let descriptor = model.descriptor
    if let setting = descriptor.setting(.grownTrees) { result[descriptor.name] = [setting.name: 0] }
  }

  /// The models that a build without the package trait `Trees` leaves out.
  private static var treeStars: [any Recommender.Type] {
    #if Trees
      [DecisionTreeModel.self, RandomForestModel.self, XGBoostModel.self, SupportVectorModel.self]
    #else
      []
    #endif
  }

  private static let lists: [any Recommender.Type] = [
    PopularityModel.self,
    ListNeighboursModel.self,
    UserListNeighboursModel.self,
    EaseModel.self,
    SlimModel.self,
    ImplicitALSModel.self,
    BPRModel.self,
    WARPModel.self,
    RP3BetaModel.self,
    ListBlendModel.self,
  ]

  /// The model of that name.
  ///
  /// - Throws: `ModelError.unknownModel` with the nearest name.
  public static func model(named name: String) throws(ModelError) -> any Recommender.Type {
    for model in all where model.descriptor.name == name { return model }
    throw .unknownModel(name: name, nearest: Spelling.nearest(to: name, among: all.map { $0.descriptor.name }))
  }
}
