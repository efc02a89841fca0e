/// What can be wrong with one line.
enum LineFlaw: Error, Equatable {
  case tooLong
  case openQuote
  case fields(found: Int, needed: Int)
  case emptyID(Column)
  case longID(Column, Int)
  case controlCharacter(Column)
  case idNotANumber(Column, String)
  case ratingNotANumber(String)
  case ratingOutOfRange(String, ClosedRange<Float>)
  case noMovieHeader
  case longTitle(Int)
  case columns([String])
  case notAnEntry

  enum Column: String {
    case user, movie
  }
}

extension LineFlaw: CustomStringConvertible {
  var description: String {
    switch self {
    case .tooLong: "the line is longer than \(LineReader.maximumLength) bytes"
    case .openQuote: "a quotation mark is opened and never closed"
    case .fields(let found, let needed): "\(counted(found, "field")) where \(needed) are needed"
    case .emptyID(let column): "the \(column.rawValue) is empty"
    case .longID(let column, let length): "the \(column.rawValue) id is \(length) bytes long, more than 200"
    case .controlCharacter(let column): "the \(column.rawValue) id contains a control character"
    case .idNotANumber(let column, let text): "the \(column.rawValue) id '\(text)' is not a number"
    case .ratingNotANumber(let text): text.isEmpty ? "the rating is empty" : "the rating '\(text)' is not a number"
    case .ratingOutOfRange(let text, let range):
      "the rating \(text) is not within \(shortest(range.lowerBound)) to \(shortest(range.upperBound))"
    case .noMovieHeader: "a rating before the first line 'MovieID:'"
    case .longTitle(let length): "the title is \(length) bytes long, more than \(Catalogue.maximumTitleLength)"
    case .notAnEntry: "the entry is not a JSON object with a film and a rating"
    case .columns(let missing): "no column for \(missing.joined(separator: ", ")): the file is skipped"
    }
  }
}

/// A rating in its shortest form: "4", "4.5".
func shortest(_ value: Float) -> String { value == value.rounded() ? "\(Int(value))" : "\(value)" }
