// Unsafe: sums rows of users in scratch memory of its own; indices were checked when the likes were made.

import LinearAlgebra
import Ratings

/// Links between films: for each film a regression of its likes on those of a few others.
///
/// The others are those with the most likes in common for their own number, g_ji / (g_jj + 20)^0.7, g the weighted Gram matrix
/// of `NewcomerLikes`. On them b minimizes |x_i − X b|² + Σ_j c_j² b_j², c_j² = λ + p Σ s_u² over the likes of *j*: EASE
/// (Steck 2019, 2020) with all but these weights held at zero, so that the few take over the weights of the rest.
struct NeighbourRegression: Sendable {
  /// A link to a film.
  struct Link: Sendable, Equatable {
    var film: Int32
    var weight: Float
  }

  /// Of films that few rated less is kept.
  private static let neighboursOfUnknown = 32
  private static let damping = 20.0
  private static let popularityExponent = 0.7
  let likes: NewcomerLikes
  /// λ.
  private let ridge: Float
  private let neighbourCount: Int
  /// Neighbours and the film itself, in whole lanes.
  private let stride: Int
  private let discounts: [Float]

  init(_ likes: NewcomerLikes, ridge: Float) {
    self.likes = likes
    self.ridge = ridge
    let wellKnown = (0..<likes.filmCount).count { likes.byFilm.count(ofRow: $0) >= CompactListModel.wellKnown }
    neighbourCount = CompactListModel.neighbourCount(films: wellKnown)
    stride = (neighbourCount + 1 + 7) & ~7
    discounts = (0..<likes.filmCount).map { film in
      let square = likes.byFilm.range(ofRow: film).reduce(0.0) {
        $0 + Double(likes.byFilm.values[$1]) * Double(likes.byFilm.values[$1])
      }
      return Float(power(square + Self.damping, -Self.popularityExponent))
    }
  }

  /// The links to every film, one set for each p of `shares`.
  ///
  /// - Complexity: O(Σ of row lengths² + films x (users x neighbours² + shares x neighbours³)).
  func links(shares: [Float], threads: ThreadCount) -> [[[Link]]] {
    let blocks = threads.mapBlocks(of: likes.filmCount, blockSize: 16) { films in
      var scratch = Scratch(self)
      return films.map { scratch.links(to: $0, shares: shares) }
    }
    let byFilm = blocks.flatMap { $0 }
    return shares.indices.map { share in byFilm.map { $0[share] } }
  }

  /// The memory of one thread.
  private struct Scratch {
    private let regression: NeighbourRegression
    private var overlaps: [Float]
    /// For each user the row in `gathered`; −1 for none.
    private var places: [Int32]
    private var gathered: [Float] = []
    private var gram: [Float]

    init(_ regression: NeighbourRegression) {
      self.regression = regression
      overlaps = [Float](repeating: 0, count: regression.likes.filmCount)
      places = [Int32](repeating: -1, count: regression.likes.weighted.rowCount)
      gram = [Float](repeating: 0, count: regression.stride * regression.stride)
    }

    mutating func links(to film: Int, shares: [Float]) -> [[Link]] {
      guard regression.likes.squares[film] > 0 else { return shares.map { _ in [] } }
      let neighbours = neighbours(of: film)
      sumProducts(of: neighbours + [Int32(film)])
      return shares.map { weights(of: neighbours, share: $0) }
    }

    private mutating func neighbours(of film: Int) -> [Int32] {
      let (byFilm, weighted) = (regression.likes.byFilm, regression.likes.weighted)
      let isWellKnown = byFilm.count(ofRow: film) >= CompactListModel.wellKnown
      var best = TopK(
        isWellKnown
          ? regression.neighbourCount : min(regression.neighbourCount, NeighbourRegression.neighboursOfUnknown))
      overlaps.withUnsafeMutableBufferPointer { overlaps in
        overlaps.update(repeating: 0)
        weighted.columns.withUnsafeBufferPointer { columns in
          for position in byFilm.range(ofRow: film) {
            let square = byFilm.values[position] * byFilm.values[position]
            for entry in weighted.range(ofRow: Int(byFilm.columns[position])) {
              overlaps[Int(columns[entry])] += square
            }
          }
        }
        for other in overlaps.indices where overlaps[other] > 0 && other != film {
          let score = overlaps[other] * regression.discounts[other]
          if score > best.threshold { best.offer(Int32(other), score) }
        }
      }
      return best.take().map(\.index).sorted()
    }

    /// `gram` becomes the weighted products of these films' likes, its upper triangle.
    private mutating func sumProducts(of films: [Int32]) {
      let stride = regression.stride
      let byFilm = regression.likes.byFilm
      var touched: [Int32] = []
      for (column, film) in films.enumerated() {
        for position in byFilm.range(ofRow: Int(film)) {
          let user = byFilm.columns[position]
          if places[Int(user)] < 0 {
            places[Int(user)] = Int32(touched.count)
            touched.append(user)
            if gathered.count < touched.count * stride {
              gathered += repeatElement(0, count: 256 * stride)
            }
          }
          gathered[Int(places[Int(user)]) * stride + column] = byFilm.values[position]
        }
      }
      for user in touched { places[Int(user)] = -1 }
      gram.withUnsafeMutableBufferPointer { gram in
        gathered.withUnsafeMutableBufferPointer { gathered in
          guard let gram = gram.baseAddress, let rows = gathered.baseAddress else { return }
          gram.update(repeating: 0, count: stride * stride)
          FloatKernels.addGram(of: rows, rows: touched.count, stride: stride, to: gram)
          rows.update(repeating: 0, count: touched.count * stride)
        }
      }
    }

    /// The regression on `neighbours` of the film behind them in `gram`.
    private func weights(of neighbours: [Int32], share: Float) -> [Link] {
      let (count, stride) = (neighbours.count, regression.stride)
      guard count > 0 else { return [] }
      var matrix = gram
      var solution = [Float](repeating: 0, count: stride)
      for (row, film) in neighbours.enumerated() {
        solution[row] = gram[row * stride + count]
        matrix[row * stride + row] += regression.ridge + share * regression.likes.squares[Int(film)]
      }
      matrix.withUnsafeMutableBufferPointer { matrix in
        solution.withUnsafeMutableBufferPointer { solution in
          guard let matrix = matrix.baseAddress, let solution = solution.baseAddress else { return }
          SmallCholesky.factorize(matrix, count: count, stride: stride)
          SmallCholesky.solve(matrix, count: count, stride: stride, solution)
        }
      }
      return zip(neighbours, solution).map { Link(film: $0, weight: $1) }
    }
  }
}
