// Unsafe: reads the bytes of values without references, within the call. Bytes between fields may be anything: then a page
// is rendered again although nothing changed, which does no harm.

import Ratings

extension Fingerprint {
  /// Adds a value by its bytes.
  mutating func add<Value: BitwiseCopyable>(bits value: Value) {
    withUnsafeBytes(of: value) { add($0) }
  }

  /// Adds values by their count and bytes.
  mutating func add<Value: BitwiseCopyable>(bitsOf values: ArraySlice<Value>) {
    add(UInt64(values.count))
    values.withUnsafeBytes { add($0) }
  }
}
