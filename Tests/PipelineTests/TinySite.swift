import Foundation
import LinearAlgebra
import Pipeline
import Ratings
import Synchronization
import TestSupport

/// A site of a few users and movies that can be changed piece by piece and built in milliseconds.
final class TinySite {
  let folder: TemporaryFolder
  private(set) var place: String
  var ratings: [String: (stars: Int, time: Int)] = [:]
  var movies: [Int: (title: String, genres: String)] = [:]
  var settings: [String: String] = [
    "title": "Tiny", "url": "https://example.org/", "quality": "quick", "models": "[biases, als, ease, popularity]",
  ]
  var random: CounterRandom

  init(users: Int = 24, movies count: Int = 30, seed: UInt64 = 11) throws {
    folder = try TemporaryFolder()
    place = folder.path("site")
    random = CounterRandom(seed: seed)
    for movie in 1...count {
      movies[movie] = ("Film \(movie) (\(1950 + movie))", ["Drama", "Comedy", "War|Drama"][movie % 3])
    }
    for user in 1...users {
      for movie in 1...count where random.uniform() < 0.3 { rate(user, movie, 1 + below(5)) }
    }
    try write("# About\n\nTwo words.\n", to: "content/pages/about.md")
    try writeData()
  }

  func below(_ count: Int) -> Int { Int(random.uniform() * Double(count)) % count }

  func rate(_ user: Int, _ movie: Int, _ stars: Int) {
    ratings["\(user),\(movie)"] = (stars, 1_000_000 + below(1_000_000))
  }

  func write(_ text: String, to path: String) throws { try folder.write(text, to: "site/" + path) }

  func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: place + "/" + path) }

  func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: place + "/" + path) }

  /// Writes ratings, movies and settings as they are now.
  func writeData() throws {
    var text = "userId,movieId,rating,timestamp\n"
    for (pair, rating) in ratings.sorted(by: { $0.key < $1.key })
    where movies[Int(pair.split(separator: ",")[1]) ?? 0] != nil {
      text += "\(pair),\(rating.stars),\(rating.time)\n"
    }
    try write(text, to: "content/ratings/ratings.csv")
    text = "movieId,title,genres\n"
    for (id, movie) in movies.sorted(by: { $0.key < $1.key }) { text += "\(id),\(movie.title),\(movie.genres)\n" }
    try write(text, to: "content/ratings/movies.csv")
    text = "data: ratings\n"
    for (name, value) in settings.sorted(by: { $0.key < $1.key }) { text += "\(name): \(value)\n" }
    try write(text, to: "content/site.yaml")
  }

  @discardableResult
  func build(_ change: (inout BuildOptions) -> Void = { _ in }) throws -> BuildReport {
    var options = BuildOptions()
    options.site = place
    change(&options)
    return try Build(options, observer: BuildObserver()).run()
  }

  /// Builds, and returns what the owner was told.
  func notesOfBuild() throws -> [String] {
    let notes = Mutex<[String]>([])
    var options = BuildOptions()
    options.site = place
    let observer = BuildObserver(note: { line in notes.withLock { $0.append(line) } })
    _ = try Build(options, observer: observer).run()
    return notes.withLock(\.self)
  }

  func explain() throws -> BuildExplanation {
    var options = BuildOptions()
    options.site = place
    return try Build(options, observer: BuildObserver()).explain()
  }

  var output: [String: Data] { get throws { try folder.contents(of: "site/output") } }

  /// What a build without any past makes of the site as it is.
  func cleanOutput() throws -> [String: Data] {
    let manager = FileManager.default
    let other = folder.path("clean")
    try? manager.removeItem(atPath: other)
    try manager.createDirectory(atPath: other, withIntermediateDirectories: true)
    for part in ["content", "site-templates"] where exists(part) {
      try manager.copyItem(atPath: place + "/" + part, toPath: other + "/" + part)
    }
    var options = BuildOptions()
    options.site = other
    options.threads = ThreadCount(1)
    _ = try Build(options, observer: BuildObserver()).run()
    return try folder.contents(of: "clean/output")
  }
}
