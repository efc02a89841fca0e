import Ratings

extension RawStatement {
  /// Numbers are bound as INTEGER and texts as TEXT, so that `1` and `"1"` stay apart.
  func bind(_ id: SourceID, at parameter: Int32) {
    switch id {
    case .number(let number): bind(number, at: parameter)
    case .text(let text): bind(text, at: parameter)
    }
  }

  func sourceID(_ column: Int32) -> SourceID {
    isText(column) ? .text(text(column)) : .number(int64(column))
  }
}
