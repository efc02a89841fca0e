import Models
import Ratings
import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The official five splits of MovieLens 100k, with every model's default settings.
@Suite(.slow, .enabled(if: SharedData.has(SharedData.movieLens100k), Comment(rawValue: SharedData.absence)))
struct AccuracyTests {
  /// Ratings of a tab-separated file, in canonical order.
  private static func table(_ name: String) throws -> RatingTable {
    let path = "\(SharedData.movieLens100k)/\(name)"
    let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    var table = RatingTable()
    for line in text.split(separator: "\n") {
      let fields = line.split(separator: "\t").compactMap { Int($0) }
      try #require(fields.count == 4)
      table.append(
        user: Int32(fields[0] - 1), movie: Int32(fields[1] - 1), value: Float(fields[2]), time: UInt32(fields[3]))
    }
    let same = (0..<2000).map { Int32($0) }
    return table.canonical(users: same, userCount: 943, movies: same, movieCount: 1682).table
  }

  private static func trainingSet(_ table: RatingTable) -> TrainingSet {
    TrainingSet(
      table, users: (0..<943).map { User(id: .number(Int64($0))) },
      movies: (0..<1682).map { Movie(id: .number(Int64($0)), title: "") }, scale: .wholeStars)
  }

  @Test(arguments: [("biases", 0.946), ("als", 0.922), ("item-neighbours", 0.918)])
  func `the mean error is within the target`(name: String, target: Double) throws {
    var sum = 0.0
    for split in 1...5 {
      let training = Self.trainingSet(try Self.table("u\(split).base"))
      let test = Self.trainingSet(try Self.table("u\(split).test"))
      let model = try fitted(name, to: training)
      var squares = 0.0
      for user in 0..<test.userCount where test.byUser.count(ofRow: user) > 0 {
        let profile = model.profile(ofUser: user, ratings: training.ratings(ofUser: user))
        for rating in test.ratings(ofUser: user) {
          let error = Double(model.predict(profile, movie: Int(rating.movie)) - rating.value)
          squares += error * error
        }
      }
      sum += (squares / Double(test.ratingCount)).squareRoot()
    }
    #expect(sum / 5 <= target, "mean RMSE \(sum / 5)")
  }

  /// Every fourth rating of each user is hidden; all movies the user has not rated compete.
  @Test(arguments: [("popularity", 0.2), ("ease", 0.4)])
  func `lists find the hidden movies`(name: String, target: Double) throws {
    let all = try Self.table("u.data")
    let isTest = { (row: Int) in CounterRandom.mix(UInt64(row)) % 4 == 0 }
    let training = Self.trainingSet(all.selecting((0..<all.count).filter { !isTest($0) }))
    let test = Self.trainingSet(all.selecting((0..<all.count).filter(isTest)))
    let model = try fitted(name, to: training)
    var sum = 0.0
    let users = (0..<943).filter { test.byUser.count(ofRow: $0) > 0 }
    for user in users {
      let ratings = training.ratings(ofUser: user)
      var scores = model.scores(model.profile(ofUser: user, ratings: ratings))
      for rating in ratings { scores[Int(rating.movie)] = -.infinity }
      let list = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }.prefix(10)
      let gains = (0..<10).map { 1 / _log2(Double($0 + 2)) }
      let gain = zip(list, gains).reduce(0.0) {
        $0 + (test.byUser.position(row: user, column: Int32($1.0)) == nil ? 0 : $1.1)
      }
      sum += gain / gains.prefix(test.byUser.count(ofRow: user)).reduce(0, +)
    }
    #expect(sum / Double(users.count) >= target, "nDCG@10 \(sum / Double(users.count))")
  }

  /// Base-2 logarithm of a small whole number by its series, to spare a C library here.
  private func _log2(_ x: Double) -> Double {
    let exponent = Double(x.exponent)
    let s = (x.significand - 1) / (x.significand + 1)
    let artanh = stride(from: 31.0, to: 0, by: -2).reduce(0.0) { $0 * s * s + 1 / $1 } * s
    return exponent + 2 * artanh / 0.693_147_180_559_945_3
  }
}
