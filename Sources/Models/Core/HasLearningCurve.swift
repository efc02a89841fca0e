import BinaryFiles

/// A model that learned in epochs and kept how it went.
public protocol HasLearningCurve: Recommender {
  /// One point for each epoch, first epoch first.
  var learningCurve: [LearningPoint] { get }
}

/// How well a model did in one epoch of its training.
public struct LearningPoint: Sendable, Equatable {
  /// From 1.
  public let epoch: Int
  /// Root mean squared error, in stars, over the ratings the epoch learned from, each measured as it was met.
  public let trainingRMSE: Double
  /// Root mean squared error, in stars, over the validation part after the epoch; nil where none was set aside.
  public let validationRMSE: Double?

  public init(epoch: Int, trainingRMSE: Double, validationRMSE: Double? = nil) {
    self.epoch = epoch
    self.trainingRMSE = trainingRMSE
    self.validationRMSE = validationRMSE
  }
}

extension [LearningPoint] {
  func save(to writer: inout BinaryWriter) {
    writer.write(map { Float($0.trainingRMSE) })
    writer.write(compactMap { $0.validationRMSE.map { Float($0) } })
  }

  /// Reads a curve whose epochs are numbered from 1 and which has a validation error for all of them or for none.
  init(from reader: inout BinaryReader) throws(BinaryFileError) {
    let training = try reader.readFiniteArray()
    let validation = try reader.readFiniteArray()
    guard validation.isEmpty || validation.count == training.count else { throw .damaged }
    self = training.indices.map {
      LearningPoint(
        epoch: $0 + 1, trainingRMSE: Double(training[$0]),
        validationRMSE: validation.isEmpty ? nil : Double(validation[$0]))
    }
  }
}
