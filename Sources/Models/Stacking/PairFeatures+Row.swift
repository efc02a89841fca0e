import LinearAlgebra
import Ratings

extension PairFeatures {
  /// The features of `user` and `movie` for a rating given at `time` (seconds since 1970; 0 where unknown).
  ///
  /// - Complexity: what the members' predictions take, and O(features); with a time O(ratings of the user).
  func fill(_ row: inout [Float], from start: Int, user: PairUser, movie: Int, time: UInt32) {
    row[start] = baseline.mean + user.bias + baseline.movieBiases[movie]
    for (place, value) in user.columns.enumerated() { row[start + 1 + place] = value }
    let genres = genres[movie]
    let affinity = genres.reduce(Float(0)) { $0 + user.genres[Int($1)] }
    row[start + 5] = genres.isEmpty ? 0 : affinity / Float(genres.count)
    row[start + 6] = decades[movie] < 0 ? 0 : user.decades[Int(decades[movie])]
    let columns = layout.movieCount
    for column in 0..<columns {
      row[start + layout.movieStart + column] = movieColumns.values[movie * columns + column]
    }
    for (place, member) in members.enumerated() {
      row[start + layout.memberStart + place] = member.predict(user.members[place], movie: movie, time: time)
    }
    if layout.hasPeople {
      let place = start + layout.peopleStart
      row[place] = user.people[0]
      row[place + 1] = user.people[1]
      for group in 0..<PeopleFeatures.groupCount {
        row[place + 2 + group] = people.residual(group: group, code: user.people[2 + group], movie: movie)
      }
    }
    if layout.hasTimes {
      let date = dateColumns(of: user, time: time)
      let place = start + layout.timeStart
      row[place] = date.days
      row[place + 1] = date.count
      row[place + 2] = date.residual
    }
  }

  /// log(1 + days since the user's first rating), -1 where a date is unknown; log(1 + ratings of that day); the damped
  /// mean residual of these.
  private func dateColumns(of user: PairUser, time: UInt32) -> (days: Float, count: Float, residual: Float) {
    let day: UInt32 = 86_400
    guard time > 0 else { return (-1, 0, 0) }
    var first = time
    var count: Float = 0
    var sum: Float = 0
    for rating in user.ratings where rating.time > 0 {
      first = min(first, rating.time)
      guard rating.time / day == time / day else { continue }
      count += 1
      sum += rating.value - baseline.mean - user.bias - baseline.movieBiases[Int(rating.movie)]
    }
    return (
      logarithm(ofOnePlus: Float((time - first) / day)), logarithm(ofOnePlus: count), sum / (count + Self.damping)
    )
  }
}
