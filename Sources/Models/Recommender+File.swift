public import BinaryFiles

extension Recommender {
  /// Writes the model as a file of its own, which names the model, the layout and the data.
  ///
  /// - Parameter dataset: the fingerprint of the data the model was fitted to.
  public func write(dataset: UInt64, to path: String) throws {
    var payload = BinaryWriter(kind: Self.fileKind)
    save(to: &payload)
    try BinaryFile.write(payload, kind: Self.fileKind, version: Self.fileVersion, dataset: dataset, to: path)
  }

  /// Reads a file that `write(dataset:to:)` wrote.
  ///
  /// - Parameters:
  ///   - dataset: the fingerprint that the file must carry; nil accepts any.
  ///   - isMapped: whether the file is mapped while it is read, and shared with other processes.
  public static func read(
    dataset: UInt64? = nil, from path: String, isMapped: Bool = false
  ) throws(BinaryFileError) -> Self {
    var reader = try BinaryFile.read(
      kind: fileKind, version: fileVersion, dataset: dataset, from: path, isMapped: isMapped)
    do {
      let model = try Self(from: &reader)
      guard reader.remaining == 0 else { throw BinaryFileError.damaged }
      return model
    } catch let error as BinaryFileError {
      throw error == .damaged ? .damagedFile(path: path) : error
    } catch {
      throw .damagedFile(path: path)
    }
  }

  private static var fileKind: String { "model \(descriptor.name)" }
}
