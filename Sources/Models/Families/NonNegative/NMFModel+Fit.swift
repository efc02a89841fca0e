import LinearAlgebra
public import Ratings

extension NMFModel {
  /// - Complexity: O(sweeps x (ratings x factors² + (users + movies) x factors²)).
  public static func fit(_ training: TrainingSet, settings: ModelSettings, context: FitContext) -> NMFModel {
    let standard = StandardizedRatings(training)
    let byUser = standard.byUser
    let byMovie = byUser.transposed()
    let factorCount = Int(settings["factors"])
    let ridge = Float(settings["regularization"])
    let biasRidge = Float(settings["bias-regularization"])
    let threads = context.threads
    let side = { (rows: Matrix) in
      NonNegativeSolver(
        others: MovieFactors(factorCount: factorCount, rows: rows), ridge: ridge, biasRidge: biasRidge)
    }
    var users = FactorDescent.startingRows(byUser.rowCount, factorCount: factorCount, onePlace: factorCount)
    users.fillFactors(count: factorCount, spread: 1 / Double(factorCount).squareRoot(), seed: context.seed, stream: 17)
    for place in users.values.indices where users.values[place] < 0 { users.values[place] *= -1 }
    var movies = side(users).solved(byMovie, threads: threads)
    var curve: [LearningPoint] = []
    for sweep in 1...Int(settings["sweeps"]) {
      users = side(movies).solved(byUser, threads: threads)
      let error = rootMeanSquaredError(byUser, users: users, movies: movies, factorCount: factorCount)
      let previous = curve.last?.trainingRMSE
      curve.append(LearningPoint(epoch: sweep, trainingRMSE: error * Double(standard.deviation)))
      if let previous, sweep > 5, curve[sweep - 1].trainingRMSE > previous * (1 - settings["tolerance"]) { break }
      if sweep < Int(settings["sweeps"]) { movies = side(users).solved(byMovie, threads: threads) }
    }
    let solver = side(movies)
    var vectors = Matrix(rows: users.rows, columns: users.columns)
    for user in 0..<users.rows {
      let row = users[row: user]
      let solution = Array(row.prefix(factorCount)) + [row[row.startIndex + factorCount + 1]]
      let vector = solver.others.vector(of: solution, mean: standard.mean, deviation: standard.deviation)
      for (place, value) in vector.enumerated() { vectors[user, place] = value }
    }
    return NMFModel(
      scale: training.scale, mean: standard.mean, deviation: standard.deviation, solver: solver, userVectors: vectors,
      curve: curve)
  }

  private static func rootMeanSquaredError(
    _ byUser: SparseRows, users: Matrix, movies: Matrix, factorCount: Int
  ) -> Double {
    var sum = 0.0
    for user in 0..<byUser.rowCount {
      for position in byUser.range(ofRow: user) {
        let movie = Int(byUser.columns[position])
        // The ones of both rows meet; what is left are the biases.
        let value =
          users.product(user, movies, movie) - 1 - users[user, factorCount + 1] * movies[movie, factorCount + 1]
          + users[user, factorCount + 1] + movies[movie, factorCount + 1]
        sum += Double((byUser.values[position] - value) * (byUser.values[position] - value))
      }
    }
    return (sum / Double(max(1, byUser.entryCount))).squareRoot()
  }
}
