import Synthesis
import TestSupport
import Testing

@Suite("Invalid requests")
struct RefusalTests {
  @Test(arguments: [
    (0, 5, 5, "0 users cannot be generated"), (5, 0, 5, "0 movies cannot"), (5, 5, 0, "0 ratings cannot"),
    (-3, 5, 5, "-3 users cannot be generated"), (5, 5, Int.min, "ratings cannot be generated"),
    (3, 4, 13, "3 users and 4 movies make 12 pairs"), (10, 10, 9, "9 ratings are too few for 10 users"),
    (Int.max, Int.max, Int.max, "users are too many"), (9, Int.max, 10, "movies are too many"),
  ])
  func `an impossible data set is refused in words`(users: Int, movies: Int, ratings: Int, words: String) {
    #expect {
      try Synthesizer(users: users, movies: movies, ratings: ratings, format: .netflixPrize)
    } throws: { error in
      "\(error)".contains(words) && "\(error)".contains("; ask for ")
    }
  }

  @Test func `a folder in use is left as it is`() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine", to: "data/keep.txt")
    #expect {
      try Synthesizer(users: 5, movies: 5, ratings: 10, format: .movieLensCSV).write(to: folder.path("data"))
    } throws: { error in
      "\(error)".hasSuffix("/data: the folder is not empty; name a new one, or empty it first")
    }
    #expect(try WrittenData.names(folder.path("data")) == ["keep.txt"])
    #expect(try WrittenData.names(folder.path) == ["data"])
  }

  @Test func `a file of that name is left as it is`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("mine", to: "data")
    #expect(throws: SynthesisError.notAFolder(file)) {
      try Synthesizer(users: 5, movies: 5, ratings: 10, format: .movieLensCSV).write(to: file)
    }
  }

  @Test func `an empty folder is filled, and missing ones on the way are made`() throws {
    let folder = try TemporaryFolder()
    let plan = try Synthesizer(users: 5, movies: 5, ratings: 10, format: .movieLensCSV)
    try plan.write(to: folder.path("a/b/c/"))
    #expect(try WrittenData.names(folder.path("a/b")) == ["c"])
    let empty = try TemporaryFolder()
    try plan.write(to: empty.path)
    #expect(try WrittenData.names(empty.path) == WrittenData.names(folder.path("a/b/c")))
  }

  @Test func `a folder that cannot be made is named, with the system's reason`() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine", to: "file")
    #expect {
      try Synthesizer(users: 5, movies: 5, ratings: 10, format: .movieLensCSV).write(to: folder.path("file/data"))
    } throws: { error in
      "\(error)".contains("/file: cannot create the folder: ") && "\(error)".contains("; check permissions")
    }
    #expect(try WrittenData.names(folder.path) == ["file"])
  }
}
