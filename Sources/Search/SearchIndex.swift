import Platform
import Ratings

/// The search index under `search/`: one list of a small catalogue; of a larger one, shards of the films behind the first
/// letters of a word, and all words by their length for those that were misspelt.
///
/// How well known a film is, it has as a step of a logarithm, so a few more ratings change no file.
package struct SearchIndex: Sendable {
  /// A film as the index knows it.
  package struct Film: Sendable {
    package let title: String
    package let year: Int?
    package let genres: [String]
    /// Its name in addresses.
    package let name: String
    /// The name as a number, where that is the film's id.
    package let number: Int?
    /// The folder of its page, below that of all films.
    package let folder: Substring
    package let ratings: Int

    package init(
      title: String, year: Int?, genres: [String], name: String, number: Int?, folder: Substring, ratings: Int
    ) {
      self.title = title
      self.year = year
      self.genres = genres
      self.name = name
      self.number = number
      self.folder = folder
      self.ratings = ratings
    }
  }

  /// A genre, and what the site's language calls it.
  package struct Genre: Sendable {
    package let name: String
    package let label: String

    package init(name: String, label: String) {
      self.name = name
      self.label = label
    }
  }

  /// Catalogues up to this many films are one list.
  package static let longestList = 4_000
  /// A shard is divided by the next letter while it has more films.
  static let largestShard = 250
  /// Small shards share a file until it has this many films.
  static let fullFile = 150
  /// How many films are listed for letters with more films than a shard holds.
  static let best = 40
  /// How many films are listed for a word such as "the", apart from those without a rarer one.
  static let bestOfCommonWord = 200
  /// How many films the file of such a word has at most.
  static let mostOfCommonWord = 500
  /// Longer lists of words are in files by their first letter, and again by their last.
  static let longestVocabulary = 1_000
  /// Shorter words have no near ones.
  static let shortestVocabulary = 3

  /// In the order of the site's movies.
  package let films: [Film]
  /// At most as many as an alphabet has letters.
  package let genres: [Genre]
  /// What a link says behind the folder of a page.
  private let page: String
  /// Per movie: twice the logarithm to base 2 of its ratings plus one.
  package let buckets: [Int]
  /// All movies, the highest bucket first, then by identifier.
  let order: [Int32]

  /// - Parameters:
  ///   - genres: those after the first 26 are left out.
  ///   - page: what a link says behind the folder of a page: "index.html", or nothing.
  package init(_ films: [Film], genres: [Genre], page: String) {
    self.films = films
    self.page = page
    self.genres = genres.prefix(26).sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    let buckets = films.map { Self.bucket(ofCount: $0.ratings) }
    self.buckets = buckets
    order = films.indices.map { Int32($0) }.sorted { left, right in
      (buckets[Int(right)], left) < (buckets[Int(left)], right)
    }
  }

  /// ⌊2 log₂(count + 1)⌋, in whole numbers: how many bits (count + 1)² has, less one.
  static func bucket(ofCount count: Int) -> Int {
    let square = UInt64(count + 1).multipliedFullWidth(by: UInt64(count + 1))
    return square.high > 0 ? 127 - square.high.leadingZeroBitCount : 63 - square.low.leadingZeroBitCount
  }

  /// All files of the index by path.
  ///
  /// - Complexity: O(movies log movies + words log words).
  package func files() -> [(path: String, bytes: [UInt8])] {
    let columns = Columns(self)
    guard order.count > Self.longestList else {
      return [file("index") { bytes in appendIndex(to: &bytes) { append(films: order, columns, to: &$0) } }]
    }
    let shards = SearchShards(self)
    return [file("index") { appendIndex(of: shards, to: &$0) }]
      + shards.files.map { shards in
        file("p-" + Self.fileName(shards[0].key)) {
          append(films: SearchShards.movies(of: shards, order: order), columns, to: &$0)
        }
      }
      + shards.vocabulary.flatMap(files)
  }

  /// The words of one length; many of them by first letter, "w-7-a", and by last, "e-7-a": a typo leaves one of both alone.
  private func files(_ vocabulary: SearchShards.Vocabulary) -> [(path: String, bytes: [UInt8])] {
    guard vocabulary.isDivided else {
      return [file("w-\(vocabulary.length)") { append(words: vocabulary.words, to: &$0) }]
    }
    return vocabulary.byFirstLetter.map { letter, words in
      file("w-\(vocabulary.length)-\(letter)") { append(words: words, to: &$0) }
    }
      + vocabulary.byLastLetter.map { letter, words in
        file("e-\(vocabulary.length)-\(letter)") { append(words: words, to: &$0) }
      }
  }

  private func file(_ name: String, _ body: (inout [UInt8]) -> Void) -> (path: String, bytes: [UInt8]) {
    var bytes: [UInt8] = []
    body(&bytes)
    bytes.append("\n")
    return ("search/\(name).json", bytes)
  }

  /// ASCII letters and digits are kept, others are written as numbers, as in `assets/search.js`.
  private static func fileName(_ key: String) -> String {
    key.unicodeScalars.map { scalar in
      switch scalar {
      case "a"..."z", "0"..."9", "_": String(scalar)
      default: "-" + String(scalar.value, radix: 16)
      }
    }.joined()
  }
}

/// What the files say of each movie, as bytes: one movie is in many files.
private struct Columns {
  /// As JSON.
  var titles = Ragged<UInt8>()
  /// A letter for each.
  var genres = Ragged<UInt8>()
  /// As JSON; empty where it follows from the title.
  var folders = Ragged<UInt8>()

  init(_ index: SearchIndex) {
    let letters = Dictionary(
      uniqueKeysWithValues: index.genres.enumerated().map { ($1.name, UInt8(ascii: "a") + UInt8($0)) })
    for film in index.films {
      var title: [UInt8] = []
      title.append(json: film.title)
      titles.appendRow(title)
      genres.appendRow(film.genres.compactMap { letters[$0] })
      let slug = Slug.of(film.title)
      let isPlain = film.title.utf8.allSatisfy { $0 < 0x80 }
      var written: [UInt8] = []
      if !isPlain || film.folder != film.name + "-" + (slug.isEmpty ? "film" : slug) {
        written.append(json: String(film.folder))
      }
      folders.appendRow(written)
    }
  }
}

extension SearchIndex {
  private func appendIndex(to bytes: inout [UInt8], films: (inout [UInt8]) -> Void) {
    bytes.append(#"{"page":"#)
    bytes.append(json: page)
    bytes.append(#","genres":"#)
    bytes.append(jsonList: genres) { $0.append(json: $1.label) }
    bytes.append(#","films":"#)
    films(&bytes)
    bytes.append("}")
  }

  private func appendIndex(of shards: SearchShards, to bytes: inout [UInt8]) {
    bytes.append(#"{"page":"#)
    bytes.append(json: page)
    bytes.append(#","genres":"#)
    bytes.append(jsonList: genres) { $0.append(json: $1.label) }
    bytes.append(#","shards":"#)
    bytes.append(json: shards.files.map(Self.keys).joined(separator: " "))
    bytes.append(#","counts":"#)
    bytes.append(jsonList: shards.files) { bytes, file in
      bytes.append(number: file[0].isWhole ? SearchShards.movies(of: file, order: order).count : -file[0].count)
    }
    bytes.append(#","words":{"#)
    for (position, vocabulary) in shards.vocabulary.enumerated() {
      if position > 0 { bytes.append(",") }
      bytes.append("\"\(vocabulary.length)\":")
      if vocabulary.isDivided {
        let letters = [vocabulary.byFirstLetter, vocabulary.byLastLetter].map { $0.map(\.letter).joined() }
        bytes.append(json: letters.joined(separator: " "))
      } else {
        bytes.append(number: vocabulary.words.count)
      }
    }
    bytes.append("}}")
  }

  /// "th_" for a word, "th" for the best known behind two letters, "th:abc" for "tha", "thb" and "thc" in one file.
  private static func keys(of file: [SearchShards.Shard]) -> String {
    guard file[0].isWhole, !file[0].key.hasSuffix("_") else { return file[0].key }
    let stem = String.UnicodeScalarView(file[0].key.unicodeScalars.dropLast())
    return String(stem) + ":" + String(String.UnicodeScalarView(file.compactMap { $0.key.unicodeScalars.last }))
  }

  /// Columns of titles, years, ids, genres and buckets; folders where they do not follow from the title.
  private func append(films: [Int32], _ columns: Columns, to bytes: inout [UInt8]) {
    let movies = self.films
    bytes.append(#"{"t":"#)
    bytes.append(jsonList: films) { $0.append(contentsOf: columns.titles[Int($1)]) }
    bytes.append(#","y":"#)
    bytes.append(jsonList: films) { $0.append(number: movies[Int($1)].year ?? 0) }
    bytes.append(#","i":"#)
    bytes.append(jsonList: films) { bytes, movie in
      if let number = movies[Int(movie)].number {
        bytes.append(number: number)
      } else {
        bytes.append(json: movies[Int(movie)].name)
      }
    }
    bytes.append(#","g":"#)
    bytes.append(jsonList: films) { bytes, movie in
      bytes.append("\"")
      bytes.append(contentsOf: columns.genres[Int(movie)])
      bytes.append("\"")
    }
    bytes.append(#","b":"#)
    bytes.append(jsonList: films) { $0.append(number: buckets[Int($1)]) }
    bytes.append(#","s":{"#)
    var isFirst = true
    for (position, movie) in films.enumerated() where !columns.folders[Int(movie)].isEmpty {
      if !isFirst { bytes.append(",") }
      isFirst = false
      bytes.append("\"\(position)\":")
      bytes.append(contentsOf: columns.folders[Int(movie)])
    }
    bytes.append("}}")
  }

  /// The words in their order, each as the number of letters it begins with like the one before (at most 9) and the
  /// rest; and for each a digit for how well known its best known film is.
  private func append(words: [(word: String, bucket: Int)], to bytes: inout [UInt8]) {
    bytes.append(#"{"w":"#)
    var text = ""
    var before = String.UnicodeScalarView()
    for (word, _) in words {
      let letters = word.unicodeScalars
      let shared = min(9, zip(letters, before).prefix { $0 == $1 }.count)
      text += "\(shared)"
      text.unicodeScalars += letters.dropFirst(shared)
      before = letters
    }
    bytes.append(json: text)
    bytes.append(#","b":"#)
    bytes.append(json: words.map { "\(min($0.bucket / 8, 9))" }.joined())
    bytes.append("}")
  }
}
