import BinaryFiles

/// What timeSVD++ is told besides what every descent is told.
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
      "implicit-rate", default: 0.05, in: 0.001...1, "learning rate of the implicit factors beside the others'"),
    ModelSetting(
      "implicit-regularization", default: 4, in: 0...100, "pull of the implicit factors, as “regularization”"),
    ModelSetting(
      "bins", default: 6, in: 1...200, isWhole: true, "spans of time in which a movie has a bias of its own"),
    ModelSetting("drift-regularization", default: 30, in: 0.01...100, "pull of a user's drift towards 0"),
    ModelSetting("day-regularization", default: 12, in: 0.01...1000, "ratings' worth of 0 in the bias of a user's day"),
    ModelSetting("bin-regularization", default: 40, in: 0.01...1000, "pull of a movie's biases in spans of time"),
  ]
}
