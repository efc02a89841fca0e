/// The candidate with the fewest edits from `word`, at most a third of its length (and two); nil if none is near.
///
/// Written here again because this module imports nothing of the project's own.
func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
  let limit = max(2, word.count / 3)
  let letters = Array(word.lowercased())
  var best: (name: String, edits: Int)?
  for candidate in candidates {
    let edits = editDistance(letters, Array(candidate.lowercased()))
    guard edits <= limit, edits < candidate.count else { continue }
    if let known = best, (known.edits, known.name) <= (edits, candidate) { continue }
    best = (candidate, edits)
  }
  return best?.name
}

/// Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`.
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1] + [Int](repeating: 0, count: b.count)
    for j in b.indices {
      row[j + 1] = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1) }
    }
    beforeLast = last
    last = row
  }
  return last[b.count]
}
