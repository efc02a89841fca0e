// Unsafe: reads data that are compiled into the program.
import CFormats

extension Ingest {
  /// The bytes of `formats.json`, as of when the program was compiled.
  package static var formatDescription: [UInt8] {
    Array(UnsafeBufferPointer(start: marquee_formats(), count: marquee_formats_length()))
  }
}
