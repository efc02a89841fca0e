// Unsafe: updates parameters behind pointers.

import LinearAlgebra

/// Adam (Kingma, Ba 2015) for parameters in rows of which a step touches some.
struct Adam {
  private static let beta1: Float = 0.9
  private static let beta2: Float = 0.999

  let width: Int
  private var first: [Float]
  private var second: [Float]

  init(rows: Int, width: Int) {
    self.width = width
    first = [Float](repeating: 0, count: rows * width)
    second = first
  }

  /// Corrections for moments that began at 0, after `step` steps.
  static func corrections(step: Int) -> (Float, Float) {
    var power1 = 1.0
    var power2 = 1.0
    // Beyond this the corrections are 1 in single precision.
    guard step < 20000 else { return (1, 1) }
    for _ in 0..<step {
      power1 *= Double(beta1)
      power2 *= Double(beta2)
    }
    return (Float(1 / (1 - power1)), Float(1 / (1 - power2)))
  }

  /// One step for row `row` with `gradient` + `pull` x parameters; the gradient is set to 0.
  mutating func step(
    row: Int, of parameters: UnsafeMutablePointer<Float>, gradient: UnsafeMutablePointer<Float>, rate: Float,
    pull: Float, corrections: (Float, Float)
  ) {
    let start = row * width
    first.withUnsafeMutableBufferPointer { first in
      second.withUnsafeMutableBufferPointer { second in
        for place in start..<start + width {
          let slope = gradient[place - start] + pull * parameters[place]
          let mean = Self.beta1 * first[place] + (1 - Self.beta1) * slope
          let square = Self.beta2 * second[place] + (1 - Self.beta2) * slope * slope
          first[place] = mean
          second[place] = square
          let move = rate * mean * corrections.0 / ((square * corrections.1).squareRoot() + 1e-8)
          parameters[place] -= move
          gradient[place - start] = 0
        }
      }
    }
  }
}
