/// The models of ratings that are made of no other: what others can build on.
enum BaseModels {
  /// Simple ones first.
  static let stars: [any RatingPredictor.Type] = [
    BiasesModel.self,
    SlopeOneModel.self,
    CoClusteringModel.self,
    UserNeighboursModel.self,
    ItemNeighboursModel.self,
    NMFModel.self,
    SGDModel.self,
    ALSModel.self,
    SVDPlusPlusModel.self,
    AsymmetricModel.self,
    TimeSVDPlusPlusModel.self,
    NeuralModel.self,
    BayesianModel.self,
  ]
}
