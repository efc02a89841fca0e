/// What a setting of a model is set to, in words where the number is a code.
enum SettingWords {
  /// Settings that are switches.
  private static let switches: Set<String> = ["dates", "probit", "side"]
  /// Settings whose 0 leaves the choice to the data.
  private static let chosen: Set<String> = ["burn-in", "factors", "sweeps", "unobserved-weight"]
  private static let similarities: [TextName] = [
    .similarityCosine, .similarityDifference, .similarityPearson, .similarityBaseline,
  ]

  static func text(_ name: String, _ value: Double, texts: Texts) -> String {
    if name == "similarity", let place = Int(exactly: value), similarities.indices.contains(place) {
      return texts(similarities[place])
    }
    if switches.contains(name), value == 0 || value == 1 { return texts(value == 1 ? .settingOn : .settingOff) }
    if chosen.contains(name), value == 0 { return texts(.settingChosen) }
    return texts.short(value, places: 4)
  }
}
