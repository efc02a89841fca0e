import Platform
import Ratings

/// The community's view of the films, and the generation of a member's ratings.
struct FilmClub {
  private let films: [SampleFilm]
  /// Tastes x films: appeal, standardized over the films.
  private let appeals: [[Double]]
  /// Deviation from the average film, in stars.
  private let quality: [Double]
  /// The logarithm of a film's selection weight.
  private let fame: [Double]
  /// The tags that fit each film.
  private let words: [String: [String]]

  /// From March 2017 to the end of October 2026.
  private static let start = CivilDate(year: 2017, month: 3, day: 1).daysSince1970 * 86_400
  private static let end = CivilDate(year: 2026, month: 11, day: 1).daysSince1970 * 86_400

  init(films: [SampleFilm], seed: UInt64) {
    self.films = films
    appeals = Taste.all.map { taste in Self.standardized(films.map(taste.appeal(of:))) }
    var random = CounterRandom(seed: seed, stream: 3)
    quality = films.map { film in
      (SampleCommunity.canon.contains(film.title) ? 0.45 : 0)
        + (SampleCommunity.householdNames.contains(film.title) ? 0.2 : 0) + 0.18 * random.normalPair().0
    }
    fame = films.map { film in
      var fame = 0.25 * random.normalPair().0
      if SampleCommunity.householdNames.contains(film.title) { fame += 1.4 }
      if SampleCommunity.canon.contains(film.title) { fame += 0.6 }
      if SampleCommunity.repertory.contains(film.title) { fame -= 0.6 }
      // Memory fades.
      return fame - max(0, Double(1975 - film.year)) / 100
    }
    words = SampleCommunity.tagWords.reduce(into: [:]) { words, entry in
      for title in entry.titles { words[title, default: []].append(entry.word) }
    }
  }

  /// One member: a mixture of tastes, then the films chosen, the evenings, the stars and the tags.
  func member(
    _ random: inout CounterRandom, number: Int, count: Int
  ) -> (ratings: [SampleCommunity.Rating], tags: [SampleCommunity.MemberTag]) {
    let liking = self.liking(&random)
    let severity = 0.33 * random.normalPair().0
    let evenings = self.evenings(count: count, &random)
    let available = films.indices.filter { release(of: $0) <= evenings[evenings.count - 1] }
    // The films with the greatest noisy attraction (Gumbel's trick: a draw without replacement).
    let attraction = available.map { film in
      let gumbel = -PlainMath.logarithm(-PlainMath.logarithm(max(random.uniform(), 0x1p-50)))
      return (film: film, value: 0.9 * fame[film] + 0.85 * liking[film] + gumbel)
    }
    // The best known come first, on the earliest possible evenings.
    let chosen = attraction.sorted { ($1.value, $0.film) < ($0.value, $1.film) }.prefix(count)
    var ratings: [SampleCommunity.Rating] = []
    var tags: [SampleCommunity.MemberTag] = []
    let perEvening = (chosen.count + evenings.count - 1) / evenings.count
    for (rank, choice) in chosen.enumerated() {
      let film = choice.film
      var evening = rank / perEvening
      while evenings[evening] < release(of: film) { evening += 1 }
      let time = evenings[evening] + rank % perEvening * 75 + random.index(below: 60)
      let noise = 0.55 * random.normalPair().0
      let stars = 3.02 + severity + quality[film] + 0.62 * liking[film] + noise
      // Five stars are not given lightly.
      let halves = Int(min(10, max(1, (2 * (stars > 4 ? 4 + 0.65 * (stars - 4) : stars)).rounded())))
      ratings.append(.init(user: number, movie: films[film].id, halfStars: halves, time: time))
      guard halves >= 7, let fitting = words[films[film].title], random.uniform() < 0.14 else { continue }
      let word = fitting[random.index(below: fitting.count)]
      tags.append(.init(user: number, movie: films[film].id, word: word, time: time + 40))
    }
    return (ratings, tags)
  }

  /// How much the member likes each film, about -2...2.
  private func liking(_ random: inout CounterRandom) -> [Double] {
    let main = random.index(below: appeals.count)
    let side = random.index(below: appeals.count)
    let share = 0.65 + 0.25 * random.uniform()
    let favourite = films[random.index(below: films.count)].directors
    return Self.standardized(
      films.indices.map { film in
        let ownDirector = films[film].directors.isDisjoint(with: favourite) ? 0.0 : 0.8
        return share * appeals[main][film] + (1 - share) * appeals[side][film] + ownDirector
      })
  }

  /// When the member rates: a first evening, and later ones over up to four years; ascending.
  private func evenings(count: Int, _ random: inout CounterRandom) -> [Int] {
    let day = 86_400
    let first = Self.start + random.index(below: Self.end - Self.start - 60 * day)
    let span = min(4 * 365 * day, Self.end - first - day)
    let later = (0..<count / 7).map { _ in first + random.index(below: span) }
    // Between six and eleven in the evening.
    return ([first] + later).map { $0 / day * day + (18 + random.index(below: 4)) * 3_600 }.sorted()
  }

  /// The first of January after a film came out: from then on everyone can have seen it.
  private func release(of film: Int) -> Int { Period.start(ofYear: films[film].year + 1) }

  private static func standardized(_ values: [Double]) -> [Double] {
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    let deviation = variance.squareRoot()
    return values.map { deviation > 0 ? ($0 - mean) / deviation : 0 }
  }
}
