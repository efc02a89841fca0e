import BinaryFiles
import Models
import Platform
import Precompute

extension Training.Model {
  private static let kind = "figures of a model"
  private static let layout: UInt32 = 3

  /// Takes over what an earlier build left.
  ///
  /// - Parameters:
  ///   - model: the path of the model.
  ///   - figures: the path of its figures.
  ///   - dataset: the fingerprint of what models are fitted to.
  mutating func read(model: String, figures: String, dataset: UInt64) {
    self.model = try? type.read(dataset: dataset, from: model)
    do {
      var reader = try BinaryFile.read(kind: Self.kind, version: Self.layout, dataset: dataset, from: figures)
      (report, interval) = (try ModelReport(from: &reader), try reader.readInterval())
    } catch {
      // Missing, damaged or of another layout: it is measured again.
      (report, interval) = (nil, nil)
    }
  }

  /// Leaves the model and its figures for the next build, where they are not there.
  func write(model: String, figures: String, dataset: UInt64) throws {
    if let fitted = self.model, !RawFile.isFile(model) || seconds > 0 { try fitted.write(dataset: dataset, to: model) }
    guard let report else { return }
    var writer = BinaryWriter()
    writer.write(report)
    writer.write(interval)
    try BinaryFile.write(writer, kind: Self.kind, version: Self.layout, dataset: dataset, to: figures)
  }
}
