package import BinaryFiles
package import Models
import Ratings

extension BinaryReader {
  mutating func readID() throws(BinaryFileError) -> SourceID {
    try read(Bool.self) ? .text(try read()) : .number(try read())
  }

  mutating func readOptionalNumber() throws(BinaryFileError) -> Int? {
    let isThere = try read(Bool.self)
    let number = try read(Int64.self)
    return isThere ? Int(number) : nil
  }

  mutating func readOptionalText() throws(BinaryFileError) -> String? {
    let isThere = try read(Bool.self)
    let text = try read(String.self)
    return isThere ? text : nil
  }

  mutating func readStatistics() throws(BinaryFileError) -> [RatingStatistics] {
    let counts = try read([Int64].self)
    let means = try read([Float].self)
    let histograms = try read([Int32].self)
    let levels = counts.isEmpty ? 0 : histograms.count / counts.count
    guard means.count == counts.count, histograms.count == counts.count * levels else { throw .damaged }
    return counts.indices.map {
      RatingStatistics(
        count: Int(counts[$0]), mean: means[$0], histogram: Array(histograms[$0 * levels..<($0 + 1) * levels]))
    }
  }

  mutating func readRagged<Element>() throws(BinaryFileError) -> Ragged<Element> {
    let offsets = try read([Int].self)
    let elements = try read([Element].self)
    guard offsets.first == 0, offsets.last == elements.count, zip(offsets, offsets.dropFirst()).allSatisfy({ $0 <= $1 })
    else { throw .damaged }
    return Ragged(offsets: offsets, elements: elements)
  }
}

extension User {
  init(from reader: inout BinaryReader) throws(BinaryFileError) {
    self.init(
      id: try reader.readID(), age: try reader.readOptionalNumber(), gender: try reader.readOptionalText(),
      occupation: try reader.readOptionalText())
  }
}

extension Movie {
  init(from reader: inout BinaryReader) throws(BinaryFileError) {
    self.init(
      id: try reader.readID(), title: try reader.read(), year: try reader.readOptionalNumber(),
      genres: try reader.read(), directors: try reader.read(), imdbID: try reader.readOptionalText(),
      tmdbID: try reader.readOptionalNumber(), runtime: try reader.readOptionalNumber(),
      language: try reader.readOptionalText())
  }
}

extension Chart {
  init(from reader: inout BinaryReader) throws(BinaryFileError) {
    guard let order = Order(rawValue: try reader.read()) else { throw .damaged }
    let scope: Scope =
      switch try reader.read(UInt8.self) {
      case 0: .all
      case 1: .genre(try reader.read())
      case 2: .decade(Int(try reader.read(Int64.self)))
      default: throw .damaged
      }
    self.init(order: order, scope: scope, movies: try reader.read())
  }
}

extension ModelReport {
  package init(from reader: inout BinaryReader) throws(BinaryFileError) {
    let (name, family, job, purpose) = (
      try reader.read(String.self), try reader.read(String.self), try reader.read(String.self),
      try reader.read(String.self)
    )
    let (evaluationProtocol, reference) = (try reader.read(String.self), try reader.read(String.self))
    let measuredOn = try reader.readMeasuredOn()
    let settings = try reader.readFigures()
    self.init(
      name: name, family: family, job: job, purpose: purpose, settings: settings, metrics: try reader.readFigures(),
      evaluationProtocol: evaluationProtocol, reference: reference)
    self.measuredOn = measuredOn
    let (training, validation) = (try reader.read([Double].self), try reader.read([Double].self))
    guard training.count == validation.count else { throw .damaged }
    learningCurve = training.indices.map {
      LearningPoint(
        epoch: $0 + 1, trainingRMSE: training[$0], validationRMSE: validation[$0].isNaN ? nil : validation[$0])
    }
    starCalibration = try reader.readBins()
    chanceCalibration = try reader.readBins()
    let (strengths, accuracies) = (try reader.read([Float].self), try reader.read([Double].self))
    let coverages = try reader.read([Double].self)
    guard accuracies.count == strengths.count, coverages.count == strengths.count else { throw .damaged }
    discoveryCurve =
      strengths.isEmpty
      ? nil
      : DiscoveryCurve(
        points: strengths.indices.map {
          DiscoveryCurve.Point(strength: strengths[$0], accuracy: accuracies[$0], coverage: coverages[$0])
        })
  }
}

extension BinaryReader {
  package mutating func readInterval() throws(BinaryFileError) -> PredictionInterval? {
    let numbers = try read([Double].self)
    let scale = RatingScale(minimum: try read(), maximum: try read(), step: try read())
    guard numbers.count == 5 else { return nil }
    return PredictionInterval(
      coefficients: Array(numbers.prefix(3)), quantiles: (numbers[3], numbers[4]), scale: scale)
  }

  fileprivate mutating func readBins() throws(BinaryFileError) -> [CalibrationBin] {
    let (predicted, observed) = (try read([Double].self), try read([Double].self))
    let counts = try read([Int64].self)
    guard predicted.count == counts.count, observed.count == counts.count else { throw .damaged }
    return counts.indices.map {
      CalibrationBin(predicted: predicted[$0], observed: observed[$0], count: Int(counts[$0]))
    }
  }

  fileprivate mutating func readFigures() throws(BinaryFileError) -> [(name: String, value: Double)] {
    let names = try read([String].self)
    let values = try read([Double].self)
    guard names.count == values.count else { throw .damaged }
    return zip(names, values).map { (name: $0, value: $1) }
  }
}
