import BinaryFiles
import LinearAlgebra
import Ratings

/// What the date of a rating adds to it: how the user rated in that session, hour and day, how the movie and everybody
/// were rated in that season.
///
/// Each component cuts time into bins of one width and has one normal effect per bin (and user, or movie), with a
/// precision of its own: a hierarchy from short to long, in the manner of the time bins of timeSVD++ (Koren 2009).
struct DateComponent: Sendable, Equatable {
  enum Owner: UInt8, Sendable {
    case user, movie, everybody
  }

  let owner: Owner
  /// Seconds.
  let width: UInt32

  static let all = [
    DateComponent(owner: .user, width: 60), DateComponent(owner: .user, width: 900),
    DateComponent(owner: .user, width: 86_400), DateComponent(owner: .everybody, width: 7 * 86_400),
    DateComponent(owner: .movie, width: 120 * 86_400),
  ]

  /// The number of the bin of `time`, counted from `start`; exact as a `Float` where widths are a minute or more.
  func bin(of time: UInt32, from start: UInt32) -> Int32 {
    Int32(clamping: (Int64(time) - Int64(start)) / Int64(width))
  }
}

/// The effects of one component while they are sampled.
final class DateEffects: Sendable {
  let component: DateComponent
  /// The effect of each rating in the order by users; −1 where the time is unknown.
  let effectOfRating: [Int32]
  /// Owner (user, movie or 0) and bin of each effect, rising.
  let owners: [Int32]
  let bins: [Int32]
  let counts: [Int32]
  let values: WorkMemory<Float>
  let precision: WorkMemory<Float>
  /// Σ over kept sweeps.
  let sums: WorkMemory<Double>

  init(_ component: DateComponent, training: TrainingSet, start: UInt32) {
    self.component = component
    var keys = [Int64](repeating: -1, count: training.ratingCount)
    for user in 0..<training.userCount {
      for position in training.byUser.range(ofRow: user) where training.times[position] > 0 {
        let owner: Int64 =
          switch component.owner {
          case .user: Int64(user)
          case .movie: Int64(training.byUser.columns[position])
          case .everybody: 0
          }
        keys[position] = owner << 32 | Int64(component.bin(of: training.times[position], from: start))
      }
    }
    let order = keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
    var effectOfRating = [Int32](repeating: -1, count: keys.count)
    var owners: [Int32] = []
    var bins: [Int32] = []
    var counts: [Int32] = []
    var last: Int64 = -1
    for position in order where keys[position] >= 0 {
      if keys[position] != last {
        last = keys[position]
        owners.append(Int32(last >> 32))
        bins.append(Int32(truncatingIfNeeded: last))
        counts.append(0)
      }
      counts[counts.count - 1] += 1
      effectOfRating[position] = Int32(owners.count - 1)
    }
    self.effectOfRating = effectOfRating
    self.owners = owners
    self.bins = bins
    self.counts = counts
    values = WorkMemory(owners.count, filledWith: 0)
    precision = WorkMemory(1, filledWith: 50)
    sums = WorkMemory(owners.count, filledWith: 0)
  }

  /// Draws all effects and their precision.
  ///
  /// - Parameter residuals: of the ratings, this component's effects taken out; on return with the new ones.
  func sample(residuals: WorkMemory<Float>, noise: Float, seed: UInt64, stream: UInt64) {
    guard !owners.isEmpty else { return }
    var random = CounterRandom(seed: seed, stream: stream)
    var errors = [Float](repeating: 0, count: owners.count)
    for (position, effect) in effectOfRating.enumerated() where effect >= 0 {
      errors[Int(effect)] += residuals[position]
    }
    var total = 0.0
    var draws = SIMD8<Float>.zero
    for effect in errors.indices {
      if effect & 7 == 0 { draws = NormalMath.normals(&random) }
      let variance = 1 / (noise * Float(counts[effect]) + precision[0])
      let old = values[effect]
      let new =
        noise * (errors[effect] + Float(counts[effect]) * old) * variance + draws[effect & 7] * variance.squareRoot()
      values[effect] = new
      errors[effect] = old - new
      total += Double(new * new)
    }
    for (position, effect) in effectOfRating.enumerated() where effect >= 0 {
      residuals[position] += errors[Int(effect)]
    }
    precision[0] = Float(
      min(1e6, max(1, random.gamma(shape: 0.5 + Double(owners.count) / 2, rate: 0.01 + total / 2))))
  }

  func keep() { for effect in owners.indices { sums[effect] += Double(values[effect]) } }
}
