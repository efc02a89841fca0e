import TestSupport
import Testing
import Workbench

@Suite struct `Files of rows` {
  private func rows(_ text: String, isHeader: ([String]) -> Bool = { _ in false }) throws -> RowFile {
    let folder = try TemporaryFolder()
    return try RowFile(path: folder.write(text, to: "rows.csv"), minimumFields: 2, isHeader: isHeader)
  }

  @Test(arguments: [
    "1,2\n3,4\n", "1\t2\n3\t4", "1::2\r\n3::4\r\n", "1;2\n\n3;4\n\n", "\u{feff}1 , 2\n 3,4", "\"1\",\"2\"\n3,4",
  ])
  func `separators, line ends, blanks, quotes and a byte order mark do not matter`(text: String) throws {
    #expect(try rows(text).rows.map(\.fields) == [["1", "2"], ["3", "4"]])
  }

  @Test func `a header is told from a row`() throws {
    let file = try rows("user,movie\n1,2\n") { $0[0] == "user" }
    #expect(file.header == ["user", "movie"])
    #expect(file.rows.map(\.line) == [2])
    #expect(try rows("1,2\n") { $0[0] == "user" }.header == nil)
  }

  @Test func `a row that is too short is an error with its line`() throws {
    let error = try #require(throws: WorkbenchError.self) { try rows("1,2\n3\n") }
    #expect(error.description.contains("rows.csv:2: has 1 of 2 fields"))
  }
}
