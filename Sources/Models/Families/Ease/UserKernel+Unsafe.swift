// Unsafe: sums over sparse rows without checking indices that were checked when the model was made or read.

import LinearAlgebra
import Ratings

extension UserKernel {
  /// t = M X̃ C⁻¹ v of someone whose ratings weigh `weights`. Empty where nobody likes any of the movies.
  ///
  /// - Complexity: O(users² + ratings of the movies).
  func vector(of weights: [ScoredMovie]) -> [Float] {
    let count = users.count
    var overlaps = [Float](repeating: 0, count: count)
    for weight in weights {
      let factor = weight.score / movieScales[Int(weight.movie)]
      for position in likedBy.range(ofRow: Int(weight.movie)) {
        overlaps[Int(likedBy.columns[position])] += factor * likedBy.values[position]
      }
    }
    guard overlaps.contains(where: { $0 != 0 }) else { return [] }
    return [Float](unsafeUninitializedCapacity: count) { vector, initialized in
      vector.initialize(repeating: 0)
      inverse.withUnsafeBufferPointer { inverse in
        for place in 0..<count where overlaps[place] != 0 {
          FloatKernels.add(
            overlaps[place], times: inverse.baseAddress.unsafelyUnwrapped + place * count,
            to: vector.baseAddress.unsafelyUnwrapped, count: count)
        }
      }
      initialized = count
    }
  }

  /// x̃_i' v.
  func product(of movie: Int, with vector: [Float]) -> Float {
    likedBy.columns.withUnsafeBufferPointer { places in
      likedBy.values.withUnsafeBufferPointer { values in
        vector.withUnsafeBufferPointer { vector in
          var sum: Float = 0
          for position in likedBy.range(ofRow: movie) { sum += values[position] * vector[Int(places[position])] }
          return sum
        }
      }
    }
  }

  /// Calls `body` with the place of each of `movies` *i* and x̃_i' v for up to sixteen vectors v, one in each lane; an empty
  /// vector stands for zeros. The sparse x̃_i are walked once for all of them, each lane in the order of `product(of:with:)`.
  func forEachProduct(
    of movies: some Collection<Int>, with vectors: [[Float]], _ body: (_ place: Int, _ products: SIMD16<Float>) -> Void
  ) {
    let width = Self.lanes
    withUnsafeTemporaryAllocation(of: Float.self, capacity: users.count * width) { table in
      table.initialize(repeating: 0)
      for (lane, vector) in vectors.enumerated() {
        for place in vector.indices { table[place * width + lane] = vector[place] }
      }
      guard let table = UnsafePointer(table.baseAddress) else { return }
      likedBy.columns.withUnsafeBufferPointer { places in
        likedBy.values.withUnsafeBufferPointer { values in
          for (place, movie) in movies.enumerated() {
            let range = likedBy.range(ofRow: movie)
            guard !range.isEmpty, let places = places.baseAddress, let values = values.baseAddress else {
              body(place, .zero)
              continue
            }
            body(
              place,
              FloatKernels.wideSum(
                rows: places + range.lowerBound, values: values + range.lowerBound, count: range.count, of: table))
          }
        }
      }
    }
  }

  /// Scores of all movies for up to sixteen people with `vectors` whose ratings weigh `weights`.
  ///
  /// - Complexity: O(ratings + people x movies).
  func score(vectors: [[Float]], weights: [[ScoredMovie]], into scores: [UnsafeMutableBufferPointer<Float>]) {
    forEachProduct(of: 0..<squares.count, with: vectors) { movie, products in
      let scaled = movieScales[movie] * products
      for lane in scores.indices { scores[lane][movie] = scaled[lane] }
    }
    for (scores, weights) in zip(scores, weights) {
      // The diagonal is not part of the model.
      for weight in weights { scores[Int(weight.movie)] -= weight.score * squares[Int(weight.movie)] }
      for movie in 0..<squares.count { scores[movie] /= remainder(of: movie) }
    }
  }

  /// For each of `movies` the `count` others with the highest positive x̃_i' M x̃_j / √((1 − x̃_i' M x̃_i)(1 − x̃_j' M x̃_j)).
  ///
  /// Sixteen movies *i* at a time, one in each lane: the sparse x̃_j are walked once for all of them.
  ///
  /// - Complexity: O(movies x (users² / sixteen + ratings / sixteen)), far less of the first for movies with few ratings.
  func strongestCorrelations(with movies: Range<Int>, count: Int) -> [[TopK.Entry]] {
    stride(from: movies.lowerBound, to: movies.upperBound, by: Self.lanes).flatMap { start in
      correlations(with: start..<min(start + Self.lanes, movies.upperBound), count: count)
    }
  }

  private func correlations(with movies: Range<Int>, count: Int) -> [[TopK.Entry]] {
    let vectors = movies.map { vector(of: [ScoredMovie(movie: Int32($0), score: movieScales[$0])]) }
    var best = movies.map { _ in TopK(count) }
    var limits = [Float](repeating: .infinity, count: movies.count)
    // What products must exceed, but for the root of what is left of the other movie; a hair lower than exact, since roots of
    // products round differently.
    var bounds = SIMD16<Float>(repeating: .infinity)
    func limit(_ lane: Int, _ value: Float) {
      limits[lane] = value
      bounds[lane] = value * remainder(of: movies.lowerBound + lane).squareRoot() * 0.9999
    }
    for lane in movies.indices.map({ $0 - movies.lowerBound }) where !vectors[lane].isEmpty && count > 0 {
      limit(lane, 0)
    }
    let roots = (0..<squares.count).map { remainder(of: $0).squareRoot() }
    forEachProduct(of: 0..<squares.count, with: vectors) { other, products in
      // Nearly all are far below.
      guard any(products .> bounds * roots[other]) else { return }
      for (lane, movie) in movies.enumerated() where movie != other {
        let similarity = products[lane] / (remainder(of: movie) * remainder(of: other)).squareRoot()
        guard similarity > limits[lane] else { continue }
        best[lane].offer(Int32(other), min(1, similarity))
        limit(lane, max(0, best[lane].threshold))
      }
    }
    return best.indices.map { best[$0].take() }
  }

  /// x̃_i' M x̃_i for each movie, at most a hair below 1.
  static func squares(inverse: StoredMatrix, likedBy: SparseRows, threads: ThreadCount) -> [Float] {
    let count = inverse.rows
    return threads.map(likedBy.rowCount, blockSize: 16) { movie in
      let range = likedBy.range(ofRow: movie)
      return likedBy.columns.withUnsafeBufferPointer { places in
        likedBy.values.withUnsafeBufferPointer { values in
          inverse.withUnsafeBufferPointer { inverse in
            var sum = 0.0
            for position in range {
              let row = Int(places[position]) * count
              // Symmetric: twice what stands right of the diagonal.
              var partial: Float = 0
              for other in position + 1..<range.upperBound {
                partial += values[other] * inverse[row + Int(places[other])]
              }
              let own = values[position] * inverse[row + Int(places[position])]
              sum += Double(values[position]) * (2 * Double(partial) + Double(own))
            }
            return Float(min(1 - 1e-6, max(0, sum)))
          }
        }
      }
    }
  }
}
