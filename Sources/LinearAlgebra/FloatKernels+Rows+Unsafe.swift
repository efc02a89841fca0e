// Unsafe: reads chosen rows behind pointers.

import CFloatKernels

/// Rows of a matrix, chosen by a run of numbers out of a longer one.
///
/// Each choice is a miss of the cache where the matrix is large; knowing what comes next, the kernels ask for it in time.
public struct ChosenRows {
  let rows: UnsafePointer<Float>
  let stride: Int
  let chosen: UnsafePointer<Int32>
  let count: Int
  /// How many more numbers stand behind `chosen`.
  let following: Int

  /// - Parameters:
  ///   - rows: the matrix, `stride` floats a row, a multiple of 8.
  ///   - chosen: the numbers of the rows.
  ///   - following: how many more numbers can be read behind them.
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

  /// Copies the rows, one behind the other.
  public func gather(into target: UnsafeMutablePointer<Float>) {
    marquee_gather(rows, stride, chosen, count, following, target)
  }

  /// Adds the rows to `sums`, one after the other.
  public func add(to sums: UnsafeMutablePointer<Float>) {
    marquee_add_rows(rows, stride, chosen, count, following, sums)
  }
}

extension FloatKernels {
  /// Adds `count` rows that stand one behind the other to `sums`. Complexity: O(count x stride).
  public static func addRows(
    _ rows: UnsafePointer<Float>, stride: Int, count: Int, to sums: UnsafeMutablePointer<Float>
  ) {
    precondition(stride % 8 == 0, "rows must be padded to whole lanes")
    marquee_add_all_rows(rows, stride, count, sums)
  }
}
