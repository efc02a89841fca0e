extension ModelError {
  /// One of each, for the handbook.
  public static var examples: [ModelError] {
    [
      .unknownModel(name: "asl", nearest: "als"),
      .unknownSetting(model: "als", setting: "factor", known: ["factors", "sweeps"]),
      .settingOutOfRange(model: "als", setting: "factors", value: 0, range: 1...1000, isWhole: true),
      .malformedSetting(text: "als.factors"),
      .unusedSetting(text: "ease.lambda=300", models: ["als"]),
    ]
  }
}
