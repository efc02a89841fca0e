// Unsafe: fills and passes on buffers.

extension ByteStream {
  /// The rest of the stream.
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

  /// A stream of bytes that are in memory.
  init(_ bytes: [UInt8]) {
    let rest = Pieces(bytes)
    self.init(read: { rest.take(into: $0) })
  }

  /// The bytes of `head`, which were already read, and then the rest.
  func behind(_ head: [UInt8]) -> ByteStream {
    let pieces = Pieces(head)
    return ByteStream(read: { buffer in
      let count = pieces.take(into: buffer)
      return count > 0 ? count : try read(buffer)
    })
  }

  /// The text as UTF-8 with line feeds.
  func converted(from form: TextForm) -> ByteStream {
    if form.isPlain { return self }
    let converter = TextConverter(form)
    let pieces = Pieces([])
    var isAtEnd = false
    return ByteStream(read: { buffer in
      while true {
        let count = pieces.take(into: buffer)
        if count > 0 || isAtEnd { return count }
        // UTF-8 takes up to three bytes for two of UTF-16: the chunks stay as small as the input.
        var raw = [UInt8](repeating: 0, count: 1 << 15)
        let read = try raw.withUnsafeMutableBytes { try self.read($0) }
        isAtEnd = read == 0
        pieces.bytes = converter.convert(raw[..<read], isLast: isAtEnd)
        pieces.position = 0
      }
    })
  }
}

/// Bytes that are passed on in chunks.
private final class Pieces {
  var bytes: [UInt8]
  var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// As many bytes as available and as fit into the buffer; 0 at the end.
  func take(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(buffer.count, bytes.count - position)
    if count > 0 { buffer.copyBytes(from: bytes[position..<position + count]) }
    position += count
    return count
  }
}
