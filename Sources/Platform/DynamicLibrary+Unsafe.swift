// Unsafe: calls functions by their addresses in a library that is never unloaded; each has the type that its caller states, as the
// library's documentation does.

import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A library of the system that is loaded when it is first needed: a program without it starts all the same, and sooner.
package struct DynamicLibrary {
  private let handle: UnsafeMutableRawPointer

  /// Loads the first library that has all of the functions; nil where there is none.
  ///
  /// - Parameter paths: names that the system looks for, or paths.
  package init?(anyOf paths: [String], having names: [String]) {
    let (pathWords, nameWords) = (paths.map { strdup($0) }, names.map { strdup($0) })
    defer { for word in pathWords + nameWords { free(word) } }
    var address: UnsafeMutableRawPointer?
    let handle = withUnsafeMutablePointer(to: &address) { address in
      let functions = nameWords.map { marquee_function(name: $0, address: address) }
      return marquee_library(
        pathWords.map { UnsafePointer($0) } + [nil], functions + [marquee_function(name: nil, address: nil)])
    }
    guard let handle else { return nil }
    self.handle = handle
  }

  /// A function of the library; nil where it has none of that name.
  ///
  /// - Parameter type: a `@convention(c)` type.
  package func function<Function>(_ name: String, as type: Function.Type) -> Function? {
    marquee_library_function(handle, name).map { unsafeBitCast($0, to: type) }
  }
}
