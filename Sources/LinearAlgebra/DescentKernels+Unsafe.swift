// Unsafe: updates rows of factors behind pointers.

/// Inner loops of stochastic gradient descent; rows are a multiple of 8 floats long.
public enum DescentKernels {
  /// One step of a factorization: p += error rateP q − frequencyP pullP p, and q in the same way with the old p.
  @inline(__always)
  public static func step(
    _ p: UnsafeMutablePointer<Float>, _ q: UnsafeMutablePointer<Float>, error: Float,
    rateP: UnsafePointer<Float>, pullP: UnsafePointer<Float>, frequencyP: Float,
    rateQ: UnsafePointer<Float>, pullQ: UnsafePointer<Float>, frequencyQ: Float, count: Int
  ) {
    let errors = SIMD8<Float>(repeating: error)
    let frequenciesP = SIMD8<Float>(repeating: frequencyP)
    let frequenciesQ = SIMD8<Float>(repeating: frequencyQ)
    var index = 0
    while index < count {
      let x = FloatKernels.lanes(p + index)
      let y = FloatKernels.lanes(q + index)
      let stepX = errors * FloatKernels.lanes(rateP + index) * y - frequenciesP * FloatKernels.lanes(pullP + index) * x
      let stepY = errors * FloatKernels.lanes(rateQ + index) * x - frequenciesQ * FloatKernels.lanes(pullQ + index) * y
      FloatKernels.store(x + stepX, to: p + index)
      FloatKernels.store(y + stepY, to: q + index)
      index += 8
    }
  }

  /// One step of a factorization whose taste t = p + z rests on a sum z that stays: t steps as p does, q as for t, and
  /// sum += error q gathers what z should have done.
  @inline(__always)
  public static func bagStep(
    _ t: UnsafeMutablePointer<Float>, resting z: UnsafePointer<Float>, _ q: UnsafeMutablePointer<Float>,
    sum: UnsafeMutablePointer<Float>, error: Float,
    rateP: UnsafePointer<Float>, pullP: UnsafePointer<Float>, frequencyP: Float,
    rateQ: UnsafePointer<Float>, pullQ: UnsafePointer<Float>, frequencyQ: Float, count: Int
  ) {
    let errors = SIMD8<Float>(repeating: error)
    let frequenciesP = SIMD8<Float>(repeating: frequencyP)
    let frequenciesQ = SIMD8<Float>(repeating: frequencyQ)
    var index = 0
    while index < count {
      let x = FloatKernels.lanes(t + index)
      let y = FloatKernels.lanes(q + index)
      let own = x - FloatKernels.lanes(z + index)
      let stepX =
        errors * FloatKernels.lanes(rateP + index) * y - frequenciesP * FloatKernels.lanes(pullP + index) * own
      let stepY = errors * FloatKernels.lanes(rateQ + index) * x - frequenciesQ * FloatKernels.lanes(pullQ + index) * y
      FloatKernels.store(FloatKernels.lanes(sum + index) + errors * y, to: sum + index)
      FloatKernels.store(x + stepX, to: t + index)
      FloatKernels.store(y + stepY, to: q + index)
      index += 8
    }
  }

  /// x = keep x + factor y.
  @inline(__always)
  public static func blend(
    _ x: UnsafeMutablePointer<Float>, keep: Float, factor: Float, _ y: UnsafePointer<Float>, count: Int
  ) {
    let keeps = SIMD8<Float>(repeating: keep)
    let factors = SIMD8<Float>(repeating: factor)
    var index = 0
    while index < count {
      FloatKernels.store(
        keeps * FloatKernels.lanes(x + index) + factors * FloatKernels.lanes(y + index), to: x + index)
      index += 8
    }
  }
}
