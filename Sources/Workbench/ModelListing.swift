import Models
import Platform
import Site

/// What `marquee models` prints.
package enum ModelListing {
  /// Every model with its purpose and settings, for people.
  package static var text: String {
    ModelCatalogue.all.map { type in
      let model = type.descriptor
      var text = "\(model.name)  (\(model.job.rawValue), \(model.family))\n  \(model.purpose)\n"
      for setting in model.settings {
        text += "    \(setting.name) = \(number(setting.defaultValue))  \(setting.meaning) "
        text += "[\(number(setting.range.lowerBound)) to \(number(setting.range.upperBound))]\n"
      }
      return text + "  \(model.reference)\n"
    }.joined(separator: "\n")
  }

  /// The same as JSON.
  package static var json: String {
    var bytes: [UInt8] = []
    bytes.append("{\"models\":")
    bytes.append(jsonList: ModelCatalogue.all) { bytes, type in
      let model = type.descriptor
      for (name, text) in [
        ("{\"name\":", model.name), (",\"family\":", model.family), (",\"job\":", model.job.rawValue),
        (",\"purpose\":", model.purpose), (",\"reference\":", model.reference),
      ] {
        bytes.append(name)
        bytes.append(json: text)
      }
      bytes.append(",\"settings\":")
      bytes.append(jsonList: model.settings) { bytes, setting in
        bytes.append("{\"name\":")
        bytes.append(json: setting.name)
        bytes.append(",\"default\":\(number(setting.defaultValue)),\"minimum\":\(number(setting.range.lowerBound))")
        bytes.append(",\"maximum\":\(number(setting.range.upperBound)),\"meaning\":")
        bytes.append(json: setting.meaning)
        bytes.append("}")
      }
      bytes.append("}")
    }
    bytes.append("}\n")
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }
}
