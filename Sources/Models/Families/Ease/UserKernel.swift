import BinaryFiles
import LinearAlgebra
import Ratings

/// EASE by users: with X̃ the matrix of s_u / c_j where user *u* likes movie *j* and M = (I + X̃X̃')⁻¹, the matrix inversion
/// lemma gives P = C⁻¹ (I − X̃'MX̃) C⁻¹, so that
///
///     b_ji = (c_i / c_j) x̃_j' M x̃_i / (1 − x̃_i' M x̃_i)    for the columns x̃_i of X̃
///
/// and the scores of someone whose ratings weigh v follow from t = M X̃ C⁻¹ v, one number for each user, by sparse
/// sums: never movies x movies. Memory: users² + ratings.
struct UserKernel: Sendable, Equatable {
  /// The users that take part, rising, and behind them what stands there as more of them: genres and decades.
  let users: [Int32]
  /// For each user the row in `inverse`; −1 for those that do not take part.
  let places: [Int32]
  /// For each movie the places of the users who like it, and X̃.
  let likedBy: SparseRows
  /// c_j for each movie.
  let movieScales: [Float]
  /// s_u for each place.
  let userScales: [Float]
  /// M.
  let inverse: StoredMatrix
  /// x̃_i' M x̃_i for each movie, below 1.
  let squares: [Float]

  init(_ likes: WeightedLikes, users: [Int32], threads: ThreadCount) {
    self.users = users
    let places = users.places(among: likes.byUser.rowCount)
    self.places = places
    let scales = likes.ridges.map { $0.squareRoot() }
    movieScales = scales
    userScales = users.map { likes.byUser.values[likes.byUser.offsets[Int($0)]] }
    let byUser = likes.byUser.scaled { likes.byUser.values[$0] / scales[Int(likes.byUser.columns[$0])] }
    let byMovie = byUser.transposed()
    likedBy = SparseRows(
      offsets: byMovie.offsets, columns: byMovie.columns.map { places[Int($0)] }, values: byMovie.values,
      columnCount: users.count)
    inverse = StoredMatrix(
      RegularizedGram.inverse(
        rows: byUser, columns: byMovie, places: places, members: users, ridge: { _ in 1 }, threads: threads))
    squares = Self.squares(inverse: inverse, likedBy: likedBy, threads: threads)
  }

  /// 1 − x̃_i' M x̃_i = c_i² P_ii, positive.
  func remainder(of movie: Int) -> Float { 1 - squares[movie] }

  /// t of a user of the training set with the likes that are in it and `dislikes` beside them: from M (I + X̃X̃') = I follows
  /// t = (e_u − M e_u) / s_u for the likes. Empty for one who does not take part.
  func vector(ofUser user: Int, dislikes: [ScoredMovie]) -> [Float] {
    let place = Int(places[user])
    guard place >= 0 else { return [] }
    let scale = 1 / userScales[place]
    var vector = inverse[row: place].map { -scale * $0 }
    vector[place] += scale
    if !dislikes.isEmpty {
      for (index, change) in self.vector(of: dislikes).enumerated() { vector[index] += change }
    }
    return vector
  }

  func score(of movie: Int, vector: [Float], weights: [ScoredMovie]) -> Float {
    var sum = movieScales[movie] * product(of: movie, with: vector)
    if let own = weights.first(where: { Int($0.movie) == movie }) { sum -= own.score * squares[movie] }
    return sum / remainder(of: movie)
  }

  /// How many movies or people are worked on at once, one in each lane.
  static let lanes = SIMD16<Float>.scalarCount

  /// For each of `movies` w_j b_ji for each *j* of `weights`; what stands there for the movie itself means nothing.
  func contributions(toEach movies: [Int], of weights: [ScoredMovie]) -> [[Float]] {
    stride(from: 0, to: movies.count, by: Self.lanes).flatMap { start in
      let group = Array(movies[start..<min(start + Self.lanes, movies.count)])
      let vectors = group.map { vector(of: [ScoredMovie(movie: Int32($0), score: movieScales[$0])]) }
      let scales = group.map { movieScales[$0] / remainder(of: $0) }
      var result = group.map { _ in [Float](repeating: 0, count: weights.count) }
      forEachProduct(of: weights.map { Int($0.movie) }, with: vectors) { place, products in
        let weight = weights[place]
        for lane in group.indices {
          result[lane][place] = weight.score * scales[lane] / movieScales[Int(weight.movie)] * products[lane]
        }
      }
      return result
    }
  }

  /// The scores of someone who likes each movie as much as the average of `userCount` users does.
  func averageScores(counts: [Int], userCount: Int) -> [Float] {
    let shares = squares.indices.map {
      ScoredMovie(movie: Int32($0), score: Float(counts[$0]) / Float(max(1, userCount)))
    }
    let vector = vector(of: shares)
    guard !vector.isEmpty else { return [Float](repeating: 0, count: squares.count) }
    return squares.indices.map { movie in
      (movieScales[movie] * product(of: movie, with: vector) - shares[movie].score * squares[movie])
        / remainder(of: movie)
    }
  }

  func save(to writer: inout BinaryWriter) {
    writer.write(Int64(places.count))
    writer.write(users)
    writer.write(likedBy.offsets.map { Int64($0) })
    writer.write(likedBy.columns)
    writer.write(movieScales)
    writer.write(userScales)
    inverse.save(to: &writer)
    writer.write(squares)
  }

  init(from reader: inout BinaryReader, movieCount: Int) throws(BinaryFileError) {
    let userCount = try reader.readCount(in: 0...Int(Int32.max))
    users = try reader.readIndices(below: userCount)
    guard users.count <= reader.remaining, zip(users, users.dropFirst()).allSatisfy({ $0 < $1 }) else { throw .damaged }
    let offsets = try reader.readOffsets(rowCount: movieCount)
    let columns = try reader.readIndices(below: users.count, count: offsets.last)
    let movieScales = try reader.readFiniteArray(count: movieCount)
    let userScales = try reader.readFiniteArray(count: users.count)
    guard movieScales.allSatisfy({ $0 > 0 }), userScales.allSatisfy({ $0 > 0 }) else { throw .damaged }
    self.movieScales = movieScales
    self.userScales = userScales
    inverse = try StoredMatrix(from: &reader, rows: users.count, columns: users.count)
    squares = try reader.readFiniteArray(count: movieCount)
    guard squares.allSatisfy({ $0 < 1 }) else { throw .damaged }
    places = users.places(among: userCount)
    var values: [Float] = []
    values.reserveCapacity(columns.count)
    for movie in 0..<movieCount {
      for position in offsets[movie]..<offsets[movie + 1] {
        values.append(userScales[Int(columns[position])] / movieScales[movie])
      }
    }
    likedBy = SparseRows(offsets: offsets, columns: columns, values: values, columnCount: users.count)
  }
}

extension SparseRows {
  /// The same places with other values; `value` gets the position.
  func scaled(_ value: (Int) -> Float) -> SparseRows {
    SparseRows(offsets: offsets, columns: columns, values: columns.indices.map(value), columnCount: columnCount)
  }
}
