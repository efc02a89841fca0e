/// A film of the sample, as movies.csv lists it.
package struct SampleFilm {
  package let id: Int
  package let title: String
  package let year: Int
  package let genres: Set<String>
  package let directors: Set<String>

  /// The films of `movieId,title (year),genres,directors` lines under a header.
  ///
  /// - Throws: `SynthesisError.malformedFilm` for the first line that is not of this form.
  package static func films(inCSV text: String, path: String = "movies.csv") throws -> [SampleFilm] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var films: [SampleFilm] = []
    for (index, line) in lines.enumerated().dropFirst() where !line.isEmpty {
      func malformed(_ reason: String) -> SynthesisError { .malformedFilm(path: path, line: index + 1, reason: reason) }
      guard let fields = CSV.fields(ofLine: line), fields.count == 4 else { throw malformed("not four fields") }
      guard let id = Int(fields[0]), id > 0 else { throw malformed("'\(fields[0])' is not a movie id") }
      let title = fields[1]
      guard title.hasSuffix(")"), let year = Int(title.dropLast().suffix(4)), (1880...2100).contains(year) else {
        throw malformed("'\(title)' does not end with its year in parentheses")
      }
      films.append(
        SampleFilm(
          id: id, title: String(title.dropLast(7)), year: year,
          genres: Set(fields[2].split(separator: "|").map(String.init)),
          directors: Set(fields[3].split(separator: "|").map(String.init))))
    }
    return films
  }
}
