import Ratings

/// A kind of file under `output/`: how many there are, and of each its path, what it is made from and its content.
struct SiteFile: Sendable {
  /// What renders it; nil where no template does.
  let template: String?
  let count: Int
  /// Whether search engines may keep it: then it is a page.
  let isIndexed: @Sendable (Int) -> Bool
  let path: @Sendable (Int) -> String
  /// Reads what one is made from, and also counts it if the second argument is true.
  let prepare: @Sendable (Int, Bool) -> Prepared

  /// A file before it is rendered.
  struct Prepared {
    /// A fingerprint of everything that it is made from; nil for a file that every build makes again, and where nothing was counted.
    var fingerprint: UInt64?
    /// Appends the content.
    let render: (inout [UInt8]) throws -> Void
  }

  init(
    template: String? = nil, count: Int = 1, isIndexed: @escaping @Sendable (Int) -> Bool = { _ in false },
    path: @escaping @Sendable (Int) -> String,
    render: @escaping @Sendable (Int, inout [UInt8]) throws -> Void
  ) {
    self.template = template
    self.count = count
    self.isIndexed = isIndexed
    self.path = path
    prepare = { index, _ in Prepared { try render(index, &$0) } }
  }

  /// A single file.
  init(_ path: String, render: @escaping @Sendable (inout [UInt8]) throws -> Void) {
    self.init(path: { _ in path }, render: { _, bytes in try render(&bytes) })
  }

  /// Files that are kept from an earlier build where they were made from the same.
  ///
  /// - Parameters:
  ///   - base: what all of them are made from; nil where it is not known.
  ///   - input: reads what one is made from, and nothing else reaches `render`.
  init<Input>(
    template: String? = nil, count: Int, isIndexed: @escaping @Sendable (Int) -> Bool = { _ in false },
    path: @escaping @Sendable (Int) -> String,
    base: Fingerprint?, reading input: @escaping @Sendable (Int, inout SourceReader) -> Input,
    render: @escaping @Sendable (Input, inout [UInt8]) -> Void
  ) {
    self.template = template
    self.count = count
    self.isIndexed = isIndexed
    self.path = path
    prepare = { index, isCounted in
      var reader = isCounted ? base.map { SourceReader(counting: $0) } ?? .uncounted : .uncounted
      let input = input(index, &reader)
      return Prepared(fingerprint: reader.fingerprint) { render(input, &$0) }
    }
  }
}

/// The place of a file among the kinds of a site.
struct FilePlace: Sendable {
  var kind: Int32
  var index: Int32
}
