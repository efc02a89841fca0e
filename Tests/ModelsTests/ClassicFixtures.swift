import Models
import Ratings
import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// One of the official splits of MovieLens 100k.
struct MovieLensSplit {
  let training: TrainingSet
  let test: TrainingSet

  init(_ name: String) throws {
    training = try Self.read("\(name).base")
    test = try Self.read("\(name).test")
  }

  private static func read(_ name: String) throws -> TrainingSet {
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(SharedData.movieLens100k)/\(name)"))
    var table = RatingTable()
    for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
      let fields = line.split(separator: "\t").compactMap { Int($0) }
      try #require(fields.count == 4)
      table.append(
        user: Int32(fields[0] - 1), movie: Int32(fields[1] - 1), value: Float(fields[2]), time: UInt32(fields[3]))
    }
    let same = (0..<1682).map { Int32($0) }
    return TrainingSet(
      table.canonical(users: same, userCount: 943, movies: same, movieCount: 1682).table,
      users: (0..<943).map { User(id: .number(Int64($0))) },
      movies: (0..<1682).map { Movie(id: .number(Int64($0)), title: "") }, scale: .wholeStars)
  }

  /// The root mean squared error over the test part, with the dates of the test ratings or without.
  func rmse(of model: any Recommender, dated: Bool = false) -> Double {
    var squares = 0.0
    for user in 0..<test.userCount where test.byUser.count(ofRow: user) > 0 {
      let profile = model.profile(ofUser: user, ratings: training.ratings(ofUser: user))
      for rating in test.ratings(ofUser: user) {
        let predicted = model.predict(profile, movie: Int(rating.movie), time: dated ? rating.time : 0)
        squares += Double((predicted - rating.value) * (predicted - rating.value))
      }
    }
    return (squares / Double(test.ratingCount)).squareRoot()
  }
}

extension TrainingSet {
  /// The training set of ratings with dates, in any order.
  init(dated ratings: [(user: Int, movie: Int, value: Float, time: UInt32)], users: Int, movies: Int) {
    var table = RatingTable()
    for rating in ratings {
      table.append(user: Int32(rating.user), movie: Int32(rating.movie), value: rating.value, time: rating.time)
    }
    let same = (0..<Int32(max(users, movies))).map { $0 }
    self.init(
      table.canonical(users: same, userCount: users, movies: same, movieCount: movies).table,
      users: (0..<users).map { User(id: .number(Int64($0))) },
      movies: (0..<movies).map { Movie(id: .number(Int64($0)), title: "") }, scale: .wholeStars)
  }
}
