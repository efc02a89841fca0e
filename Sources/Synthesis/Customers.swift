import Platform
import Ratings

/// Netflix customers: numbers with gaps, and the days on which they rated.
struct Customers {
  /// Ascending, about every fifth or sixth number, as in the real set.
  let ids: [Int32]
  /// The days of the period, as text: "1999-11-10".
  let dates: [[UInt8]]
  private let joined: [Int16]
  private let firstDay: Int
  private let seed: UInt64

  init(synthesizer: Synthesizer) {
    let period = Period.netflix
    firstDay = period.start / 86_400
    let dayCount = period.end / 86_400 - firstDay
    dates = (firstDay..<firstDay + dayCount).map(Self.text(daysFrom1970:))
    seed = synthesizer.seed
    var random = synthesizer.random(.userFacts)
    var ids: [Int32] = []
    var joined: [Int16] = []
    ids.reserveCapacity(synthesizer.users)
    joined.reserveCapacity(synthesizer.users)
    var id = 5
    for _ in 0..<synthesizer.users {
      id += 1 + random.index(below: 10)
      ids.append(Int32(id))
      // The service grew: most joined late.
      joined.append(Int16(Double(dayCount - 1) * random.uniform().squareRoot()))
    }
    self.ids = ids
    self.joined = joined
  }

  /// The day of one rating, as an index into `dates`: one of the customer's evenings, not before the movie's year.
  func day(_ user: Int, movieYear: Int, random: inout CounterRandom) -> Int {
    let evening = UInt64(random.index(below: 24))
    let word = CounterRandom.mix(seed ^ UInt64(user) << 8 ^ evening)
    let released = Period.start(ofYear: movieYear) / 86_400 - firstDay
    let first = max(Int(joined[user]), released)
    // The first evening is the busiest.
    guard evening > 5 || first > Int(joined[user]) else { return first }
    return first + Int(word % UInt64(dates.count - first))
  }

  private static func text(daysFrom1970 days: Int) -> [UInt8] {
    let date = CivilDate(daysSince1970: days)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return Array("\(date.year)-\(two(date.month))-\(two(date.day))".utf8)
  }
}
