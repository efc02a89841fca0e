import Models
import Platform
import Precompute

/// `api/models.json`: what was trained, how, and how good it is.
enum ModelsJSON {
  static let path = "api/models.json"

  static func append(_ models: [ModelReport], quality: String, to bytes: inout [UInt8]) {
    bytes.append(#"{"quality":"#)
    bytes.append(json: quality)
    bytes.append(#","models":"#)
    bytes.append(jsonList: models) { bytes, model in
      bytes.append(#"{"name":"#)
      bytes.append(json: model.name)
      bytes.append(#","family":"#)
      bytes.append(json: model.family)
      bytes.append(#","job":"#)
      bytes.append(json: model.job)
      bytes.append(#","purpose":"#)
      bytes.append(json: model.purpose)
      bytes.append(#","settings":"#)
      bytes.append(jsonFigures: model.settings)
      bytes.append(#","metrics":"#)
      bytes.append(jsonFigures: model.metrics)
      bytes.append(#","learning_curve":"#)
      bytes.append(jsonList: model.learningCurve) { bytes, point in
        bytes.append("{\"epoch\":\(point.epoch),\"training_rmse\":")
        bytes.append(json: point.trainingRMSE)
        if let validation = point.validationRMSE {
          bytes.append(#","validation_rmse":"#)
          bytes.append(json: validation)
        }
        bytes.append("}")
      }
      if let curve = model.discoveryCurve {
        bytes.append(#","discovery":{"strength":"#)
        bytes.append(json: Double(curve.strength))
        bytes.append(#","curve":"#)
        bytes.append(jsonList: curve.points) { bytes, point in
          bytes.append(#"{"strength":"#)
          bytes.append(json: Double(point.strength))
          bytes.append(#","ndcg@10":"#)
          bytes.append(json: point.accuracy)
          bytes.append(#","coverage@10":"#)
          bytes.append(json: point.coverage)
          bytes.append("}")
        }
        bytes.append("}")
      }
      bytes.append(#","calibration":{"stars":"#)
      bytes.append(jsonBins: model.starCalibration)
      bytes.append(#","chances":"#)
      bytes.append(jsonBins: model.chanceCalibration)
      bytes.append(#"},"protocol":"#)
      bytes.append(json: model.evaluationProtocol)
      bytes.append(#","reference":"#)
      bytes.append(json: model.reference)
      bytes.append("}")
    }
    bytes.append("}\n")
  }
}

/// `build.json`: version, quality, counts and the fingerprints of the stages.
enum BuildJSON {
  static func append(
    _ configuration: SiteConfiguration, precomputed: Precomputed, stages: [(name: String, fingerprint: String)],
    to bytes: inout [UInt8]
  ) {
    bytes.append(#"{"version":"#)
    bytes.append(json: configuration.version)
    bytes.append(#","quality":"#)
    bytes.append(json: configuration.quality)
    if configuration.isQuickRebuild { bytes.append(#","rebuild":"quick""#) }
    bytes.append(#","counts":{"users":"#)
    bytes.append(number: precomputed.memberCount)
    bytes.append(#","movies":"#)
    bytes.append(number: precomputed.movies.count)
    bytes.append(#","ratings":"#)
    bytes.append(number: precomputed.ratingCount)
    bytes.append(#"},"fingerprints":{"#)
    for (position, stage) in stages.enumerated() {
      if position > 0 { bytes.append(",") }
      bytes.append(json: stage.name)
      bytes.append(":")
      bytes.append(json: stage.fingerprint)
    }
    bytes.append("}}\n")
  }
}

extension [UInt8] {
  fileprivate mutating func append(jsonBins bins: [CalibrationBin]) {
    append(jsonList: bins) { bytes, bin in
      bytes.append(#"{"predicted":"#)
      bytes.append(json: bin.predicted)
      bytes.append(#","observed":"#)
      bytes.append(json: bin.observed)
      bytes.append(#","count":"#)
      bytes.append(number: bin.count)
      bytes.append("}")
    }
  }

  fileprivate mutating func append(jsonFigures figures: [(name: String, value: Double)]) {
    append("{")
    for (position, figure) in figures.enumerated() {
      if position > 0 { append(",") }
      append(json: figure.name)
      append(":")
      // Settings such as a learning rate can be smaller than the four decimals of other numbers.
      if figure.value.isFinite, figure.value != 0, abs(figure.value) < 0.01 {
        append("\(figure.value)")
      } else {
        append(json: figure.value)
      }
    }
    append("}")
  }
}
