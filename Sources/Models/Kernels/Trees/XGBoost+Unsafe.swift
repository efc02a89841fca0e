#if Trees
  // Unsafe: holds the handles of XGBoost's C interface and passes pointers to it.

  import CXGBoost

  /// What XGBoost refused, in its own words.
  struct XGBoostError: Error, CustomStringConvertible {
    let message: String

    var description: String { "xgboost: \(message)" }

    /// Turns a return code into an error.
    fileprivate static func check(_ code: Int32) throws(XGBoostError) {
      guard code != 0 else { return }
      throw XGBoostError(message: String(cString: XGBGetLastError()))
    }
  }

  /// Rows of features with their targets in XGBoost's memory.
  final class XGBoostMatrix {
    fileprivate private(set) var handle: DMatrixHandle?

    /// - Parameter rows: `targets.count` x `width`.
    init(rows: [Float], targets: [Float], width: Int) throws(XGBoostError) {
      try XGBoostError.check(
        XGDMatrixCreateFromMat_omp(rows, bst_ulong(targets.count), bst_ulong(width), .nan, &handle, 1))
      try XGBoostError.check(XGDMatrixSetFloatInfo(handle, "label", targets, bst_ulong(targets.count)))
    }

    deinit { if let handle { _ = XGDMatrixFree(handle) } }
  }

  /// A model in training.
  final class XGBoostTrainer {
    private var handle: BoosterHandle?

    /// - Parameter matrices: the one to train on, and those to predict.
    init(_ matrices: [XGBoostMatrix], parameters: [(String, String)]) throws(XGBoostError) {
      try XGBoostError.check(
        matrices.map(\.handle).withUnsafeBufferPointer {
          XGBoosterCreate($0.baseAddress, bst_ulong(matrices.count), &handle)
        })
      for (name, value) in parameters { try XGBoostError.check(XGBoosterSetParam(handle, name, value)) }
    }

    deinit { if let handle { _ = XGBoosterFree(handle) } }

    /// One more round of trees.
    func update(round: Int, on matrix: XGBoostMatrix) throws(XGBoostError) {
      try XGBoostError.check(XGBoosterUpdateOneIter(handle, Int32(round), matrix.handle))
    }

    /// What the model so far says of the rows of `matrix`.
    func predictions(for matrix: XGBoostMatrix) throws(XGBoostError) -> [Float] {
      var count: bst_ulong = 0
      var values: UnsafePointer<Float>?
      try XGBoostError.check(XGBoosterPredict(handle, matrix.handle, 0, 0, 0, &count, &values))
      return Array(UnsafeBufferPointer(start: values, count: Int(count)))
    }

    /// The model as XGBoost writes it in JSON.
    func json() throws(XGBoostError) -> [UInt8] {
      var count: bst_ulong = 0
      var bytes: UnsafePointer<CChar>?
      try XGBoostError.check(XGBoosterSaveModelToBuffer(handle, #"{"format": "json"}"#, &count, &bytes))
      return UnsafeRawBufferPointer(start: bytes, count: Int(count)).map { $0 }
    }
  }
#endif
