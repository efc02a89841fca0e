import BinaryFiles

/// Σ_s c_s exp(−γ |x − s|²) + b over support vectors s, for rows x of features that are brought to mean 0 and
/// deviation 1 first.
struct KernelExpansion: Sendable, Equatable {
  let scaling: FeatureScaling
  let gamma: Float
  let bias: Float
  /// Support vectors x features, scaled; as many rows as `coefficients`, a multiple of `lanes`.
  let vectors: [Float]
  let coefficients: [Float]
  /// |s|² of each support vector.
  let norms: [Float]

  static let lanes = 8

  init(scaling: FeatureScaling, gamma: Float, bias: Float, vectors: [Float], coefficients: [Float]) {
    let width = scaling.means.count
    let padding = (Self.lanes - coefficients.count % Self.lanes) % Self.lanes
    let vectors = vectors + [Float](repeating: 0, count: padding * width)
    let coefficients = coefficients + [Float](repeating: 0, count: padding)
    self.scaling = scaling
    self.gamma = gamma
    self.bias = bias
    self.vectors = vectors
    self.coefficients = coefficients
    norms = coefficients.indices.map { row in
      vectors[row * width..<(row + 1) * width].reduce(0) { $0 + $1 * $1 }
    }
  }

  /// The values of `count` rows.
  ///
  /// - Complexity: O(rows x support vectors x features).
  func values(_ rows: [Float], count: Int) -> [Float] {
    let width = scaling.means.count
    var scaled = [Float](repeating: 0, count: width)
    return (0..<count).map { row in
      scaling.scale(rows, from: row * width, into: &scaled, at: 0)
      return bias + sum(scaled)
    }
  }
}

extension KernelExpansion {
  func save(to writer: inout BinaryWriter) {
    scaling.save(to: &writer)
    writer.write(gamma)
    writer.write(bias)
    writer.write(coefficients)
    writer.write(vectors)
  }

  init(from reader: inout BinaryReader, width: Int) throws(BinaryFileError) {
    let scaling = try FeatureScaling(from: &reader, width: width)
    let gamma = try reader.readFinite()
    let bias = try reader.readFinite()
    let coefficients = try reader.readFiniteArray()
    guard gamma >= 0, coefficients.count % Self.lanes == 0 else { throw .damaged }
    self.init(
      scaling: scaling, gamma: gamma, bias: bias,
      vectors: try reader.readFiniteArray(count: coefficients.count * width), coefficients: coefficients)
  }
}

/// Means and deviations of features.
struct FeatureScaling: Sendable, Equatable {
  let means: [Float]
  /// 1 / deviation; 0 for a feature that is constant.
  let factors: [Float]

  /// Farthest from the mean that a feature may be, in deviations.
  private static let limit: Float = 6

  init(_ table: FeatureTable) {
    let width = table.layout.count
    let count = Double(max(1, table.count))
    var sums = [Double](repeating: 0, count: width)
    var squares = sums
    for row in 0..<table.count {
      for column in 0..<width { sums[column] += Double(table.rows[row * width + column]) }
    }
    let means = sums.map { $0 / count }
    for row in 0..<table.count {
      for column in 0..<width {
        let difference = Double(table.rows[row * width + column]) - means[column]
        squares[column] += difference * difference
      }
    }
    self.means = means.map { Float($0) }
    factors = squares.map { $0 / count > 1e-10 ? Float(1 / ($0 / count).squareRoot()) : 0 }
  }

  func scale(_ rows: [Float], from start: Int, into scaled: inout [Float], at place: Int) {
    for column in means.indices {
      let value = (rows[start + column] - means[column]) * factors[column]
      scaled[place + column] = max(-Self.limit, min(Self.limit, value))
    }
  }

  func save(to writer: inout BinaryWriter) {
    writer.write(means)
    writer.write(factors)
  }

  init(from reader: inout BinaryReader, width: Int) throws(BinaryFileError) {
    means = try reader.readFiniteArray(count: width)
    factors = try reader.readFiniteArray(count: width)
  }
}
