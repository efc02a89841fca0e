import Ratings

extension FilmFacts {
  private static let years = 1870...2200
  private static let ids = 1...1_000_000_000
  /// The most genres and directors.
  private static let mostNames = 30
  private static let longestText = 500

  /// The same without implausible values: they come from another machine, and go into tables and addresses.
  var plausible: FilmFacts {
    var facts = self
    facts.title = title.flatMap(Self.plain)
    facts.year = year.flatMap { Self.years.contains($0) ? $0 : nil }
    facts.genres = Array(genres.compactMap(Self.plain).prefix(Self.mostNames))
    facts.directors = Array(directors.compactMap(Self.plain).prefix(Self.mostNames))
    facts.imdbID = imdbID.flatMap(Self.imdbID)
    facts.tmdbID = tmdbID.flatMap { Self.ids.contains($0) ? $0 : nil }
    facts.runtime = runtime.flatMap { FilmRuntime.plausible.contains($0) ? $0 : nil }
    facts.language = language.flatMap(FilmLanguage.code)
    facts.poster = poster.flatMap { $0.utf8.count <= 2000 && $0.utf8.allSatisfy { 0x21...0x7e ~= $0 } ? $0 : nil }
    facts.metascore = metascore.flatMap { (0...100).contains($0) ? $0 : nil }
    facts.tomatometer = tomatometer.flatMap { (0...100).contains($0) ? $0 : nil }
    return facts
  }

  /// A text without control characters; nil if it is empty or too long for a name.
  private static func plain(_ text: String) -> String? {
    let isPlain = !text.isEmpty && text.utf8.count <= longestText
    guard isPlain, !text.unicodeScalars.contains(where: { $0.value < 0x20 || 0x7f...0x9f ~= $0.value }) else {
      return nil
    }
    return text
  }

  /// "tt" and digits.
  private static func imdbID(_ text: String) -> String? {
    let digits = text.dropFirst(2).utf8
    return text.hasPrefix("tt") && (5...12).contains(digits.count) && digits.allSatisfy { 0x30...0x39 ~= $0 }
      ? text : nil
  }
}
