// Unsafe: draws in scratch memory.

import LinearAlgebra
public import Ratings

extension BayesianModel {
  /// Draws of the new user's vector given the movies, one chain through the samples that were kept last: the same
  /// conditional distributions as in the fit, so it differs from a fit with the user only in what they would have
  /// changed for everybody else. The draws depend only on the ratings.
  ///
  /// - Complexity: O(samples x (ratings x factors² + factors³)).
  public func foldIn(_ ratings: [MovieRating]) -> UserProfile {
    let ratings = ratings.within(head.scale)
    let draws = NewcomerDraws(of: ratings, in: self).values
    return UserProfile(
      ratings: ratings,
      vector: [Float(newcomers.sampleCount)] + draws + calendar.encodedEffects(ofUser: -1, ratings: ratings))
  }
}

/// The chain of one new user.
private struct NewcomerDraws {
  /// Dimensions x samples.
  private(set) var values: [Float]

  init(of ratings: [MovieRating], in model: BayesianModel) {
    let newcomers = model.newcomers
    let dimensionCount = newcomers.dimensionCount
    let sampleCount = newcomers.sampleCount
    let factorCount = dimensionCount - 1
    let stride = FactorRows.stride(factorCount: factorCount)
    let movies = ratings.map(\.movie)
    let padded = (ratings.count + 7) & ~7
    values = [Float](repeating: 0, count: dimensionCount * sampleCount)
    let offsets = ratings.map { model.calendar.effect(userEffects: [], movie: $0.movie, time: $0.time).sum }
    let levels = WorkMemory<UInt8>(padded, filledWith: 0)
    for (place, rating) in ratings.enumerated() { levels[place] = UInt8(clamping: model.head.level(of: rating.value)) }
    let rows = WorkMemory<Float>(max(1, ratings.count) * stride, filledWith: 0)
    let means = WorkMemory<Float>(padded, filledWith: 0)
    let latents = WorkMemory<Float>(padded, filledWith: 0)
    if let line = model.head.line {
      for (place, rating) in ratings.enumerated() { latents[place] = (rating.value - line.mean) / line.deviation }
    }
    let levelCount = model.head.levels.count
    var sampler = RowSampler(factorCount: factorCount)
    for sample in 0..<sampleCount {
      model.movies.unpack(
        movies, sample: model.movies.sampleCount - sampleCount + sample, into: rows.base, stride: stride)
      let prior = newcomers.priorMean(ratedMovies: movies, sample: sample)
      let precision = Array(newcomers.precisions[sample * dimensionCount..<(sample + 1) * dimensionCount])
      var random = CounterRandom(seed: 0, stream: UInt64(sample), substream: 1)
      if sample == 0 { for dimension in 0..<dimensionCount { sampler.solution[dimension] = prior[dimension] } }
      // With an ordered probit the latent ratings change too: a few steps to adapt to the movies from sample to sample.
      let steps = newcomers.bounds.isEmpty ? 1 : sample == 0 ? 8 : 2
      for step in (0..<steps).reversed() {
        if !newcomers.bounds.isEmpty, !ratings.isEmpty {
          for place in ratings.indices {
            let row = rows.base + place * stride
            means[place] =
              FloatKernels.dot(sampler.solution, row, count: dimensionCount) + row[dimensionCount] + offsets[place]
          }
          let start = sample * (levelCount + 1)
          OrderedProbit.drawLatents(
            latents, levels: levels, range: 0..<padded, means: means,
            bounds: Array(newcomers.bounds[start..<(start + levelCount + 1)]), &random)
        }
        sampler.begin()
        for place in ratings.indices {
          sampler.add(rows.base + place * stride, target: latents[place] - offsets[place])
        }
        // Opposite noise in two consecutive samples cancels in their mean; for users without ratings as in rows without ratings.
        var noise = CounterRandom(seed: 1, stream: UInt64(sample / (ratings.isEmpty ? 4 : 2)), substream: UInt64(step))
        sampler.draw(
          noise: newcomers.noises[sample], mean: prior, precision: precision, sign: sample & 1 == 0 ? 1 : -1, &noise)
      }
      for dimension in 0..<dimensionCount { values[dimension * sampleCount + sample] = sampler.solution[dimension] }
    }
  }
}

extension SampledRows {
  /// One sample of `rows`, laid out as (factors, 1, bias) with `stride` numbers from row to row.
  func unpack(_ rows: [Int32], sample: Int, into target: UnsafeMutablePointer<Float>, stride: Int) {
    let factorCount = dimensionCount - 1
    for (place, row) in rows.enumerated() {
      let place = target + place * stride
      for factor in 0..<factorCount { place[factor] = self[Int(row), factor, sample] }
      place[factorCount] = 1
      place[factorCount + 1] = self[Int(row), factorCount, sample]
    }
  }
}
