import BinaryFiles
import Ratings

/// How dates enter a model: bins for movies, days and distances from a user's mean date for users.
struct RatingCalendar: Sendable, Equatable {
  /// The first known date and the seconds of a bin; 0 seconds where no dates are known.
  let start: UInt32
  let binSeconds: UInt32
  let binCount: Int
  /// What distances are divided by, so that their mean square over the training ratings is 1.
  let unit: Float

  static let secondsPerDay = 86400

  init(_ training: TrainingSet, binCount: Int) {
    let known = training.times.lazy.filter { $0 > 0 }
    let first = known.min() ?? 0
    let last = known.max() ?? 0
    let seconds = last > first ? (last - first) / UInt32(binCount) + 1 : 0
    let plain = RatingCalendar(start: first, binSeconds: seconds, binCount: binCount, unit: 1)
    var squares = 0.0
    for user in 0..<training.userCount {
      let times = training.times[training.byUser.range(ofRow: user)]
      let mean = Self.meanDay(of: times)
      for time in times {
        let distance = Double(plain.distance(time, from: mean))
        squares += distance * distance
      }
    }
    let root = Float((squares / Double(max(1, training.ratingCount))).squareRoot())
    self.init(start: first, binSeconds: seconds, binCount: binCount, unit: root > 0 ? root : 1)
  }

  init(start: UInt32, binSeconds: UInt32, binCount: Int, unit: Float) {
    self.start = start
    self.binSeconds = binSeconds
    self.binCount = binCount
    self.unit = unit
  }

  /// The bin of a date; nil where it is unknown. Dates outside fall into the first or last bin.
  func bin(of time: UInt32) -> Int? {
    guard time > 0, binSeconds > 0 else { return nil }
    return time <= start ? 0 : min(binCount - 1, Int((time - start) / binSeconds))
  }

  /// Whole days since 1970; nil where unknown.
  static func day(of time: UInt32) -> Int? { time > 0 ? Int(time) / secondsPerDay : nil }

  /// The mean day of the known dates, 0 where there are none.
  static func meanDay(of times: some Collection<UInt32>) -> Float {
    var sum = 0.0
    var count = 0.0
    for case let day? in times.lazy.map({ day(of: $0) }) {
      sum += Double(day)
      count += 1
    }
    return count > 0 ? Float(sum / count) : 0
  }

  /// dev(t) = sign(t − mean) |t − mean|^0.5 in `unit`s, days apart; 0 where unknown (Koren 2009 takes the power 0.4; a
  /// root is the same on every processor).
  func distance(_ time: UInt32, from meanDay: Float) -> Float {
    guard let day = Self.day(of: time), meanDay > 0 else { return 0 }
    let days = Float(day) - meanDay
    return (days < 0 ? -1 : 1) * abs(days).squareRoot() / unit
  }

  func save(to writer: inout BinaryWriter) {
    writer.write(start)
    writer.write(binSeconds)
    writer.write(Int64(binCount))
    writer.write(unit)
  }

  init(from reader: inout BinaryReader) throws(BinaryFileError) {
    start = try reader.read(UInt32.self)
    binSeconds = try reader.read(UInt32.self)
    binCount = try reader.readCount(in: 1...1000)
    unit = try reader.readFinite()
    guard unit > 0 else { throw .damaged }
  }
}

/// The days on which a user rated.
struct UserDays: Sendable {
  let meanDay: Float
  /// dev of each rating.
  let distances: [Float]
  /// Each day once, in order.
  let days: [Int]
  /// The place in `days` of each rating; nil where its date is unknown.
  let places: [Int?]

  init(_ times: some Collection<UInt32>, calendar: RatingCalendar) {
    let mean = RatingCalendar.meanDay(of: times)
    meanDay = mean
    distances = times.map { calendar.distance($0, from: mean) }
    let given = times.map { RatingCalendar.day(of: $0) }
    let days = Set(given.compactMap { $0 }).sorted()
    let placeOfDay = Dictionary(uniqueKeysWithValues: days.enumerated().map { ($1, $0) })
    self.days = days
    places = given.map { $0.flatMap { placeOfDay[$0] } }
  }
}
