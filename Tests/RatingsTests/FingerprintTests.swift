import Ratings
import Testing

struct FingerprintTests {
  private static let base = Dataset(
    users: [User(id: .number(1)), User(id: .number(2))],
    movies: [
      Movie(id: .number(1), title: "A", genres: ["Drama", "War"], directors: ["X"]),
      Movie(id: .number(2), title: "B"),
    ],
    ratings: RatingTable(users: [0, 1], movies: [0, 1], values: [1, 2], times: [3, 4]),
    tags: [Tag(user: 0, movie: 0, text: "t", time: 1)])

  /// The base with one thing changed in each.
  private static let changes: [(name: String, change: @Sendable (inout Dataset) -> Void)] = [
    ("user id", { $0.users[1].id = .number(3) }), ("age", { $0.users[0].age = 3 }),
    ("gender", { $0.users[0].gender = "F" }), ("occupation", { $0.users[0].occupation = "F" }),
    ("movie id", { $0.movies[0].id = .number(0) }), ("title", { $0.movies[0].title = "a" }),
    ("year", { $0.movies[0].year = 1999 }), ("imdb", { $0.movies[0].imdbID = "tt0000001" }),
    ("runtime", { $0.movies[0].runtime = 90 }), ("language", { $0.movies[0].language = "fr" }),
    ("tmdb", { $0.movies[0].tmdbID = 1 }), ("genres", { $0.movies[0].genres = ["War", "Drama"] }),
    (
      "genre of the next movie",
      {
        $0.movies[0].genres = ["Drama"]
        $0.movies[1].genres = ["War"]
      }
    ),
    (
      "director for genre",
      {
        $0.movies[0].genres = ["Drama"]
        $0.movies[0].directors = ["War", "X"]
      }
    ),
    ("value", { $0.ratings = RatingTable(users: [0, 1], movies: [0, 1], values: [1, 3], times: [3, 4]) }),
    ("time", { $0.ratings = RatingTable(users: [0, 1], movies: [0, 1], values: [1, 2], times: [3, 5]) }),
    ("rating's movie", { $0.ratings = RatingTable(users: [0, 1], movies: [0, 0], values: [1, 2], times: [3, 4]) }),
    (
      "validation",
      {
        $0.validation = $0.ratings.selecting([1])
        $0.ratings = $0.ratings.selecting([0])
      }
    ),
    ("tag", { $0.tags[0].text = "u" }), ("no tag", { $0.tags = [] }), ("tag's user", { $0.tags[0].user = -1 }),
    ("scale", { $0.scale = .halfStars }),
  ]

  @Test func `Every change of a data set changes its fingerprint`() {
    var seen = [Self.base.fingerprint: "base"]
    for (name, change) in Self.changes {
      var dataset = Self.base
      change(&dataset)
      let before = seen.updateValue(name, forKey: dataset.fingerprint)
      #expect(before == nil, "\(name) looks like \(before ?? "")")
    }
  }

  @Test func `Equal data has equal fingerprints`() {
    let copy = Self.base
    #expect(copy.fingerprint == Self.base.fingerprint)
  }

  @Test func `Neighbouring texts and bytes do not run together`() {
    func fingerprint(_ texts: [String]) -> Fingerprint {
      var result = Fingerprint()
      for text in texts { result.add(text) }
      return result
    }
    let all = [
      ["ab", "c"], ["a", "bc"], ["abc"], ["abc", ""], ["", "abc"], ["\0"], ["\0\0"], [""], [], ["12345678"],
      ["12345678", ""],
    ]
    #expect(Set(all.map(fingerprint)).count == all.count)
    #expect(Fingerprint().description.count == 16)
    #expect(Fingerprint().description.allSatisfy { $0.isHexDigit })
  }

  @Test func `bytes count the same however they lie in memory`() {
    for count in [0, 1, 7, 8, 9, 16, 1000] {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) }
      var (together, apart) = (Fingerprint(), Fingerprint())
      together.add(bytes)
      apart.add(AnySequence(bytes.lazy.map { $0 }))
      #expect(together == apart, "\(count)")
    }
  }
}
