/// A model whose scores are products of a profile's vector with rows of a matrix: lists are then made by one product of
/// matrices for many users.
public protocol HasProductForm: Recommender {
  var productForm: ProductForm { get }
}

/// Scores that are products: that of movie i for a profile is `biases`[i] + its vector · row i of `movies`.
public struct ProductForm: Sendable {
  /// Movies x length of a profile's vector.
  public let movies: StoredMatrix
  /// Empty where all are 0.
  public let biases: [Float]

  /// The form, in which biases that are all 0 are left out.
  public init(movies: StoredMatrix, biases: [Float] = []) {
    self.movies = movies
    self.biases = biases.contains { $0 != 0 } ? biases : []
  }
}
