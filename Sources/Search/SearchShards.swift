/// The films of a large catalogue by the first letters of their words.
struct SearchShards {
  /// The films with a word that begins with some letters.
  struct Shard {
    /// First letters; with "_" behind it, the word itself.
    let key: String
    /// Whether all films are here that have such a word; otherwise the best known.
    let isWhole: Bool
    /// Positions in the index's order, rising: the best known first.
    let places: [Int32]
    /// How many films have such a word.
    let count: Int

    init(key: String, isWhole: Bool, places: [Int32], count: Int? = nil) {
      self.key = key
      self.isWhole = isWhole
      self.places = places
      self.count = count ?? places.count
    }
  }

  /// The words of one length, sorted, with the bucket of their best known film.
  struct Vocabulary {
    typealias Words = [(word: String, bucket: Int)]

    let length: Int
    let words: Words

    var isDivided: Bool { words.count > SearchIndex.longestVocabulary }
    var byFirstLetter: [(letter: String, words: Words)] { grouped { $0.first } }
    var byLastLetter: [(letter: String, words: Words)] { grouped { $0.last } }

    /// Letters beyond a to z are one group, "_".
    private func grouped(
      _ letter: (String.UnicodeScalarView) -> Unicode.Scalar?
    ) -> [(letter: String, words: Words)] {
      Dictionary(grouping: words) { word -> String in
        guard let scalar = letter(word.word.unicodeScalars), ("a"..."z").contains(scalar) else { return "_" }
        return String(scalar)
      }.sorted { $0.key < $1.key }.map { (letter: $0.key, words: $0.value) }
    }
  }

  /// A word and where it is found.
  private struct Posting {
    let letters: [Unicode.Scalar]
    /// Positions in the index's order, rising.
    var places: [Int32]
  }

  /// The shards of each file, in the order of their keys; a file is named by its first key.
  private(set) var files: [[Shard]] = []
  private(set) var vocabulary: [Vocabulary] = []

  init(_ index: SearchIndex) {
    var found: [String: [Int32]] = [:]
    var words: [Int: [(word: String, bucket: Int)]] = [:]
    for (place, movie) in index.order.enumerated() {
      for term in SearchWords.terms(of: index.films[Int(movie)].title) {
        found[term, default: []].append(Int32(place))
      }
    }
    let postings = found.map { Posting(letters: Array($0.key.unicodeScalars), places: $0.value) }
      .sorted { $0.letters.lexicographicallyPrecedes($1.letters) }
    for posting in postings
    where posting.letters.count >= SearchIndex.shortestVocabulary
      && posting.letters.allSatisfy({ $0.properties.isAlphabetic })
    {
      let word = String(String.UnicodeScalarView(posting.letters))
      words[posting.letters.count, default: []].append((word, index.buckets[Int(index.order[Int(posting.places[0])])]))
    }
    vocabulary = words.sorted { $0.key < $1.key }.map { Vocabulary(length: $0.key, words: $0.value) }

    var rarest = [Int](repeating: .max, count: index.order.count)
    for posting in postings {
      for place in posting.places { rarest[Int(place)] = min(rarest[Int(place)], posting.places.count) }
    }
    divide(postings[...], depth: 0, rarest: rarest)
  }

  /// The films of a file's shards, each once, the best known first.
  static func movies(of file: [Shard], order: [Int32]) -> [Int32] {
    Set(file.flatMap(\.places)).sorted().map { order[Int($0)] }
  }

  /// Makes the shards of the words that begin alike with `depth` letters. Small neighbours share a file.
  private mutating func divide(_ postings: ArraySlice<Posting>, depth: Int, rarest: [Int]) {
    var small: [Shard] = []
    func close(_ files: inout [[Shard]]) {
      if !small.isEmpty { files.append(small) }
      small = []
    }
    var start = postings.startIndex
    while start < postings.endIndex {
      if postings[start].letters.count == depth {
        addWord(postings[start], rarest: rarest)
        start += 1
        continue
      }
      let letter = postings[start].letters[depth]
      let end =
        postings[start...].firstIndex { $0.letters.count <= depth || $0.letters[depth] != letter } ?? postings.endIndex
      let group = postings[start..<end]
      let key = String(String.UnicodeScalarView(postings[start].letters.prefix(depth + 1)))
      let places = Self.merged(group)
      if places.count <= SearchIndex.largestShard {
        if small.reduce(places.count, { $0 + $1.places.count }) > SearchIndex.fullFile { close(&files) }
        small.append(Shard(key: key, isWhole: true, places: places))
      } else {
        close(&files)
        files.append([Shard(key: key, isWhole: false, places: Array(places.prefix(SearchIndex.best)))])
        divide(group, depth: depth + 1, rarest: rarest)
      }
      start = end
    }
    close(&files)
  }

  /// The shard of a word whose letters begin more words than a shard holds. Of a common word: the best known films, and
  /// those of which it is the rarest word, so that a title of common words is found by its own.
  ///
  /// - Parameter rarest: per place, how many films have the film's rarest word.
  private mutating func addWord(_ posting: Posting, rarest: [Int]) {
    let key = String(String.UnicodeScalarView(posting.letters)) + "_"
    let isWhole = posting.places.count <= SearchIndex.largestShard
    let places =
      isWhole
      ? posting.places
      : Array(
        posting.places.enumerated()
          .filter { $0.offset < SearchIndex.bestOfCommonWord || rarest[Int($0.element)] == posting.places.count }
          .prefix(SearchIndex.mostOfCommonWord).map(\.element))
    files.append([Shard(key: key, isWhole: isWhole, places: places, count: posting.places.count)])
  }

  private static func merged(_ postings: ArraySlice<Posting>) -> [Int32] {
    if postings.count == 1, let first = postings.first { return first.places }
    return Set(postings.lazy.flatMap(\.places)).sorted()
  }
}
