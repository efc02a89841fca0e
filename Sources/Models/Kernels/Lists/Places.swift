extension [Int32] {
  /// For each of `count` rows its place among these, which rise; −1 for a row that is not among them.
  func places(among count: Int) -> [Int32] {
    var places = [Int32](repeating: -1, count: count)
    for (place, member) in enumerated() { places[Int(member)] = Int32(place) }
    return places
  }
}
