import Ratings

extension GibbsSampler {
  /// Takes over the state of a chain on a part of the same ratings, of the same users and movies.
  ///
  /// Effects of dates stay at 0: they are short-lived, and a sweep or two finds them.
  func start(from other: GibbsSampler) {
    precondition(
      users.rowCount == other.users.rowCount && movies.rowCount == other.movies.rowCount,
      "chains of different users or movies")
    guard users.factorCount == other.users.factorCount else { return }
    sweepCount = other.sweepCount
    noise = other.noise
    if levelValues == other.levelValues { probit = other.probit }
    users.start(from: other.users)
    movies.start(from: other.movies)
  }
}

extension GibbsSide {
  fileprivate func start(from other: GibbsSide) {
    for place in 0..<rows.count { rows[place] = other.rows[place] }
    prior.start(from: other.prior)
    for row in prior.present {
      let place = Int(row) * stride
      for unknown in 0..<prior.unknownCount {
        let value = rows[place + (unknown < factorCount ? unknown : biasPlace)]
        prior.deviations[place + unknown] = value - prior.means[place + unknown]
      }
    }
  }
}

extension RowPrior {
  /// Takes over μ, Λ, and t and λ of the groups that have the same columns; works out the means by them.
  fileprivate func start(from other: RowPrior) {
    for place in 0..<stride {
      mean[place] = other.mean[place]
      precision[place] = other.precision[place]
    }
    for (number, (own, group)) in zip(features.groups, other.features.groups).enumerated()
    where own.columns.count == group.columns.count && own.isBag == group.isBag {
      for place in 0..<stride {
        groupPrecisions[number * stride + place] = other.groupPrecisions[number * stride + place]
      }
      for place in 0..<own.columns.count * stride {
        coefficients[own.columns.lowerBound * stride + place] =
          other.coefficients[group.columns.lowerBound * stride + place]
      }
    }
    for row in present {
      for place in 0..<stride { means[Int(row) * stride + place] = mean[place] }
    }
    for column in 0..<features.columnCount {
      for entry in features.offsets[column]..<features.offsets[column + 1] {
        let row = Int(features.rows[entry]) * stride
        for place in 0..<stride {
          means[row + place] += features.values[entry] * coefficients[column * stride + place]
        }
      }
    }
  }
}
