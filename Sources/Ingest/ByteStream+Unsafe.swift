// Unsafe: hands its buffer to the stream's reader.

extension ByteStream {
  /// Everything that is left.
  ///
  /// - Throws: `IngestError.unknownContent` beyond `limit` bytes.
  func all(limit: Int, path: String) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try buffer.withUnsafeMutableBytes { try read($0) }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
      if bytes.count > limit {
        throw IngestError.unknownContent(path: path, reason: "this is longer than any export of one person's ratings")
      }
    }
  }
}
