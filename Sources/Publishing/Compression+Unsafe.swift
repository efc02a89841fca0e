// Unsafe: calls functions of libraries that are loaded by hand, with the types that their documentation gives them.

import Platform

/// The compression of copies next to files, for hosts that send them instead.
package enum Compression: String, CaseIterable, Sendable {
  /// RFC 1952, by zlib at its level 6: beyond it time doubles for a hundredth of the bytes.
  case gzip
  /// RFC 7932, by libbrotlienc at its quality 9: 11 packs a twentieth better and takes ten times as long.
  case brotli

  /// What the copy's name ends with.
  package var suffix: String { self == .gzip ? ".gz" : ".br" }

  /// `bytes` as a gzip file; nil where zlib is missing.
  package static func gzipped(_ bytes: [UInt8]) -> [UInt8]? { Zlib.loaded?.gzip(bytes) }

  /// Files whose bytes are not packed already.
  package static func isWorthwhile(_ path: String, size: Int) -> Bool {
    let endings = [".html", ".css", ".js", ".json", ".xml", ".svg", ".txt", ".csv", ".webmanifest"]
    return size >= 256 && endings.contains { path.hasSuffix($0) }
  }

  /// Prepares to pack.
  ///
  /// - Throws: `PublishingError.libraryMissing`.
  package func packer() throws -> Packer {
    switch self {
    case .gzip:
      guard let zlib = Zlib.loaded else {
        throw PublishingError.libraryMissing(name: "zlib", use: "compress: gzip", package: "zlib1g")
      }
      return Packer { zlib.gzip($0) }
    case .brotli:
      guard let brotli = Brotli.loaded else {
        throw PublishingError.libraryMissing(name: "libbrotlienc", use: "compress: brotli", package: "libbrotli1")
      }
      return Packer { brotli.packed($0) }
    }
  }

  /// Packs bytes; the same bytes in give the same out with one version of a library.
  package struct Packer: Sendable {
    package let pack: @Sendable ([UInt8]) -> [UInt8]
  }
}

private struct Zlib: Sendable {
  typealias Compress2 =
    @convention(c) @Sendable (
      UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<UInt>?, UnsafePointer<UInt8>?, UInt, Int32
    ) -> Int32
  typealias CompressBound = @convention(c) @Sendable (UInt) -> UInt
  typealias CRC32 = @convention(c) @Sendable (UInt, UnsafePointer<UInt8>?, UInt32) -> UInt

  let compress2: Compress2
  let bound: CompressBound
  let crc32: CRC32

  static let loaded = Zlib()

  private init?() {
    guard
      let library = DynamicLibrary(
        anyOf: ["libz.so.1", "libz.so", "/usr/lib/libz.dylib"], having: ["compress2", "compressBound", "crc32"]),
      let compress2 = library.function("compress2", as: Compress2.self),
      let bound = library.function("compressBound", as: CompressBound.self),
      let crc32 = library.function("crc32", as: CRC32.self)
    else { return nil }
    (self.compress2, self.bound, self.crc32) = (compress2, bound, crc32)
  }

  /// A gzip file without name and time.
  func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var size = bound(UInt(bytes.count))
    var packed = [UInt8](repeating: 0, count: Int(size))
    let status = compress2(&packed, &size, bytes, UInt(bytes.count), 6)
    precondition(status == 0, "zlib packs any bytes")
    // The format of RFC 1950 has two bytes before and four behind the same blocks.
    let blocks = packed[2..<(Int(size) - 4)]
    let sum = UInt32(truncatingIfNeeded: crc32(0, bytes, UInt32(bytes.count)))
    let ends = [sum, UInt32(truncatingIfNeeded: bytes.count)].flatMap { word in
      (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
    }
    return [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255] + blocks + ends
  }
}

private struct Brotli: Sendable {
  typealias EncoderCompress =
    @convention(c) @Sendable (
      Int32, Int32, Int32, Int, UnsafePointer<UInt8>?, UnsafeMutablePointer<Int>?, UnsafeMutablePointer<UInt8>?
    ) -> Int32
  typealias MaxCompressedSize = @convention(c) @Sendable (Int) -> Int

  let compress: EncoderCompress
  let bound: MaxCompressedSize

  static let loaded = Brotli()

  private init?() {
    guard
      let library = DynamicLibrary(
        anyOf: [
          "libbrotlienc.so.1", "libbrotlienc.so", "/opt/homebrew/lib/libbrotlienc.dylib",
          "/usr/local/lib/libbrotlienc.dylib",
        ], having: ["BrotliEncoderCompress", "BrotliEncoderMaxCompressedSize"]),
      let compress = library.function("BrotliEncoderCompress", as: EncoderCompress.self),
      let bound = library.function("BrotliEncoderMaxCompressedSize", as: MaxCompressedSize.self)
    else { return nil }
    (self.compress, self.bound) = (compress, bound)
  }

  func packed(_ bytes: [UInt8]) -> [UInt8] {
    var size = bound(bytes.count)
    var packed = [UInt8](repeating: 0, count: size)
    // Quality, window of 2²² bytes, text.
    let isDone = compress(9, 22, 1, bytes.count, bytes, &size, &packed)
    precondition(isDone == 1, "brotli packs any bytes")
    return Array(packed[..<size])
  }
}
