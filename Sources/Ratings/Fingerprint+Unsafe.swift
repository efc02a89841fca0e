// Unsafe: reads bytes eight at a time.

extension Fingerprint {
  /// The same as for any sequence of these bytes.
  mutating func add(contiguous bytes: UnsafeBufferPointer<UInt8>) {
    let raw = UnsafeRawBufferPointer(bytes)
    let whole = raw.count & ~7
    for start in stride(from: 0, to: whole, by: 8) {
      add(UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: start, as: UInt64.self)))
    }
    let rest = raw[whole...].reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    add(rest ^ UInt64(raw.count - whole) << 60)
  }
}
