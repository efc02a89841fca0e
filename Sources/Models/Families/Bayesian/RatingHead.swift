import BinaryFiles
import Ratings

/// How a latent rating η becomes stars.
///
/// Given a posterior of η as mean m and variance v, the probability of a level is that of N(m, v + s²) between its
/// bounds: the cutpoints of an ordered probit (s = 1), or the middles between the levels of a normal rating.
struct RatingHead: Sendable, Equatable {
  let scale: RatingScale
  /// The stars of each level that the training set has, lowest first.
  let levels: [Float]
  /// Upper bound of each level but the last, rising, in units of η.
  let bounds: [Float]
  /// s².
  let noiseVariance: Float
  /// The normal head's own mean in stars, mean + deviation · m; nil for the ordered probit, whose mean is Σ probability · stars.
  let line: Line?

  struct Line: Sendable, Equatable {
    var mean: Float
    var deviation: Float
  }

  /// The probability of each of `levels`.
  func levelProbabilities(mean: Float, variance: Float) -> [Float] {
    let spread = (variance + noiseVariance).squareRoot()
    var probabilities = [Float](repeating: 0, count: levels.count)
    var below: Float = 0
    var start = 0
    while start < bounds.count {
      var lanes = SIMD8<Float>(repeating: 30)
      let end = min(bounds.count, start + 8)
      for place in start..<end { lanes[place - start] = (bounds[place] - mean) / spread }
      let shares = NormalMath.distribution(lanes)
      for place in start..<end {
        probabilities[place] = max(0, shares[place - start] - below)
        below = max(below, shares[place - start])
      }
      start = end
    }
    probabilities[levels.count - 1] = max(0, 1 - below)
    return probabilities
  }

  /// Expected stars, not cut to the scale for the normal head.
  func stars(mean: Float, variance: Float) -> Float {
    if let line { return line.mean + line.deviation * mean }
    // Σ probability · stars = the highest level − Σ P(not above a bound) · the step at that bound.
    let spread = 1 / (variance + noiseVariance).squareRoot()
    var stars = levels[levels.count - 1]
    var start = 0
    while start < bounds.count {
      var lanes = SIMD8<Float>(repeating: -30)
      var steps = SIMD8<Float>.zero
      for place in start..<min(bounds.count, start + 8) {
        lanes[place - start] = (bounds[place] - mean) * spread
        steps[place - start] = levels[place + 1] - levels[place]
      }
      stars -= (NormalMath.distribution(lanes) * steps).sum()
      start += 8
    }
    return stars
  }

  /// The probability of each level of the scale.
  func probabilities(mean: Float, variance: Float) -> [Float] {
    var result = [Float](repeating: 0, count: scale.levelCount)
    for (level, probability) in zip(levels, levelProbabilities(mean: mean, variance: variance)) {
      result[scale.level(of: level)] += probability
    }
    let total = result.reduce(0, +)
    return total > 0 ? result.map { $0 / total } : result
  }

  /// The number of the level nearest to `value` among those of the training set.
  func level(of value: Float) -> Int {
    var nearest = 0
    for level in levels.indices where abs(levels[level] - value) < abs(levels[nearest] - value) { nearest = level }
    return nearest
  }

  func save(to writer: inout BinaryWriter) {
    writer.write(scale)
    writer.write(levels)
    writer.write(bounds)
    writer.write(noiseVariance)
    writer.write(line != nil)
    writer.write(line?.mean ?? 0)
    writer.write(line?.deviation ?? 1)
  }

  init(from reader: inout BinaryReader) throws(BinaryFileError) {
    scale = try reader.readScale()
    levels = try reader.readFiniteArray()
    guard !levels.isEmpty, zip(levels, levels.dropFirst()).allSatisfy(<) else { throw .damaged }
    bounds = try reader.readFiniteArray(count: levels.count - 1)
    noiseVariance = try reader.readFinite()
    let isNormal = try reader.read(Bool.self)
    let line = Line(mean: try reader.readFinite(), deviation: try reader.readFinite())
    guard noiseVariance > 0, line.deviation > 0, scale.step >= 0,
      scale.step == 0 || (scale.maximum - scale.minimum) / scale.step < 1e6
    else { throw .damaged }
    self.line = isNormal ? line : nil
  }

  init(scale: RatingScale, levels: [Float], bounds: [Float], noiseVariance: Float, line: Line?) {
    self.scale = scale
    self.levels = levels
    self.bounds = bounds
    self.noiseVariance = noiseVariance
    self.line = line
  }
}
