import Platform
import Ratings

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Rows of ids that someone wants an answer for: `user,movie` or `movie,rating`, with or without a header.
package struct RowFile {
  /// The header's words, if there is one.
  package let header: [String]?
  /// The fields of each row and the row's line in the file.
  package let rows: [(line: Int, fields: [String])]

  /// Reads a file of rows separated by commas, semicolons, tabs or `::`. Blank lines are passed over.
  ///
  /// - Parameters:
  ///   - minimumFields: fields that every row must have.
  ///   - numericFields: fields that are numbers in every row; if one is not in the first row, that is a header.
  package init(path: String, minimumFields: Int, isHeader: ([String]) -> Bool) throws {
    guard let data = FileManager.default.contents(atPath: path) else { throw PlatformError.missing(path: path) }
    var text = String(decoding: data, as: UTF8.self)
    if text.hasPrefix("\u{feff}") { text.removeFirst() }
    var header: [String]?
    var rows: [(line: Int, fields: [String])] = []
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    for (index, line) in lines.enumerated() where !line.allSatisfy(\.isWhitespace) {
      let fields = Self.fields(of: line)
      guard fields.count >= minimumFields else {
        throw WorkbenchError.badLine(
          path: path, line: index + 1,
          problem: "has \(fields.count) of \(minimumFields) fields; write \(minimumFields) fields separated by commas")
      }
      if rows.isEmpty, header == nil, isHeader(fields) { header = fields } else { rows.append((index + 1, fields)) }
    }
    self.header = header
    self.rows = rows
  }

  private static func fields(of line: Substring) -> [String] {
    let parts: [Substring] =
      if line.contains("::") {
        line.replacing("::", with: "\t").split(separator: "\t", omittingEmptySubsequences: false)
      } else {
        line.split(omittingEmptySubsequences: false) { $0 == "," || $0 == "\t" || $0 == ";" }
      }
    return parts.map { part in
      var field = part.drop(while: \.isWhitespace)
      while field.last?.isWhitespace == true { field.removeLast() }
      if field.count >= 2, field.first == "\"", field.last == "\"" { field = field.dropFirst().dropLast() }
      return String(field)
    }
  }
}
