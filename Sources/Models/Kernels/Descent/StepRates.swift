/// Learning rates and pulls of one epoch, by place in a row.
///
///     user:   p_0 … p_k−1 | bias | 1    | 0 …
///     movie:  q_0 … q_k−1 | 1    | bias | 0 …
struct StepRates: Sendable {
  let stride: Int
  /// The learning rate; 0 for constants.
  let user: [Float]
  let movie: [Float]
  /// Learning rate times regularization.
  let userPull: [Float]
  let moviePull: [Float]

  init(factorCount k: Int, rate: Float, regularization: Float, biasRegularization: Float) {
    stride = MovieFactors.stride(factorCount: k)
    var rates = [Float](repeating: 0, count: stride)
    var pulls = rates
    for factor in 0..<k {
      rates[factor] = rate
      pulls[factor] = rate * regularization
    }
    var (user, userPull, movie, moviePull) = (rates, pulls, rates, pulls)
    user[k] = rate
    userPull[k] = rate * biasRegularization
    movie[k + 1] = rate
    moviePull[k + 1] = rate * biasRegularization
    (self.user, self.userPull, self.movie, self.moviePull) = (user, userPull, movie, moviePull)
  }
}
