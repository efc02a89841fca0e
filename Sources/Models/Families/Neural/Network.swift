import BinaryFiles
import LinearAlgebra
import Ratings

/// Widths of the neural model's layers.
struct NetworkShape: Sendable, Equatable {
  /// Of an embedding; a multiple of 8.
  let width: Int
  let hidden1: Int
  let hidden2: Int

  /// [taste | movie | taste x movie].
  var inputs: Int { 3 * width }

  // Where the parts stand in the flat array of weights: inputs x hidden1, hidden1, hidden1 x hidden2, hidden2, hidden2,
  // and the weights of the products (generalized matrix factorization).
  var weights1: Int { 0 }
  var bias1: Int { inputs * hidden1 }
  var weights2: Int { bias1 + hidden1 }
  var bias2: Int { weights2 + hidden1 * hidden2 }
  var weights3: Int { bias2 + hidden2 }
  var products: Int { weights3 + hidden2 }
  var count: Int { products + width }

  /// Weights at the start: normal numbers of variance 2 / inputs for the hidden layers (He et al. 2015), 1 for the
  /// products. The perceptron's output begins at 0, so that it has to earn its say.
  func start(seed: UInt64) -> [Float] {
    var random = CounterRandom(seed: seed, stream: 23)
    var weights = [Float](repeating: 0, count: count)
    for (place, amount, inputs) in [
      (weights1, self.inputs * hidden1, self.inputs), (weights2, hidden1 * hidden2, hidden1),
    ] {
      let spread = (2 / Double(inputs)).squareRoot()
      for index in place..<place + amount { weights[index] = Float(random.normalPair().0 * spread) }
    }
    for index in products..<count { weights[index] = 1 }
    return weights
  }
}

/// All that the neural model has learned.
struct Network: Sendable, Equatable {
  let shape: NetworkShape
  var weights: [Float]
  /// Movies x width: the movies' embeddings, and what a rating of them says of a taste.
  var movies: Matrix
  var bag: AsymmetricBag
  /// c_i, one for each movie.
  var biases: [Float]

  func save(to writer: inout BinaryWriter) {
    writer.write(Int64(shape.width))
    writer.write(Int64(shape.hidden1))
    writer.write(Int64(shape.hidden2))
    writer.write(weights)
    writer.write(movies.values)
    writer.write(bag.explicit.values)
    writer.write(bag.implicit.values)
    writer.write(biases)
  }

  init(shape: NetworkShape, weights: [Float], movies: Matrix, bag: AsymmetricBag, biases: [Float]) {
    self.shape = shape
    self.weights = weights
    self.movies = movies
    self.bag = bag
    self.biases = biases
  }

  init(from reader: inout BinaryReader, movieCount: Int) throws(BinaryFileError) {
    let width = try reader.readCount(in: 8...128)
    guard width % 8 == 0 else { throw .damaged }
    shape = NetworkShape(
      width: width, hidden1: try reader.readCount(in: 1...512), hidden2: try reader.readCount(in: 1...512))
    weights = try reader.readFiniteArray(count: shape.count)
    movies = Matrix(rows: movieCount, columns: width, values: try reader.readFiniteArray(count: movieCount * width))
    let explicit = Matrix(
      rows: movieCount, columns: width, values: try reader.readFiniteArray(count: movieCount * width))
    let implicit = Matrix(
      rows: movieCount, columns: width, values: try reader.readFiniteArray(count: movieCount * width))
    bag = AsymmetricBag(explicit: explicit, implicit: implicit, factorCount: width)
    biases = try reader.readFiniteArray(count: movieCount)
  }
}
