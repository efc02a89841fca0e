/// A 64-bit hash that distinguishes data: the same on every machine, not meant against an adversary.
public struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
  public private(set) var value: UInt64

  /// The fingerprint of nothing.
  public init() { value = 0x9e37_79b9_7f4a_7c15 }

  /// Adds a number.
  public mutating func add(_ word: UInt64) { value = CounterRandom.mix(value ^ word) }

  /// Adds the length and the UTF-8 of a text, so that two texts differ from one that is both.
  public mutating func add(_ text: String) {
    add(UInt64(text.utf8.count))
    add(text.utf8)
  }

  /// Adds bytes, without their number. Complexity: O(bytes).
  public mutating func add(_ bytes: some Sequence<UInt8>) {
    let isAdded: Void? = bytes.withContiguousStorageIfAvailable { add(contiguous: $0) }
    guard isAdded == nil else { return }
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

extension Fingerprint {
  /// Adds an identifier; a number and the text with its digits hash differently.
  public mutating func add(_ id: SourceID) {
    switch id {
    case .number(let number):
      add(1 as UInt64)
      add(UInt64(bitPattern: number))
    case .text(let text):
      add(2 as UInt64)
      add(text)
    }
  }

  /// Adds an optional number.
  public mutating func add(_ number: Int?) {
    add(number == nil ? 0 as UInt64 : 1)
    add(UInt64(bitPattern: Int64(number ?? 0)))
  }

  /// Adds an optional text.
  public mutating func add(_ text: String?) {
    add(text == nil ? 0 as UInt64 : 1)
    if let text { add(text) }
  }

  /// Adds texts with their count and lengths, so that different lists cannot hash alike by concatenation.
  public mutating func add(_ texts: [String]) {
    add(UInt64(texts.count))
    for text in texts { add(text) }
  }
}

extension Dataset {
  /// A fingerprint of everything in the data set. Complexity: O(users + movies + ratings + tags).
  public var fingerprint: Fingerprint {
    var result = trainingFingerprint
    for movie in movies {
      result.add(movie.tmdbID)
      result.add(movie.runtime)
      result.add(movie.language)
      result.add([movie.title, movie.imdbID.map { "=\($0)" } ?? ""])
    }
    return result
  }

  /// A fingerprint of what models learn from: everything except titles and the movies' ids on other sites.
  public var trainingFingerprint: Fingerprint {
    var result = ratings.fingerprint
    result.add(validation.fingerprint.value)
    for user in users {
      result.add(user.id)
      result.add(user.age)
      result.add([user.gender, user.occupation].map { $0.map { "=\($0)" } ?? "" })
    }
    for movie in movies {
      result.add(movie.id)
      result.add(movie.year)
      result.add(movie.genres)
      result.add(movie.directors)
    }
    for tag in tags {
      result.add(UInt64(UInt32(bitPattern: tag.user)) << 32 | UInt64(UInt32(bitPattern: tag.movie)))
      result.add(UInt64(tag.time))
      result.add(tag.text)
    }
    for number in [scale.minimum, scale.maximum, scale.step] { result.add(UInt64(number.bitPattern)) }
    return result
  }
}
