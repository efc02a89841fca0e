// Unsafe: adds whole columns to sums of its own; the places of films in them were checked when the model was read.

extension CompactListModel {
  /// The links by the film that speaks, and the factors factor by factor.
  struct Columns: Sendable {
    /// Films x the films that they speak for, rising, with b_ji.
    fileprivate let offsets: [Int]
    fileprivate let films: [Int32]
    fileprivate let weights: [Double]
    /// Factors x films.
    fileprivate let factors: [Int8]

    /// - Complexity: O(links + films x factors).
    init(offsets: [Int], neighbours: [Int32], weights: [Double], factors: [Int8], factorCount: Int) {
      let count = offsets.count - 1
      var starts = [Int](repeating: 0, count: count + 1)
      for neighbour in neighbours { starts[Int(neighbour) + 1] += 1 }
      for film in 0..<count { starts[film + 1] += starts[film] }
      var next = starts
      var films = [Int32](repeating: 0, count: neighbours.count)
      var turned = [Double](repeating: 0, count: neighbours.count)
      for film in 0..<count {
        for link in offsets[film]..<offsets[film + 1] {
          let neighbour = Int(neighbours[link])
          films[next[neighbour]] = Int32(film)
          turned[next[neighbour]] = weights[link]
          next[neighbour] += 1
        }
      }
      self.offsets = starts
      self.films = films
      self.weights = turned
      self.factors = (0..<factorCount).flatMap { factor in (0..<count).map { factors[$0 * factorCount + factor] } }
    }
  }

  /// The parts of the score of every film.
  ///
  /// Each film's sums are taken in the order of its links and of its factors, as `scripts/taste.js` takes them.
  ///
  /// - Complexity: O(links that likes have to other films + films x factors).
  func parts(_ taste: CompactTaste) -> Parts {
    let root = Double(max(1, taste.films.count)).squareRoot()
    let place = (0..<factorCount).map { steps[$0] * taste.solution[$0] }
    return Parts(
      links: sums { columns, sums in
        for film in taste.films {
          let weight = taste.weights[film]
          for link in columns.offsets[film]..<columns.offsets[film + 1] {
            sums[Int(columns.films[link])] += columns.weights[link] * weight
          }
        }
      },
      products: sums { columns, sums in
        columns.factors.withUnsafeBufferPointer { factors in
          for factor in place.indices {
            let (start, value) = (factor * filmCount, place[factor])
            for film in 0..<filmCount { sums[film] += Double(factors[start + film]) * value }
          }
        }
      },
      genres: genreScores(taste), popularity: popularity.map { $0 / root })
  }

  private func sums(_ add: (Columns, UnsafeMutableBufferPointer<Double>) -> Void) -> [Double] {
    [Double](unsafeUninitializedCapacity: filmCount) { sums, count in
      sums.initialize(repeating: 0)
      add(columns, sums)
      count = filmCount
    }
  }
}
