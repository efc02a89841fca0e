import BinaryFiles
import LinearAlgebra
import Ratings

/// Movies as vectors, and users as the solutions of `ImplicitEquations` over them: score(i) = b_i + x'y_i.
///
/// Members and new users get their x by the same exact solve. Memory: (movies + users) x factors.
public struct ListFactors: Sendable {
  let signal: ListSignal
  let equations: ImplicitEquations
  /// b_i, what a movie has for everyone.
  var biases: [Float]
  /// The mean x of all users with likes, for cold starts.
  let averageUser: [Float]
  /// x of every user of the training set; 0 for those without likes. No rows where users are folded in.
  private(set) var users: StoredMatrix
  /// Whether a user of the training set likes anything.
  private(set) var isKnown: [Bool]

  private let similarity = Deferred<MovieDirections>()

  /// What makes movies similar.
  var directions: MovieDirections { similarity.value { MovieDirections(movies) } }

  var movies: StoredMatrix { equations.others }
  var movieCount: Int { movies.rows }
  var stride: Int { movies.columns }

  /// - Parameter movies: padded with zeros to whole lanes.
  init(
    signal: ListSignal, training: TrainingSet, movies: Matrix, biases: [Float]? = nil, factorCount: Int,
    weights: ImplicitWeights, threads: ThreadCount
  ) {
    self.signal = signal
    let equations = ImplicitEquations(others: movies, factorCount: factorCount, weights: weights)
    self.equations = equations
    self.biases = biases ?? [Float](repeating: 0, count: movies.rows)
    let vectors = threads.map(training.userCount, blockSize: 32) { user in
      Self.vector(of: signal.weights(of: training.ratings(ofUser: user)), equations: equations)
    }
    isKnown = vectors.map { !$0.isEmpty }
    let nobody = [Float](repeating: 0, count: movies.columns)
    users = StoredMatrix(
      Matrix(rows: vectors.count, columns: movies.columns, values: vectors.flatMap { $0.isEmpty ? nobody : $0 }))
    averageUser = Self.mean(of: vectors, stride: movies.columns)
  }

  private static func mean(of vectors: [[Float]], stride: Int) -> [Float] {
    var sums = [Double](repeating: 0, count: stride)
    var count = 0.0
    for vector in vectors where !vector.isEmpty {
      count += 1
      for factor in 0..<stride { sums[factor] += Double(vector[factor]) }
    }
    return sums.map { Float($0 / max(1, count)) }
  }

  func vector(of weights: [ScoredMovie]) -> [Float] {
    let vector = Self.vector(of: weights, equations: equations)
    return vector.isEmpty ? averageUser : vector
  }

  /// x of a user of the training set.
  ///
  /// - Parameter weights: of the user's ratings.
  func vector(ofUser user: Int, weights: () -> [ScoredMovie]) -> [Float] {
    guard user < isKnown.count else { return vector(of: weights()) }
    return isKnown[user] ? users[row: user] : averageUser
  }

  func withoutUsers() -> ListFactors {
    var factors = self
    factors.users = StoredMatrix(columns: stride)
    factors.isKnown = []
    return factors
  }

  func save(to writer: inout BinaryWriter) {
    signal.save(to: &writer)
    writer.write(Int64(equations.factorCount))
    writer.write(equations.weights.unobserved)
    writer.write(equations.weights.lambda)
    writer.write(equations.weights.exponent)
    writer.write(biases)
    movies.save(to: &writer)
    writer.write(averageUser)
    writer.write(isKnown.map { $0 ? 1 as UInt8 : 0 })
    users.save(to: &writer)
  }

  init(from reader: inout BinaryReader) throws(BinaryFileError) {
    signal = try ListSignal(from: &reader)
    let factorCount = try reader.readCount(in: 1...4096)
    let stride = ImplicitEquations.stride(factorCount: factorCount)
    let weights = ImplicitWeights(
      unobserved: try reader.readFinite(), lambda: try reader.readFinite(), exponent: try reader.read(Double.self))
    guard weights.unobserved >= 0, weights.lambda >= 0, (0...1).contains(weights.exponent) else { throw .damaged }
    biases = try reader.readFiniteArray()
    let movies = try StoredMatrix(from: &reader, rows: biases.count, columns: stride)
    averageUser = try reader.readFiniteArray(count: stride)
    isKnown = try reader.read([UInt8].self).map { $0 != 0 }
    users = try StoredMatrix(from: &reader, rows: isKnown.count, columns: stride)
    equations = ImplicitEquations(others: movies, factorCount: factorCount, weights: weights)
  }
}
