// Unsafe: C strings of the system's file calls, and the bytes handed to write(2).

import Platform

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A folder that is created atomically.
enum OutputFolder {
  /// Calls `body` with a new folder next to `path`, which then replaces `path`.
  static func fill<Result>(_ path: String, _ body: (String) throws -> Result) throws -> Result {
    let path = URL(fileURLWithPath: path).standardizedFileURL.path
    try requireFree(path)
    let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
    do {
      try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    } catch {
      throw SynthesisError.system(path: parent, action: "create the folder", reason: reason())
    }
    let temporary = "\(path).unfinished-\(getpid())"
    try? FileManager.default.removeItem(atPath: temporary)
    guard mkdir(temporary, 0o777) == 0 else {
      throw SynthesisError.system(path: temporary, action: "create the folder", reason: reason())
    }
    do {
      let result = try body(temporary)
      try requireFree(path)
      guard rename(temporary, path) == 0 else {
        throw SynthesisError.system(path: path, action: "put the folder in place", reason: reason())
      }
      return result
    } catch {
      try? FileManager.default.removeItem(atPath: temporary)
      throw error
    }
  }

  private static func requireFree(_ path: String) throws {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return }
    guard isFolder else { throw SynthesisError.notAFolder(path) }
    guard let content = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      throw SynthesisError.system(path: path, action: "read the folder", reason: reason())
    }
    guard content.isEmpty else { throw SynthesisError.folderNotEmpty(path) }
  }

  fileprivate static func reason() -> String { String(cString: strerror(errno)) }
}

extension OutputFile {
  /// Opens a new file for writing.
  static func open(_ path: String) throws -> Int32 {
    #if canImport(Glibc)
      let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
    #elseif canImport(Musl)
      let descriptor = Musl.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
    #else
      let descriptor = Darwin.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
    #endif
    guard descriptor >= 0 else {
      throw SynthesisError.system(path: path, action: "create the file", reason: OutputFolder.reason())
    }
    return descriptor
  }

  /// Writes all of `bytes`, in as many calls as needed.
  static func write(_ bytes: [UInt8], to descriptor: Int32, path: String) throws {
    guard bytes.withUnsafeBytes({ SystemCalls.write($0, to: descriptor) }) else {
      throw SynthesisError.system(path: path, action: "write the file", reason: OutputFolder.reason())
    }
  }

  static func close(_ descriptor: Int32) -> Bool {
    #if canImport(Glibc)
      Glibc.close(descriptor) == 0
    #elseif canImport(Musl)
      Musl.close(descriptor) == 0
    #else
      Darwin.close(descriptor) == 0
    #endif
  }
}
