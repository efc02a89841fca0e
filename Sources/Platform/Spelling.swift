/// Suggests what someone may have meant.
package enum Spelling {
  /// The candidate with the fewest edits from `word`, at most a third of its length (and two); nil if none is near.
  ///
  /// - Complexity: O(candidates x length²).
  package static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let limit = max(2, word.count / 3)
    return
      candidates.map { (candidate: $0, distance: distance(word.lowercased(), $0.lowercased())) }
      // As many edits as letters means nothing in common.
      .filter { $0.distance <= limit && $0.distance < $0.candidate.count }
      .min { ($0.distance, $0.candidate) < ($1.distance, $1.candidate) }?.candidate
  }

  /// The number of insertions, deletions, replacements and swaps of neighbouring letters that turn `a` into `b`
  /// (Damerau-Levenshtein, each stretch edited once).
  package static func distance(_ a: String, _ b: String) -> Int {
    let a = Array(a)
    let b = Array(b)
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1] + [Int](repeating: 0, count: b.count)
      for j in 0..<b.count {
        row[j + 1] = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1) }
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }
}
