import BinaryFiles

/// A model that is trained in epochs and keeps its learning curve.
public protocol HasLearningCurve: Recommender {
  /// One point for each epoch, first epoch first.
  var learningCurve: [LearningPoint] { get }
}

/// A point of a learning curve.
public struct LearningPoint: Sendable, Equatable {
  /// From 1.
  public let epoch: Int
  /// Root mean squared error, in stars, over the training ratings, each measured before its update.
  public let trainingRMSE: Double
  /// Root mean squared error, in stars, over the validation set after the epoch; nil without one.
  public let validationRMSE: Double?

  /// A point, measured after an epoch.
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
