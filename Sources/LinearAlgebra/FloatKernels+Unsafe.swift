// Unsafe: kernels on rows of floats behind pointers. Lanes are explicit, so the order of additions is fixed here.

import CFloatKernels

/// Inner loops over rows of `Float`.
///
/// Rows need no alignment. There is no fused multiply-add here: without FMA in the instruction set it
/// is a call of the C library for each lane.
public enum FloatKernels {
  /// Σ x_n y_n over `count` numbers, in 16 interleaved partial sums.
  public static func dot(_ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, count: Int) -> Float {
    marquee_dot(x, y, count)
  }

  /// y += factor x over `count` numbers.
  public static func add(
    _ factor: Float, times x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>, count: Int
  ) {
    marquee_add_times(factor, x, y, count)
  }

  /// y += x over `count` numbers.
  public static func add(_ x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>, count: Int) {
    var index = 0
    while index + 8 <= count {
      store(lanes(y + index) + lanes(x + index), to: y + index)
      index += 8
    }
    while index < count {
      y[index] += x[index]
      index += 1
    }
  }

  /// Σ_e values_e base[rows_e · stride + lane] over `count` entries, for eight lanes.
  @inline(__always)
  public static func sum(
    rows: UnsafePointer<Int32>, values: UnsafePointer<Float>, count: Int, of base: UnsafePointer<Float>, stride: Int
  ) -> SIMD8<Float> {
    var sum = SIMD8<Float>.zero
    withUnsafeMutablePointer(to: &sum) {
      $0.withMemoryRebound(to: Float.self, capacity: 8) {
        marquee_sum_rows(base, stride, rows, values, count, $0)
      }
    }
    return sum
  }

  /// Σ_e values_e base[16 rows_e + lane] over `count` entries, for sixteen lanes.
  @inline(__always)
  public static func wideSum(
    rows: UnsafePointer<Int32>, values: UnsafePointer<Float>, count: Int, of base: UnsafePointer<Float>
  ) -> SIMD16<Float> {
    var sum = SIMD16<Float>.zero
    withUnsafeMutablePointer(to: &sum) {
      $0.withMemoryRebound(to: Float.self, capacity: 16) {
        marquee_sum_wide_rows(base, 16, rows, values, count, $0)
      }
    }
    return sum
  }

  /// base[rows_e · stride + lane] += values_e change[lane] for `count` entries and eight lanes.
  @inline(__always)
  public static func add(
    _ change: SIMD8<Float>, toRows rows: UnsafePointer<Int32>, values: UnsafePointer<Float>, count: Int,
    of base: UnsafeMutablePointer<Float>, stride: Int
  ) {
    withUnsafePointer(to: change) {
      $0.withMemoryRebound(to: Float.self, capacity: 8) {
        marquee_add_to_rows(base, stride, rows, values, count, $0)
      }
    }
  }

  /// Fills `count` places, a multiple of 8, with standard normal numbers from the `count` / 2 draws after `counter`.
  public static func fillNormals(_ target: UnsafeMutablePointer<Float>, count: Int, key: UInt64, counter: UInt64) {
    marquee_normals(key, counter, target, count)
  }

  /// y *= x over `count` numbers, a multiple of 8.
  public static func multiply(_ y: UnsafeMutablePointer<Float>, by x: UnsafePointer<Float>, count: Int) {
    var index = 0
    while index < count {
      store(lanes(y + index) * lanes(x + index), to: y + index)
      index += 8
    }
  }

  @inline(__always)
  static func lanes(_ pointer: UnsafePointer<Float>) -> SIMD8<Float> {
    UnsafeRawPointer(pointer).loadUnaligned(as: SIMD8<Float>.self)
  }

  @inline(__always)
  static func store(_ lanes: SIMD8<Float>, to pointer: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: lanes, as: SIMD8<Float>.self)
  }
}
