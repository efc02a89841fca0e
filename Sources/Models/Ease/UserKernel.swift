import BinaryFiles
import LinearAlgebra
import Ratings

/// EASE by users: with M = (λI + XX')⁻¹ the matrix inversion lemma gives P = (I − X'MX) / λ, so that
///
///     b_ji = x_j' M x_i / (1 − x_i' M x_i)    for the columns x_i of X
///
/// and the scores of a user x follow from t = M X x, one number for each user, by sparse sums: never movies x movies.
/// Memory: users² + ratings.
struct UserKernel: Sendable, Equatable {
  let lambda: Float
  /// The users that take part, rising.
  let users: [Int32]
  /// For each user the row in `inverse`; −1 for those that do not take part.
  let places: [Int32]
  /// For each movie the places of the users who like it.
  let likedBy: SparseRows
  /// M.
  let inverse: Matrix
  /// x_i' M x_i for each movie, below 1.
  let squares: [Float]

  init(byUser: SparseRows, byMovie: SparseRows, users: [Int32], lambda: Float, threads: ThreadCount) {
    self.lambda = lambda
    self.users = users
    let places = MovieInverse.places(of: users, count: byUser.rowCount)
    self.places = places
    likedBy = SparseRows(
      offsets: byMovie.offsets, columns: byMovie.columns.map { places[Int($0)] }, values: byMovie.values,
      columnCount: users.count)
    inverse = RegularizedGram.inverse(
      rows: byUser, columns: byMovie, places: places, members: users, lambda: lambda, threads: threads)
    squares = Self.squares(inverse: inverse, likedBy: likedBy, threads: threads)
  }

  /// 1 − x_i' M x_i = λ P_ii, positive.
  func remainder(of movie: Int) -> Float { 1 - squares[movie] }

  /// t of a user of the training set: from M (λI + XX') = I follows t = e_u − λ M e_u. Empty for one who does not
  /// take part.
  func vector(ofUser user: Int) -> [Float] {
    let place = Int(places[user])
    guard place >= 0 else { return [] }
    var vector = inverse[row: place].map { -lambda * $0 }
    vector[place] += 1
    return vector
  }

  func score(of movie: Int, vector: [Float], liked: [Int32]) -> Float {
    var sum: Float = liked.contains(Int32(movie)) ? -squares[movie] : 0
    for position in likedBy.range(ofRow: movie) { sum += vector[Int(likedBy.columns[position])] }
    return sum / remainder(of: movie)
  }

  /// b_ji for each *j* of `liked`, which does not hold *i* itself.
  func contributions(to movie: Int, of liked: [Int32]) -> [Float] {
    let vector = vector(of: [Int32(movie)])
    guard !vector.isEmpty else { return liked.map { _ in 0 } }
    return liked.map { product(of: Int($0), with: vector) / remainder(of: movie) }
  }

  /// x_i' M x_j / √((1 − x_i' M x_i)(1 − x_j' M x_j)) for every movie *j*.
  func partialCorrelations(with movie: Int, into similarities: inout [Float]) {
    let vector = vector(of: [Int32(movie)])
    guard !vector.isEmpty else { return }
    for other in similarities.indices {
      similarities[other] =
        product(of: other, with: vector) / (remainder(of: movie) * remainder(of: other)).squareRoot()
    }
  }

  /// The scores of a user whose x is the mean of all users' that take part: t is the mean of theirs.
  func averageScores() -> [Float] {
    let count = Float(max(1, users.count))
    let vector = users.indices.map { (1 - lambda * inverse[row: $0].reduce(0, +)) / count }
    return squares.indices.map { movie in
      let share = Float(likedBy.count(ofRow: movie)) / count
      return (product(of: movie, with: vector) - share * squares[movie]) / remainder(of: movie)
    }
  }

  func save(to writer: inout BinaryWriter) {
    writer.write(lambda)
    writer.write(Int64(places.count))
    writer.write(users)
    writer.write(likedBy.offsets.map { Int64($0) })
    writer.write(likedBy.columns)
    writer.write(inverse.values)
    writer.write(squares)
  }

  init(from reader: inout BinaryReader, movieCount: Int) throws(BinaryFileError) {
    lambda = try reader.readFinite()
    let userCount = try reader.readCount(in: 0...Int(Int32.max))
    users = try reader.readIndices(below: userCount)
    guard users.count <= reader.remaining, zip(users, users.dropFirst()).allSatisfy({ $0 < $1 }) else { throw .damaged }
    let offsets = try reader.readOffsets(rowCount: movieCount)
    let columns = try reader.readIndices(below: users.count, count: offsets.last)
    inverse = Matrix(
      rows: users.count, columns: users.count, values: try reader.readFiniteArray(count: users.count * users.count))
    squares = try reader.readFiniteArray(count: movieCount)
    guard squares.allSatisfy({ $0 < 1 }) else { throw .damaged }
    places = MovieInverse.places(of: users, count: userCount)
    likedBy = SparseRows(
      offsets: offsets, columns: columns, values: [Float](repeating: 1, count: columns.count), columnCount: users.count)
  }
}
