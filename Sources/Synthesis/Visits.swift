import Platform
import Ratings

/// When a user rated: a few evenings, most of them soon after joining.
struct Visits {
  /// MovieLens has had half stars since 18 February 2003.
  static let halfStarsSince = 1_045_526_400

  private let starts: [Int]
  let lastYear: Int

  init(count: Int, random: inout CounterRandom) {
    let period = Period.movieLens
    let joined = period.start + random.index(below: period.end - period.start - 86_400)
    var starts = [joined]
    // One evening per forty ratings, within three years.
    let span = min(3 * 365 * 86_400, period.end - joined - 7_200)
    for _ in 0..<min(200, count / 40) where span > 0 {
      let part = random.uniform()
      starts.append(joined + Int(Double(span) * part * part))
    }
    self.starts = starts
    lastYear = CivilDate(daysSince1970: (starts.max() ?? joined) / 86_400).year
  }

  /// The time of one rating, not before the movie's year.
  func time(movieYear: Int, random: inout CounterRandom) -> Int {
    let time = starts[random.index(below: starts.count)] + random.index(below: 7_200)
    let released = Period.start(ofYear: movieYear)
    guard time < released else { return time }
    return released + random.index(below: Period.movieLens.end - released)
  }
}

/// Counts the written ratings.
struct Tally {
  private(set) var ratings = 0
  private var starSum = 0.0
  private var isRated: [Bool]

  init(movies: Int) { isRated = [Bool](repeating: false, count: movies) }

  mutating func add(movie: Int, stars: Double) {
    ratings += 1
    starSum += stars
    isRated[movie] = true
  }

  func summary(of plan: Synthesizer, files: [SynthesisSummary.File]) -> SynthesisSummary {
    SynthesisSummary(
      users: plan.users, movies: plan.movies, ratings: ratings, ratedMovies: isRated.count { $0 },
      meanRating: starSum / Double(ratings), files: files)
  }
}
