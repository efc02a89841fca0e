import LinearAlgebra
import Ratings

/// A planar embedding of high-dimensional points that keeps neighbours near. Single-threaded and reproducible.
struct NeighbourEmbedding {
  /// Horizontal and vertical, 0 to 1.
  private(set) var positions: (x: [Float], y: [Float])

  private static let epochs = 250

  /// - Parameter points: one row each, the directions of most variance first.
  init(_ points: Matrix, neighbourCount: Int) {
    let count = points.rows
    let neighbours = Self.neighbours(of: points, count: neighbourCount)
    // The plane of most variance, ten units wide.
    var x = (0..<count).map { points[$0, 0] }
    var y = (0..<count).map { points[$0, min(1, points.columns - 1)] }
    Self.rescale(&x, to: 10)
    Self.rescale(&y, to: 10)
    var random = CounterRandom(seed: 2)
    for epoch in 0..<Self.epochs {
      let rate = 1 - Float(epoch) / Float(Self.epochs)
      for one in 0..<count {
        for other in neighbours[one] {
          let (dx, dy) = (x[one] - x[other], y[one] - y[other])
          let pull = -2 / (1 + dx * dx + dy * dy)
          let (stepX, stepY) = (rate * Self.clip(pull * dx), rate * Self.clip(pull * dy))
          x[one] += stepX / 2
          y[one] += stepY / 2
          x[other] -= stepX / 2
          y[other] -= stepY / 2
          // All from the same positions, so that they are computed at once.
          var (farX, farY) = (SIMD4<Float>.zero, SIMD4<Float>.zero)
          for lane in 0..<SIMD4<Float>.scalarCount {
            let far = random.index(below: count)
            (farX[lane], farY[lane]) = (x[one] - x[far], y[one] - y[far])
          }
          let squares = farX * farX + farY * farY
          let pushes = 2 / ((0.01 + squares) * (1 + squares))
          x[one] += rate * Self.clip(pushes * farX).sum()
          y[one] += rate * Self.clip(pushes * farY).sum()
        }
      }
    }
    Self.rescale(&x, to: 1)
    Self.rescale(&y, to: 1)
    positions = (x, y)
  }

  /// For each point the others in order of cosine similarity.
  private static func neighbours(of points: Matrix, count: Int) -> [[Int]] {
    let width = points.columns
    var units = points.values
    for row in 0..<points.rows {
      var square: Float = 0
      for column in 0..<width { square += units[row * width + column] * units[row * width + column] }
      let scale = square > 0 ? 1 / square.squareRoot() : 0
      for column in 0..<width { units[row * width + column] *= scale }
    }
    return (0..<points.rows).map { one in
      var best = TopK(count)
      for other in 0..<points.rows where other != one {
        var cosine: Float = 0
        for column in 0..<width { cosine += units[one * width + column] * units[other * width + column] }
        best.offer(Int32(other), cosine)
      }
      return best.take().map { Int($0.index) }
    }
  }

  private static func clip(_ step: Float) -> Float { min(1, max(-1, step)) }

  private static func clip(_ steps: SIMD4<Float>) -> SIMD4<Float> { steps.clamped(lowerBound: -.one, upperBound: .one) }

  /// Scales the lowest to 0 and the highest to `width`; equal values go to the middle.
  private static func rescale(_ values: inout [Float], to width: Float) {
    guard let low = values.min(), let high = values.max() else { return }
    for index in values.indices {
      values[index] = high > low ? (values[index] - low) / (high - low) * width : width / 2
    }
  }
}
