/// A user of `count` ratings with one of them left out of the baseline's user bias.
struct LeaveOneOutBias {
  private let weight: Float

  init(count: Int, userDamping: Float) {
    weight = 1 / max(1, Float(count - 1) + userDamping)
  }

  /// How much higher all of the user's residuals over the baseline are without the rating of that residual.
  ///
  /// With n ratings of s_j over the movies' biases, b = Σ s_j / (n + d) is the bias with damping d, and without rating i it
  /// is (Σ s_j − s_i) / (n − 1 + d) = b − (s_i − b) / (n − 1 + d).
  func shift(_ residual: Float) -> Float { residual * weight }
}
