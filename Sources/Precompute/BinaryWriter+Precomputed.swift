package import BinaryFiles
package import Models
import Ratings

extension BinaryWriter {
  mutating func write(_ id: SourceID) {
    switch id {
    case .number(let number):
      write(false)
      write(number)
    case .text(let text):
      write(true)
      write(text)
    }
  }

  mutating func write(_ number: Int?) {
    write(number != nil)
    write(Int64(number ?? 0))
  }

  mutating func write(_ text: String?) {
    write(text != nil)
    write(text ?? "")
  }

  mutating func write(_ user: User) {
    write(user.id)
    write(user.age)
    write(user.gender)
    write(user.occupation)
  }

  mutating func write(_ movie: Movie) {
    write(movie.id)
    write(movie.title)
    write(movie.year)
    write(movie.genres)
    write(movie.directors)
    write(movie.imdbID)
    write(movie.tmdbID)
    write(movie.runtime)
    write(movie.language)
  }

  /// The counts and means of all rows, then all histograms in one array.
  mutating func write(_ statistics: [RatingStatistics]) {
    write(statistics.map { Int64($0.count) })
    write(statistics.map(\.mean))
    write(statistics.flatMap(\.histogram))
  }

  mutating func write<Element>(_ ragged: Ragged<Element>) {
    write(ragged.offsets)
    write(ragged.elements)
  }

  mutating func write(_ chart: Chart) {
    write(chart.order.rawValue)
    switch chart.scope {
    case .all: write(0 as UInt8)
    case .genre(let genre):
      write(1 as UInt8)
      write(genre)
    case .decade(let decade):
      write(2 as UInt8)
      write(Int64(decade))
    }
    write(chart.movies)
  }

  package mutating func write(_ model: ModelReport) {
    for text in [model.name, model.family, model.job, model.purpose, model.evaluationProtocol, model.reference] {
      write(text)
    }
    write(model.measuredOn)
    for figures in [model.settings, model.metrics] {
      write(figures.map(\.name))
      write(figures.map(\.value))
    }
    write(model.learningCurve.map(\.trainingRMSE))
    write(model.learningCurve.map { $0.validationRMSE ?? .nan })
    for bins in [model.starCalibration, model.chanceCalibration] {
      write(bins.map(\.predicted))
      write(bins.map(\.observed))
      write(bins.map { Int64($0.count) })
    }
    let points = model.discoveryCurve?.points ?? []
    write(points.map(\.strength))
    write(points.map(\.accuracy))
    write(points.map(\.coverage))
  }

  package mutating func write(_ interval: PredictionInterval?) {
    write(interval.map { $0.coefficients + [$0.quantiles.low, $0.quantiles.high] } ?? [])
    for number in [interval?.scale.minimum, interval?.scale.maximum, interval?.scale.step] { write(number ?? 0) }
  }
}
