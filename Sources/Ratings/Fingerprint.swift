/// A 64-bit hash for telling data apart: the same on every machine, not meant against an adversary.
public struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
  public private(set) var value: UInt64

  public init() { value = 0x9e37_79b9_7f4a_7c15 }

  public mutating func add(_ word: UInt64) { value = CounterRandom.mix(value ^ word) }

  public mutating func add(_ text: String) {
    add(UInt64(text.utf8.count))
    add(text.utf8)
  }

  public mutating func add(_ bytes: some Sequence<UInt8>) {
    var word: UInt64 = 0
    var filled = 0
    for byte in bytes {
      word = word << 8 | UInt64(byte)
      filled += 1
      if filled == 8 {
        add(word)
        word = 0
        filled = 0
      }
    }
    add(word ^ UInt64(filled) << 60)
  }

  /// 16 hexadecimal digits.
  public var description: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension RatingTable {
  /// A fingerprint of all rows in their order. Complexity: O(ratings).
  public var fingerprint: Fingerprint {
    var result = Fingerprint()
    for row in 0..<count {
      result.add(UInt64(UInt32(bitPattern: users[row])) << 32 | UInt64(UInt32(bitPattern: movies[row])))
      result.add(UInt64(values[row].bitPattern) << 32 | UInt64(times[row]))
    }
    return result
  }
}

extension Dataset {
  /// A fingerprint of everything in the data set. Complexity: O(users + movies + ratings + tags).
  public var fingerprint: Fingerprint {
    var result = ratings.fingerprint
    result.add(validation.fingerprint.value)
    for user in users { result.add("\(user.id)|\(user.age ?? -1)|\(user.gender ?? "")|\(user.occupation ?? "")") }
    for movie in movies {
      result.add("\(movie.id)|\(movie.title)|\(movie.year ?? -1)|\(movie.imdbID ?? "")|\(movie.tmdbID ?? -1)")
      result.add(UInt64(movie.genres.count) << 32 | UInt64(movie.directors.count))
      for genre in movie.genres { result.add(genre) }
      for director in movie.directors { result.add(director) }
    }
    for tag in tags { result.add("\(tag.user)|\(tag.movie)|\(tag.time)|\(tag.text)") }
    result.add("\(scale.minimum)|\(scale.maximum)|\(scale.step)")
    return result
  }
}
