import BinaryFiles
import Ratings

/// What the posterior of a newcomer follows from besides the movies: the prior of users and the head, in each of the
/// samples that the model kept last.
struct NewcomerPosterior: Sendable, Equatable {
  /// Samples that a newcomer is drawn in, at most.
  static let mostSamples = 64

  let dimensionCount: Int
  /// A multiple of 16.
  let sampleCount: Int
  /// t of each movie in the bag and, last, of its total; no rows without bags.
  var coefficients: SampledRows
  /// μ and Λ: samples x dimensions.
  var means: [Float] = []
  var precisions: [Float] = []
  /// The average user's prior mean: samples x dimensions.
  var averageMeans: [Float] = []
  /// α of each sample.
  var noises: [Float] = []
  /// Samples x (levels + 1), the outermost infinite; empty for the normal head.
  var bounds: [Float] = []

  init(movieCount: Int, dimensionCount: Int, sampleCount: Int, hasBag: Bool) {
    self.dimensionCount = dimensionCount
    self.sampleCount = sampleCount
    coefficients = SampledRows(
      rowCount: hasBag ? movieCount + 1 : 0, dimensionCount: dimensionCount, sampleCount: sampleCount)
  }

  /// Adds the state of the sampler as the next sample.
  mutating func keep(_ sampler: GibbsSampler) {
    let sample = noises.count
    guard sample < sampleCount else { return }
    let prior = sampler.users.prior
    averageMeans += prior.averageMean.prefix(dimensionCount)
    for dimension in 0..<dimensionCount {
      means.append(prior.mean[dimension])
      precisions.append(prior.precision[dimension])
    }
    // The bag's columns come first, the total behind them.
    for row in 0..<coefficients.rowCount {
      for dimension in 0..<dimensionCount {
        coefficients[row, dimension, sample] = prior.coefficients[row * prior.stride + dimension]
      }
    }
    noises.append(sampler.noise)
    if let probit = sampler.probit { bounds += probit.bounds }
  }

  /// The prior mean of someone who rated `movies`, in one sample.
  func priorMean(ratedMovies: [Int32], sample: Int) -> [Float] {
    let range = sample * dimensionCount..<(sample + 1) * dimensionCount
    if ratedMovies.isEmpty { return Array(averageMeans[range]) }
    var mean = Array(means[range])
    guard coefficients.rowCount > 0 else { return mean }
    let share = 1 / Float(ratedMovies.count).squareRoot()
    let total = FeatureColumns.bagTotal(ratedMovies.count)
    for dimension in mean.indices {
      var sum: Float = 0
      for movie in ratedMovies { sum += coefficients[Int(movie), dimension, sample] }
      mean[dimension] += share * sum + total * coefficients[coefficients.rowCount - 1, dimension, sample]
    }
    return mean
  }

  func save(to writer: inout BinaryWriter) {
    writer.write(Int64(dimensionCount))
    writer.write(Int64(sampleCount))
    coefficients.save(to: &writer)
    writer.write(means)
    writer.write(precisions)
    writer.write(averageMeans)
    writer.write(noises)
    writer.write(bounds)
  }

  /// Reads what `save` wrote, for a model of `movieCount` movies and `levelCount` levels.
  init(from reader: inout BinaryReader, movieCount: Int, levelCount: Int) throws(BinaryFileError) {
    dimensionCount = try reader.readCount(in: 1...64)
    sampleCount = try reader.readCount(in: 16...Self.mostSamples)
    coefficients = try SampledRows(from: &reader)
    let size = dimensionCount * sampleCount
    means = try reader.readFiniteArray(count: size)
    precisions = try reader.readFiniteArray(count: size)
    averageMeans = try reader.readFiniteArray(count: size)
    noises = try reader.readFiniteArray(count: sampleCount)
    bounds = try reader.readFiniteArray()
    guard coefficients.dimensionCount == dimensionCount, coefficients.sampleCount == sampleCount,
      coefficients.rowCount == 0 || coefficients.rowCount == movieCount + 1,
      bounds.isEmpty || bounds.count == sampleCount * (levelCount + 1),
      precisions.allSatisfy({ $0 > 0 }), noises.allSatisfy({ $0 > 0 })
    else { throw .damaged }
  }
}
