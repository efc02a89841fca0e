import BinaryFiles

/// The settings of timeSVD++ in addition to those of every descent.
struct TimedSettings: Sendable, Equatable {
  var calendar: RatingCalendar
  var implicitRate: Float
  var implicitRegularization: Float
  var driftRegularization: Float
  var dayRegularization: Float
  var binRegularization: Float

  init(_ settings: ModelSettings, calendar: RatingCalendar) {
    self.calendar = calendar
    implicitRate = Float(settings["implicit-rate"])
    implicitRegularization = Float(settings["implicit-regularization"])
    driftRegularization = Float(settings["drift-regularization"])
    dayRegularization = Float(settings["day-regularization"])
    binRegularization = Float(settings["bin-regularization"])
  }

  static let descriptors = [
    ModelSetting(
      "implicit-rate", default: 0.05, in: 0.001...1, "learning rate of the implicit factors relative to the others"),
    ModelSetting(
      "implicit-regularization", default: 4, in: 0...100,
      "L2 regularization of the implicit factors, as “regularization”"),
    ModelSetting(
      "bins", default: 6, in: 1...200, isWhole: true, "time bins, with a separate movie bias for each"),
    ModelSetting("drift-regularization", default: 30, in: 0.01...100, "L2 regularization of a user's drift"),
    ModelSetting(
      "day-regularization", default: 12, in: 0.01...1000, "shrinkage of the bias of a user's day (pseudo-counts)"),
    ModelSetting(
      "bin-regularization", default: 40, in: 0.01...1000, "L2 regularization of a movie's biases in time bins"),
  ]
}
