import BinaryFiles
import Ratings

/// The posterior means of the effects of dates.
struct DateEffectTable: Sendable, Equatable {
  /// The effects of one component, by owner and bin.
  struct Effects: Sendable, Equatable {
    let component: DateComponent
    let owners: [Int32]
    let bins: [Int32]
    let values: [Float]
    /// Ratings of each effect.
    let counts: [Int32]
    /// Variance of an effect that was never seen.
    let variance: Float

    /// Where the effects of `owner` stand. Complexity: O(log effects).
    func range(of owner: Int32) -> Range<Int> { lowerBound(owner, .min)..<lowerBound(owner + 1, .min) }

    /// The effect of `owner` in `bin`, if it was seen.
    func value(owner: Int32, bin: Int32) -> Float? {
      let place = lowerBound(owner, bin)
      return place < owners.count && owners[place] == owner && bins[place] == bin ? values[place] : nil
    }

    /// What is known of the effect of some rating of `owner`: its mean, and the part of `variance` that is left around it.
    /// Where all ratings are of one bin, so will be another, and nothing is left; 0 and 1 where there are none.
    func typical(of owner: Int32) -> (mean: Float, unknown: Float) {
      var sum: Float = 0
      var squares: Float = 0
      var count: Float = 0
      for place in range(of: owner) {
        let share = Float(counts[place])
        sum += share * values[place]
        squares += share * share
        count += share
      }
      return count > 0 ? (sum / count, 1 - squares / (count * count)) : (0, 1)
    }

    private func lowerBound(_ owner: Int32, _ bin: Int32) -> Int {
      var low = 0
      var high = owners.count
      while low < high {
        let middle = (low + high) / 2
        if (owners[middle], bins[middle]) < (owner, bin) { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }

  /// The first known time.
  let start: UInt32
  let components: [Effects]

  init(_ effects: [DateEffects], start: UInt32, keptCount: Int) {
    self.start = start
    components = effects.map { effects in
      Effects(
        component: effects.component, owners: effects.owners, bins: effects.bins,
        values: effects.sums.array.map { Float($0 / Double(max(1, keptCount))) }, counts: effects.counts,
        variance: 1 / effects.precision[0])
    }
  }

  /// The mean of everybody's effects over the dates of `ratings` and the variance that is left around it; then for each
  /// component of the users: how many effects, their mean, the part of the variance that is left around it, bin and value
  /// of each, by bin.
  ///
  /// - Parameter user: −1 is someone of whom no effects are known.
  func encodedEffects(ofUser user: Int32, ratings: [MovieRating]) -> [Float] {
    var result = populationEffects(over: ratings)
    for effects in components where effects.component.owner == .user {
      let range = effects.range(of: user)
      let typical = effects.typical(of: user)
      result.append(Float(range.count))
      result.append(typical.mean)
      result.append(typical.unknown)
      for place in range {
        result.append(Float(effects.bins[place]))
        result.append(effects.values[place])
      }
    }
    return result
  }

  private func populationEffects(over ratings: [MovieRating]) -> [Float] {
    let dated = ratings.filter { $0.time > 0 }
    var (mean, variance): (Float, Float) = (0, 0)
    for effects in components where effects.component.owner == .everybody {
      if dated.isEmpty {
        let typical = effects.typical(of: 0)
        mean += typical.mean
        variance += effects.variance * typical.unknown
        continue
      }
      let bins = dated.map { effects.component.bin(of: $0.time, from: start) }.sorted()
      let count = Float(bins.count)
      var squares: Float = 0
      var first = 0
      while first < bins.count {
        let end = bins[first...].firstIndex { $0 != bins[first] } ?? bins.count
        let share = Float(end - first) / count
        mean += share * (effects.value(owner: 0, bin: bins[first]) ?? 0)
        squares += share * share
        first = end
      }
      variance += effects.variance * (1 - squares)
    }
    return [mean, variance]
  }

  /// Sum of the effects of a rating at `time` and the variance of those that were never seen. Without a time, 0, the
  /// effects are those of some rating of the user and of the movie.
  ///
  /// - Parameter userEffects: as `encodedEffects(ofUser:)` gives them, or empty.
  func effect(userEffects: ArraySlice<Float>, movie: Int32?, time: UInt32) -> (sum: Float, variance: Float) {
    var sum: Float = 0
    var variance: Float = 0
    if time == 0, let first = userEffects.first, components.contains(where: { $0.component.owner == .everybody }) {
      sum += first
      variance += userEffects[userEffects.startIndex + 1]
    }
    // Beyond everybody's.
    var place = userEffects.startIndex + 2
    for effects in components {
      let bin = effects.component.bin(of: time, from: start)
      var seen: Float?
      var typical: (mean: Float, unknown: Float) = (0, 1)
      switch effects.component.owner {
      case .user:
        guard place < userEffects.endIndex else { break }
        let end = place + 3 + 2 * Int(userEffects[place])
        typical = (userEffects[place + 1], userEffects[place + 2])
        if time > 0 { seen = Self.value(userEffects[(place + 3)..<end], bin: Float(bin)) }
        place = end
      case .movie:
        guard let movie else { break }
        if time > 0 { seen = effects.value(owner: movie, bin: bin) } else { typical = effects.typical(of: movie) }
      case .everybody:
        if time == 0, !userEffects.isEmpty { continue }
        if time > 0 { seen = effects.value(owner: 0, bin: bin) }
      }
      if let seen {
        sum += seen
      } else if time == 0 {
        sum += typical.mean
        variance += effects.variance * typical.unknown
      } else {
        variance += effects.variance
      }
    }
    return (sum, variance)
  }

  /// Binary search in pairs of bin and value.
  private static func value(_ pairs: ArraySlice<Float>, bin: Float) -> Float? {
    var low = 0
    var high = pairs.count / 2
    let start = pairs.startIndex
    while low < high {
      let middle = (low + high) / 2
      if pairs[start + 2 * middle] < bin { low = middle + 1 } else { high = middle }
    }
    return low < pairs.count / 2 && pairs[start + 2 * low] == bin ? pairs[start + 2 * low + 1] : nil
  }

  func save(to writer: inout BinaryWriter) {
    writer.write(start)
    writer.write(Int64(components.count))
    for effects in components {
      writer.write(effects.component.owner.rawValue)
      writer.write(effects.component.width)
      writer.write(effects.owners)
      writer.write(effects.bins)
      writer.write(effects.values)
      writer.write(effects.counts)
      writer.write(effects.variance)
    }
  }

  init(from reader: inout BinaryReader) throws(BinaryFileError) {
    start = try reader.read(UInt32.self)
    var components: [Effects] = []
    for _ in 0..<(try reader.readCount(in: 0...16)) {
      guard let owner = DateComponent.Owner(rawValue: try reader.read(UInt8.self)) else { throw .damaged }
      let width = try reader.read(UInt32.self)
      let owners = try reader.readIndices(below: Int(Int32.max))
      let bins = try reader.readIndices(below: Int(Int32.max), count: owners.count)
      let values = try reader.readFiniteArray(count: owners.count)
      let counts = try reader.readIndices(below: Int(Int32.max), count: owners.count)
      let variance = try reader.readFinite()
      guard width > 0, variance >= 0,
        owners.indices.dropFirst().allSatisfy({ (owners[$0 - 1], bins[$0 - 1]) < (owners[$0], bins[$0]) })
      else { throw .damaged }
      components.append(
        Effects(
          component: DateComponent(owner: owner, width: width), owners: owners, bins: bins, values: values,
          counts: counts, variance: variance))
    }
    self.components = components
  }
}
