public import BinaryFiles
import LinearAlgebra
public import Ratings

/// A neural model: embeddings, their product and a perceptron.
///
/// With ε_uj = (r_uj − b_uj) / σ the standardized residual over the `Baseline`, a user's embedding is made of what they
/// rated, t_u = n_u^−1/2 Σ_j (ε_uj x_j + y_j), and
///
///     score(u, i) = b_ui + σ [c_i + a · (t_u ∘ q_i) + w · relu(W₂ relu(W₁ (t_u, q_i, t_u ∘ q_i)))]
///
/// the sum of generalized matrix factorization and a perceptron, as in neural matrix factorization, but with users who
/// are known by their ratings: a new user needs no training. As a rating is learned from, it is left out of its user's
/// sum and bias. Learned by Adam on batches of whole users; the number of epochs is found on a validation set taken from the training
/// ratings, and then all are trained on.
public struct NeuralModel: RatingPredictor, HasLearningCurve {
  public static let descriptor = ModelDescriptor(
    name: "neural", family: "neural", job: .stars,
    purpose: "Embeddings and a perceptron: the neural way of recommending, small enough for a processor.",
    settings: [
      ModelSetting(
        "factors", default: 16, in: 1...128, isWhole: true, "dimension of the embeddings, rounded up to a multiple of 8"
      ),
      ModelSetting(
        "hidden", default: 32, in: 1...256, isWhole: true, "width of the first hidden layer; the second has half"),
      ModelSetting("epochs", default: 30, in: 1...500, isWhole: true, "most passes over the ratings"),
      ModelSetting("batch", default: 512, in: 1...65536, isWhole: true, "ratings in a batch"),
      ModelSetting("learning-rate", default: 0.004, in: 0.0001...0.1, "learning rate of Adam in the first epoch"),
      ModelSetting("decay", default: 0.92, in: 0.5...1, "factor of the learning rate after each epoch"),
      ModelSetting(
        "regularization", default: 1, in: 0...100,
        "L2 regularization of movies' embeddings, times the root of a movie's number of ratings"),
      ModelSetting("bag-regularization", default: 1.5, in: 0...100, "the same for the embeddings of rated movies"),
      ModelSetting("bias-regularization", default: 30, in: 0...100, "the same for the movies' biases"),
      ModelSetting("layer-decay", default: 0.001, in: 0...1, "weight decay of the layers"),
      ModelSetting(
        "tolerance", default: 0, in: 0...1,
        "without a validation set: training stops when the training error falls by less than this share"),
      ModelSetting(
        "validation", default: 0.05, in: 0...0.5,
        "share of the ratings held out to find the best number of epochs, before training on all"),
    ] + ModelSetting.baseline(user: 5, movie: 2),
    memory: ModelMemory(row: 1_000, rating: 16),
    reference: "X. He, L. Liao, H. Zhang, L. Nie, X. Hu, T.-S. Chua: Neural collaborative filtering. WWW 2017")
  public static let fileVersion: UInt32 = 1

  /// Mean and biases, to which the network adds.
  public let baseline: Baseline
  let scale: RatingScale
  let deviation: Float
  let network: Network
  let similarities: NeuralSimilarities
  public let learningCurve: [LearningPoint]

  public static func fit(_ training: TrainingSet, settings: ModelSettings, context: FitContext) -> NeuralModel {
    let baseline = Baseline(fitting: training, settings: settings, threads: context.threads)
    let shape = NetworkShape(
      width: (Int(settings["factors"]) + 7) & ~7, hidden1: Int(settings["hidden"]),
      hidden2: max(1, Int(settings["hidden"]) / 2))
    let batchSize = Int(settings["batch"])
    let bagRegularization = Float(settings["bag-regularization"])
    let layerDecay = Float(settings["layer-decay"])
    let settings = DescentSettings(settings, context: context)
    let deviation = StandardizedRatings(training).deviation
    let residuals = baseline.residuals(of: training.byUser, threads: context.threads)
    let scaled = SparseRows(
      offsets: residuals.offsets, columns: residuals.columns, values: residuals.values.map { $0 / deviation },
      columnCount: residuals.columnCount)
    let (descent, curve) = settings.learn(from: scaled, deviation: deviation) {
      NeuralDescent(
        $0, shape: shape, settings: settings, batchSize: batchSize, bagRegularization: bagRegularization,
        layerDecay: layerDecay, userDamping: baseline.userDamping)
    }
    return NeuralModel(
      baseline: baseline, scale: training.scale, deviation: deviation, network: descent.network,
      learningCurve: curve)
  }

  public var movieCount: Int { baseline.movieBiases.count }

  public func profile(ofUser user: Int, ratings: [MovieRating]) -> UserProfile {
    profile(ratings, userBias: baseline.userBiases[user])
  }

  public func foldIn(_ ratings: [MovieRating]) -> UserProfile {
    let ratings = ratings.within(scale)
    return profile(ratings, userBias: baseline.userBias(of: ratings))
  }

  /// The vector is the user's bias and then the embedding.
  private func profile(_ ratings: [MovieRating], userBias: Float) -> UserProfile {
    let residuals = baseline.residuals(of: ratings, userBias: userBias).map { $0 / deviation }
    return UserProfile(
      ratings: ratings,
      vector: [userBias] + network.bag.taste(movies: ratings.map(\.movie)[...], residuals: residuals[...]))
  }

  public func predict(_ profile: UserProfile, movie: Int?) -> Float {
    let start = baseline.mean + profile.vector[0]
    guard let movie else { return scale.clamp(start) }
    let output = network.outputs(taste: Array(profile.vector.dropFirst()), movies: [Int32(movie)])[0]
    return scale.clamp(start + baseline.movieBiases[movie] + deviation * output)
  }

  public func score(_ profiles: [UserProfile], into scores: UnsafeMutableBufferPointer<Float>) {
    let movies = (0..<Int32(movieCount)).map { $0 }
    for (row, profile) in profiles.enumerated() {
      let start = baseline.mean + profile.vector[0]
      let outputs = network.outputs(taste: Array(profile.vector.dropFirst()), movies: movies)
      for (movie, output) in outputs.enumerated() {
        scores[row * movieCount + movie] = start + baseline.movieBiases[movie] + deviation * output
      }
    }
  }

  /// Movies that a good rating of this one speaks for, and the other way round.
  public func similarMovies(to movie: Int, count: Int) -> [ScoredMovie] {
    similarities.similar(to: movie, count: count)
  }

  public func save(to writer: inout BinaryWriter) {
    writer.write(scale)
    baseline.save(to: &writer)
    writer.write(deviation)
    network.save(to: &writer)
    learningCurve.save(to: &writer)
  }

  public init(from reader: inout BinaryReader) throws(BinaryFileError) {
    let scale = try reader.readScale()
    let baseline = try Baseline(from: &reader)
    let deviation = try reader.readFinite()
    guard deviation > 0 else { throw .damaged }
    let network = try Network(from: &reader, movieCount: baseline.movieBiases.count)
    self.init(
      baseline: baseline, scale: scale, deviation: deviation, network: network,
      learningCurve: try [LearningPoint](from: &reader))
  }

  init(
    baseline: Baseline, scale: RatingScale, deviation: Float, network: Network, learningCurve: [LearningPoint]
  ) {
    self.baseline = baseline
    self.scale = scale
    self.deviation = deviation
    self.network = network
    similarities = NeuralSimilarities(network)
    self.learningCurve = learningCurve
  }
}
