// Unsafe: reads the description that is compiled into the program.
import CFormats

extension FormatKnowledge {
  /// The bytes of `formats.json`, as they stood when the program was compiled.
  static var description: [UInt8] {
    Array(UnsafeBufferPointer(start: marquee_formats(), count: marquee_formats_length()))
  }
}
