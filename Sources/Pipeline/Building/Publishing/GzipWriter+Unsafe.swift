// Unsafe: zlib reads and writes through pointers.

import CZlib

/// Files in the form that web servers send to browsers (RFC 1952), without a name or a time: the same bytes each time.
package struct GzipWriter: ~Copyable {
  private var stream = z_stream()

  /// Below this a compressed answer is no fewer packets.
  private static let smallest = 1024
  /// What the level in the middle takes and gives: beyond it time doubles for a hundredth of the bytes.
  private static let level: Int32 = 6

  private static let suffixes: Set<String> = [
    "atom", "css", "csv", "html", "js", "json", "map", "md", "mjs", "rss", "svg", "txt", "webmanifest", "xml",
  ]

  /// Whether a file is worth compressing: text of some length.
  package static func compresses(_ path: String, size: Int) -> Bool {
    guard size >= smallest, let dot = path.utf8.lastIndex(of: UInt8(ascii: ".")) else { return false }
    return suffixes.contains(String(path[path.index(after: dot)...]))
  }

  package init() {
    // 15 bits of window, and 16 for gzip's header. It fails for lack of memory alone.
    let status = deflateInit2_(
      &stream, Self.level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib: \(status)")
  }

  deinit {
    var stream = stream
    deflateEnd(&stream)
  }

  /// - Complexity: O(bytes).
  package mutating func compressed(_ bytes: [UInt8]) -> [UInt8] {
    deflateReset(&stream)
    var bytes = bytes
    let limit = Int(deflateBound(&stream, UInt(bytes.count)))
    return bytes.withUnsafeMutableBufferPointer { input in
      [UInt8](unsafeUninitializedCapacity: limit) { output, count in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(limit)
        // The output has room for all of it: one call is enough.
        let status = deflate(&stream, Z_FINISH)
        precondition(status == Z_STREAM_END, "zlib: \(status)")
        count = limit - Int(stream.avail_out)
      }
    }
  }
}
