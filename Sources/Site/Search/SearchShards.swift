import Precompute
import Ratings

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
  }

  /// A word and where it is found.
  private struct Posting {
    let letters: [Unicode.Scalar]
    /// Positions in the index's order, rising.
    var places: [Int32]
  }

  /// The shards of each file, in the order of their keys; a file is named by its first key.
  private(set) var files: [[Shard]] = []
  /// Words by their number of letters, each sorted, with the bucket of their best known film.
  private(set) var vocabulary: [(length: Int, words: [(word: String, bucket: Int)])] = []

  init(_ index: SearchIndex) {
    var found: [String: [Int32]] = [:]
    var words: [Int: [(word: String, bucket: Int)]] = [:]
    for (place, movie) in index.order.enumerated() {
      for term in SearchWords.terms(of: index.catalogue.precomputed.movies[Int(movie)].title) {
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
    vocabulary = words.sorted { $0.key < $1.key }.map { (length: $0.key, words: $0.value) }

    // Films all of whose words are common ones can be found by each of them.
    var telling = [Bool](repeating: false, count: index.order.count)
    for posting in postings where posting.places.count <= SearchIndex.largestShard {
      for place in posting.places { telling[Int(place)] = true }
    }
    divide(postings[...], depth: 0, telling: telling)
  }

  /// The films of a file's shards, each once, the best known first.
  static func movies(of file: [Shard], order: [Int32]) -> [Int32] {
    Set(file.flatMap(\.places)).sorted().map { order[Int($0)] }
  }

  /// Makes the shards of the words that begin alike with `depth` letters. Small neighbours share a file.
  private mutating func divide(_ postings: ArraySlice<Posting>, depth: Int, telling: [Bool]) {
    var small: [Shard] = []
    func close(_ files: inout [[Shard]]) {
      if !small.isEmpty { files.append(small) }
      small = []
    }
    var start = postings.startIndex
    while start < postings.endIndex {
      if postings[start].letters.count == depth {
        addWord(postings[start], telling: telling)
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
        divide(group, depth: depth + 1, telling: telling)
      }
      start = end
    }
    close(&files)
  }

  /// The shard of a word whose letters begin more words than a shard holds.
  private mutating func addWord(_ posting: Posting, telling: [Bool]) {
    let key = String(String.UnicodeScalarView(posting.letters)) + "_"
    let isWhole = posting.places.count <= SearchIndex.largestShard
    let places =
      isWhole
      ? posting.places
      : posting.places.enumerated().filter { $0.offset < SearchIndex.mostOfCommonWord || !telling[Int($0.element)] }
        .map(\.element)
    files.append([Shard(key: key, isWhole: isWhole, places: places)])
  }

  private static func merged(_ postings: ArraySlice<Posting>) -> [Int32] {
    if postings.count == 1, let first = postings.first { return first.places }
    return Set(postings.lazy.flatMap(\.places)).sorted()
  }
}
