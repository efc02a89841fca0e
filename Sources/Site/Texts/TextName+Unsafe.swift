// Unsafe: reads the number of a case from its memory. The raw value is a text, and a page asks for hundreds of them.

extension TextName {
  /// The place among all cases: what the compiler stores a case without a payload as. A test holds it against `allCases`.
  package var index: Int { withUnsafeBytes(of: self) { Int($0[0]) } }
}
