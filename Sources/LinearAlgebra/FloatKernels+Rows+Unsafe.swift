// Unsafe: reads chosen rows behind pointers.

import CFloatKernels

/// Rows of a matrix, selected by a run of row numbers out of a longer one.
///
/// Each row is a cache miss in a large matrix; knowing the following row numbers, the kernels prefetch.
public struct ChosenRows {
  let rows: UnsafePointer<Float>
  let stride: Int
  let chosen: UnsafePointer<Int32>
  let count: Int
  /// How many more row numbers follow `chosen`.
  let following: Int

  /// - Parameters:
  ///   - rows: the matrix, `stride` floats a row, a multiple of 8.
  ///   - chosen: the row numbers.
  ///   - following: how many more row numbers can be read after them.
  public init(
    of rows: UnsafePointer<Float>, stride: Int, _ chosen: UnsafePointer<Int32>, count: Int, following: Int
  ) {
    precondition(stride % 8 == 0, "rows must be padded to whole lanes")
    self.rows = rows
    self.stride = stride
    self.chosen = chosen
    self.count = count
    self.following = following
  }

  /// Copies the rows, one after the other.
  public func gather(into target: UnsafeMutablePointer<Float>) {
    marquee_gather(rows, stride, chosen, count, following, target)
  }

  /// Adds the rows to `sums`, one after the other.
  public func add(to sums: UnsafeMutablePointer<Float>) {
    marquee_add_rows(rows, stride, chosen, count, following, sums)
  }
}

extension FloatKernels {
  /// Adds `count` consecutive rows to `sums`. Complexity: O(count x stride).
  public static func addRows(
    _ rows: UnsafePointer<Float>, stride: Int, count: Int, to sums: UnsafeMutablePointer<Float>
  ) {
    precondition(stride % 8 == 0, "rows must be padded to whole lanes")
    marquee_add_all_rows(rows, stride, count, sums)
  }
}
