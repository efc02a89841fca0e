#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why pages could not be written.
package enum PageFailure: Error, Equatable {
  /// The file is not of the format that `DatabaseFile` writes.
  case otherFormat
  /// A call of the system failed: `errno`.
  case system(code: Int32)

  static var last: PageFailure { .system(code: errno) }
}
