import BinaryFiles
import LinearAlgebra
import Ratings

extension CompactModel {
  /// The compact form of a fitted model.
  ///
  /// - Parameters:
  ///   - movies: the movies to include, in the order of its films.
  ///   - ratingCounts: of every movie of `model`.
  ///   - interval: the prediction interval of `model`.
  ///   - byteLimit: the approximate limit of its compressed size: the weakest factors are left out.
  /// - Complexity: O(movies x factors).
  public init(
    _ model: ALSModel, movies: [Int32], ratingCounts: [Int], interval: PredictionInterval, byteLimit: Int = .max
  ) {
    var count = Self.mostFactors
    repeat {
      self.init(model, movies: movies, ratingCounts: ratingCounts, interval: interval, factorCount: count)
      count = min(count, factorCount) - 2
    } while count >= Self.fewestFactors && packedSize > byteLimit
  }

  private init(
    _ model: ALSModel, movies: [Int32], ratingCounts: [Int], interval: PredictionInterval, factorCount: Int
  ) {
    let equations = model.userEquations
    let rows = equations.others
    let kept = Self.strongestFactors(of: rows, movies: movies, count: factorCount)
    var writer = BinaryWriter()
    for byte in Self.magic { writer.write(byte) }
    writer.write(UInt32(movies.count))
    writer.write(UInt32(kept.count))

    let values = { (matrix: (Int, Int) -> Float) in movies.map { movie in kept.map { matrix(Int(movie), $0) } } }
    let factors = values { rows.means[$0, $1] }
    let hasImplicit = equations.implicitWeight > 0
    let implicit = values { hasImplicit ? equations.implicit[$0, $1] : 0 }
    let variances = values { max(rows.variances[$0, $1], 1e-9) }
    let biases = movies.map { rows.means[Int($0), rows.biasPlace] }
    let implicitSizes = implicit.map { row in row.reduce(0) { max($0, abs($1)) } }
    let shape = Self.varianceShape(variances)
    let varianceSizes = variances.map { row in
      let sum = zip(row, shape).reduce(0) { $0 + PlainMath.logarithm(Double($1.0)) - PlainMath.logarithm(Double($1.1)) }
      return Float(PlainMath.exponential(sum / Double(max(1, row.count))))
    }
    let biasStep = max(biases.reduce(0) { max($0, abs($1)) } / 32_767, 1e-9)
    let largestImplicit = max(implicitSizes.max() ?? 0, 1e-9)
    let largestVariance = max(varianceSizes.max() ?? 0, 1e-9)
    let factorSteps = kept.indices.map { place in max(factors.reduce(0) { max($0, abs($1[place])) } / Self.levels, 1e-9)
    }

    let scale = model.scale
    for number in [
      scale.minimum, scale.maximum, scale.step, model.mean, model.deviation, equations.implicitWeight, biasStep,
      largestImplicit, largestVariance,
    ] { writer.write(number) }
    for number in interval.coefficients + [interval.quantiles.low, interval.quantiles.high] {
      writer.write(Float(number))
    }
    for place in kept { writer.write(equations.ridge[place]) }
    writer.write(equations.ridge[rows.factorCount])
    for (row, first) in kept.enumerated() {
      for second in kept[row...] { writer.write(equations.implicitGram[min(first, second), max(first, second)]) }
    }
    for step in factorSteps { writer.write(step) }
    for value in shape { writer.write(value) }
    for bias in biases { writer.write(Int16((bias / biasStep).rounded())) }
    for row in factors {
      for (value, step) in zip(row, factorSteps) {
        writer.write(Int8(max(-Self.levels, min(Self.levels, (value / step).rounded()))))
      }
    }
    let implicitCodes = implicitSizes.map { CompactNumber.code($0, largest: largestImplicit) }
    for (row, code) in zip(implicit, implicitCodes) {
      let size = CompactNumber.value(code, largest: largestImplicit)
      let nibbles = row.map { UInt8(max(-7, min(7, ($0 / size * 7).rounded())) + 8) }
      for place in stride(from: 0, to: nibbles.count, by: 2) {
        writer.write(nibbles[place] | (place + 1 < nibbles.count ? nibbles[place + 1] : 8) << 4)
      }
    }
    for code in implicitCodes { writer.write(code) }
    for size in varianceSizes { writer.write(CompactNumber.code(size, largest: largestVariance)) }
    for movie in movies {
      writer.write(UInt8(min(255, (12 * CompactNumber.log2(Double(1 + ratingCounts[Int(movie)]))).rounded())))
    }
    guard let result = CompactModel(bytes: writer.bytes) else { preconditionFailure("a written model is readable") }
    self = result
  }

  /// Reads the bytes; nil if they are not of this format.
  public init?(bytes: [UInt8]) {
    var reader = ByteReader(bytes)
    guard bytes.starts(with: Self.magic), bytes.count >= 16 + 14 * 4 else { return nil }
    reader.position = Self.magic.count
    let (films, k) = (Int(reader.uint32()), Int(reader.uint32()))
    let numbers = 14 + (k + 1) + k * (k + 1) / 2 + 2 * k
    guard k <= FactorRows.maximumFactorCount, films <= bytes.count,
      bytes.count == 16 + 4 * numbers + films * (5 + k + (k + 1) / 2)
    else { return nil }
    let head = (0..<14).map { _ in reader.float() }
    let ridge = (0...k).map { _ in reader.float() }
    var gram = [Double](repeating: 0, count: k * k)
    for i in 0..<k {
      for j in i..<k {
        gram[i * k + j] = reader.float()
        gram[j * k + i] = gram[i * k + j]
      }
    }
    let steps = (0..<k).map { _ in reader.float() }
    let shape = (0..<k).map { _ in reader.float() }
    let biases = (0..<films).map { _ in Double(reader.int16()) * head[6] }
    let factors = (0..<films * k).map { Double(Int8(bitPattern: reader.byte())) * steps[$0 % k] }
    var implicit = [Double](repeating: 0, count: films * k)
    for film in 0..<films {
      for place in stride(from: 0, to: k, by: 2) {
        let pair = reader.byte()
        implicit[film * k + place] = Double(Int(pair & 15) - 8) / 7
        if place + 1 < k { implicit[film * k + place + 1] = Double(Int(pair >> 4) - 8) / 7 }
      }
    }
    for film in 0..<films {
      let size = Double(CompactNumber.value(reader.byte(), largest: Float(head[7])))
      for place in 0..<k { implicit[film * k + place] *= size }
    }
    var variances = [Double](repeating: 0, count: films * k)
    for film in 0..<films {
      let size = Double(CompactNumber.value(reader.byte(), largest: Float(head[8])))
      for place in 0..<k { variances[film * k + place] = size * shape[place] }
    }
    let counts = (0..<films).map { _ in Int((CompactNumber.exp2(Double(reader.byte()) / 12) - 1).rounded()) }
    let scale = RatingScale(minimum: Float(head[0]), maximum: Float(head[1]), step: Float(head[2]))
    self.init(
      bytes: bytes, scale: scale,
      interval: PredictionInterval(coefficients: Array(head[9..<12]), quantiles: (head[12], head[13]), scale: scale),
      filmCount: films, factorCount: k, mean: head[3], deviation: head[4], implicitWeight: head[5], ridge: ridge,
      gram: gram, factors: factors, implicit: implicit, variances: variances, biases: biases, ratingCounts: counts)
  }

  /// Its approximate compressed size.
  package var packedSize: Int {
    let tail = 3 * filmCount
    let implicit = filmCount * ((factorCount + 1) / 2)
    let ends = [filmCount * 2, filmCount * factorCount, implicit, tail].reversed().reduce(into: [bytes.count]) {
      $0.append(max(0, $0[$0.count - 1] - $1))
    }
    return zip(ends.dropFirst(), ends).reduce(ends[ends.count - 1]) { $0 + PackedSize.estimate(bytes[$1.0..<$1.1]) }
  }

  /// Chooses films to ask a new user about: greedily the film with the greatest
  /// expected information gain, log(1 + q'Cq), times the probability that people know it; C is the covariance of
  /// an average user's factors given the films before it.
  ///
  /// - Returns: films, most informative first.
  /// - Complexity: O(count x films x factors²).
  public func mostInformativeFilms(_ count: Int, among candidates: Int) -> [Int] {
    let k = factorCount
    let films = min(filmCount, candidates)
    guard films > 0, k > 0 else { return Array(0..<min(films, count)) }
    var unknown = [Double](repeating: 0, count: k * k)
    for i in 0..<k { unknown[i * k + i] = 1 / max(ridge[i], 1e-6) }
    let most = Double(1 + (ratingCounts.prefix(films).max() ?? 0))
    var chosen: [Int] = []
    var isChosen = [Bool](repeating: false, count: films)
    while chosen.count < min(count, films) {
      var best = (film: -1, gain: -1.0)
      for film in 0..<films where !isChosen[film] {
        let known = (Double(1 + ratingCounts[film]) / most).squareRoot()
        let row = factors[film * k..<(film + 1) * k]
        let gain = known * PlainMath.logarithm(1 + Self.form(unknown, row))
        if gain > best.gain { best = (film, gain) }
      }
      isChosen[best.film] = true
      chosen.append(best.film)
      let row = Array(factors[best.film * k..<(best.film + 1) * k])
      let product = (0..<k).map { i in (0..<k).reduce(0) { $0 + unknown[i * k + $1] * row[$1] } }
      let scale = 1 / (1 + zip(product, row).reduce(0) { $0 + $1.0 * $1.1 })
      for i in 0..<k { for j in 0..<k { unknown[i * k + j] -= scale * product[i] * product[j] } }
    }
    return chosen
  }

  private static func form(_ matrix: [Double], _ row: ArraySlice<Double>) -> Double {
    let k = row.count
    var sum = 0.0
    for (i, first) in row.enumerated() {
      var inner = 0.0
      for (j, second) in row.enumerated() { inner += matrix[i * k + j] * second }
      sum += first * inner
    }
    return max(0, sum)
  }

  /// The factors with the largest sum of squares over all movies, in their order.
  private static func strongestFactors(of rows: StoredFactorRows, movies: [Int32], count: Int) -> [Int] {
    let energy = (0..<rows.factorCount).map { factor in
      movies.reduce(0.0) { $0 + Double(rows.means[Int($1), factor] * rows.means[Int($1), factor]) }
    }
    return energy.indices.sorted { energy[$0] != energy[$1] ? energy[$0] > energy[$1] : $0 < $1 }
      .prefix(count).sorted()
  }

  /// The geometric mean of each factor's variance over the films, relative to that of all factors.
  private static func varianceShape(_ variances: [[Float]]) -> [Float] {
    guard let first = variances.first else { return [] }
    let logs = first.indices.map { place in
      variances.reduce(0) { $0 + PlainMath.logarithm(Double($1[place])) } / Double(variances.count)
    }
    let middle = logs.reduce(0, +) / Double(max(1, logs.count))
    return logs.map { Float(PlainMath.exponential($0 - middle)) }
  }
}
