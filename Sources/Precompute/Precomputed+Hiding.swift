import Models
package import Ratings

extension Precomputed {
  /// The same without a trace of `hidden`: neither as users nor as similar users of others. The effect of their
  /// ratings on movies stays.
  ///
  /// - Complexity: O(users + their data); nothing is copied if nobody is hidden.
  package func without(_ hidden: Set<SourceID>) -> Precomputed {
    guard !hidden.isEmpty else { return self }
    let kept = users.indices.filter { !hidden.contains(users[$0].id) }
    guard kept.count < users.count else { return self }
    var places = [Int32](repeating: -1, count: users.count)
    for (place, user) in kept.enumerated() { places[user] = Int32(place) }

    var result = self
    result.users = kept.map { users[$0] }
    result.userStatistics = userStatistics.rows(kept)
    result.favourites = favourites.rows(kept)
    (result.similarUsers, result.peopleSimilarities) = people(of: kept, places: places)
    result.tastes.genres = tastes.genres.rows(kept)
    result.tastes.decades = tastes.decades.rows(kept)
    result.tastes.mainstream = tastes.mainstream.rows(kept)
    result.tastes.history = tastes.history.rows(kept)
    result.lists = lists.map { $0.keeping(kept) }
    result.unusual = unusual?.keeping(kept)
    return result
  }

  /// - Parameter places: for each user the new index, or -1.
  private func people(of kept: [Int], places: [Int32]) -> (users: Ragged<SimilarUser>, pairs: Ragged<UInt8>) {
    var people = Ragged<SimilarUser>()
    var pairs = Ragged<UInt8>()
    for user in kept where user < similarUsers.rowCount {
      let row = Array(similarUsers[user])
      let stay = row.map { places[Int($0.user)] >= 0 }
      people.appendRow(
        zip(row, stay).compactMap { person, stays in
          stays ? SimilarUser(user: places[Int(person.user)], similarity: person.similarity) : nil
        })
      guard user < peopleSimilarities.rowCount else { continue }
      let triangle = Array(peopleSimilarities[user])
      guard triangle.count == row.count * (row.count - 1) / 2 else {
        pairs.appendRow([])
        continue
      }
      var rest: [UInt8] = []
      var pair = 0
      for one in row.indices {
        for other in row.indices where other > one {
          if stay[one], stay[other] { rest.append(triangle[pair]) }
          pair += 1
        }
      }
      pairs.appendRow(rest)
    }
    return (people, pairs)
  }
}

extension RecommendationList {
  /// The lists of some of the users; missing ones are left out.
  fileprivate func keeping(_ kept: [Int]) -> RecommendationList {
    var entries = Ragged<Recommendation>()
    var reasons = Ragged<Reason>()
    for user in kept where user < self.entries.rowCount {
      let own = list(ofUser: user)
      entries.appendRow(own.map(\.recommendation))
      for entry in own { reasons.appendRow(entry.reasons) }
    }
    return RecommendationList(model: model, starsModel: starsModel, entries: entries, reasons: reasons)
  }
}

extension Ragged {
  /// Some of the rows; missing ones are left out.
  fileprivate func rows(_ kept: [Int]) -> Ragged {
    var result = Ragged()
    for row in kept where row < rowCount { result.appendRow(self[row]) }
    return result
  }
}

extension Array {
  /// Some of the elements; missing ones are left out.
  fileprivate func rows(_ kept: [Int]) -> [Element] { kept.compactMap { $0 < count ? self[$0] : nil } }
}
