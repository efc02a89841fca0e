import BinaryFiles
import LinearAlgebra
import Ratings

/// All members' ratings and residuals, and the search for the most similar members.
struct MemberRatings: Sendable {
  /// Users x movies.
  let ratings: SparseRows
  let residuals: SparseRows
  let similarity: NeighbourSimilarity
  let neighbourCount: Int
  let shrinkage: Float
  let weightDamping: Float
  /// What is compared: ratings or residuals, by user and by movie.
  private let search: PairSearch
  private let residualsByMovie: SparseRows
  private let norms: [Float]
  private let movieNorms: [Float]
  private let variance: Float

  init(
    ratings: SparseRows, residuals: SparseRows, similarity: NeighbourSimilarity, neighbourCount: Int,
    shrinkage: Float, weightDamping: Float
  ) {
    self.ratings = ratings
    self.residuals = residuals
    self.similarity = similarity
    self.neighbourCount = neighbourCount
    self.shrinkage = shrinkage
    self.weightDamping = weightDamping
    residualsByMovie = residuals.transposed()
    search =
      similarity.comparesResiduals
      ? PairSearch(rows: residuals, columns: residualsByMovie)
      : PairSearch(rows: ratings, columns: ratings.transposed())
    norms = residuals.norms
    movieNorms = residualsByMovie.norms
    let mean = ratings.values.reduce(0.0) { $0 + Double($1) } / Double(max(1, ratings.entryCount))
    let squares = ratings.values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    variance = Float(squares / Double(max(1, ratings.entryCount)))
  }

  /// The first user whose ratings these are, all of them and no others.
  func user(withRatings given: [MovieRating]) -> Int? {
    guard let first = given.first, Int(first.movie) < residualsByMovie.rowCount else { return nil }
    for position in residualsByMovie.range(ofRow: Int(first.movie)) {
      let user = Int(residualsByMovie.columns[position])
      let range = ratings.range(ofRow: user)
      guard range.count == given.count else { continue }
      if zip(range, given).allSatisfy({ ratings.columns[$0] == $1.movie && ratings.values[$0] == $1.value }) {
        return user
      }
    }
    return nil
  }

  /// The users most similar to someone with these ratings, best first; `movie` stands for the user's index.
  func neighbours(of given: [MovieRating], residuals: [Float], leavingOut user: Int?) -> [ScoredMovie] {
    let values = similarity.comparesResiduals ? residuals : given.map(\.value)
    let norm = SparseRows.norm(of: residuals[...])
    var best = TopK(min(neighbourCount, ratings.rowCount))
    for (other, sums) in search.pairs(of: given.map(\.movie)[...], values[...]) where Int(other) != user {
      let value = similarity.value(
        of: sums, norms: (norm, norms[Int(other)]), variance: variance, shrinkage: shrinkage)
      if value > 0 { best.offer(other, value) }
    }
    return best.take().map { ScoredMovie(movie: $0.index, score: $0.score) }
  }

  /// The similarity of two members, as in `neighbours`; 0 if there is no evidence.
  ///
  /// - Complexity: O(ratings of the two).
  func similarity(of a: Int, and b: Int) -> Float {
    let rows = similarity.comparesResiduals ? residuals : ratings
    var sums = PairSums()
    var (i, j) = (rows.offsets[a], rows.offsets[b])
    let (lastA, lastB) = (rows.offsets[a + 1], rows.offsets[b + 1])
    while i < lastA, j < lastB {
      let (first, second) = (rows.columns[i], rows.columns[j])
      if first == second {
        let (x, y) = (rows.values[i], rows.values[j])
        sums.lanes += SIMD8(1, x, y, x * x, y * y, x * y, 0, 0)
      }
      if first <= second { i += 1 }
      if second <= first { j += 1 }
    }
    guard sums.count > 0 else { return 0 }
    return max(0, similarity.value(of: sums, norms: (norms[a], norms[b]), variance: variance, shrinkage: shrinkage))
  }

  /// Σ s_uv e_vi and λ + Σ s_uv over the neighbours in a profile's vector who rated `movie`.
  func contributions(for movie: Int32, vector: [Float]) -> (sum: Float, weight: Float) {
    var sums = SIMD2<Float>(0, weightDamping)
    for index in stride(from: 1, to: vector.count - 1, by: 2) {
      guard let position = residuals.position(row: Int(vector[index]), column: movie) else { continue }
      sums += SIMD2(residuals.values[position], 1) * vector[index + 1]
    }
    return (sums[0], sums[1])
  }

  /// The same for every movie.
  func contributions(movieCount: Int, vector: [Float]) -> [SIMD2<Float>] {
    var sums = [SIMD2<Float>](repeating: SIMD2(0, weightDamping), count: movieCount)
    for index in stride(from: 1, to: vector.count - 1, by: 2) {
      for position in residuals.range(ofRow: Int(vector[index])) {
        sums[Int(residuals.columns[position])] += SIMD2(residuals.values[position], 1) * vector[index + 1]
      }
    }
    return sums
  }

  func similarMovies(to movie: Int, count: Int) -> [ScoredMovie] {
    let range = residualsByMovie.range(ofRow: movie)
    var best = TopK(max(0, count))
    let pairs = PairSearch(rows: residualsByMovie, columns: residuals).pairs(
      of: residualsByMovie.columns[range], residualsByMovie.values[range])
    for (other, sums) in pairs where Int(other) != movie {
      let value = NeighbourSimilarity.pearsonBaseline.value(
        of: sums, norms: (movieNorms[movie], movieNorms[Int(other)]), variance: variance, shrinkage: 25)
      if value > 0 { best.offer(other, value) }
    }
    return best.take().map { ScoredMovie(movie: $0.index, score: $0.score) }
  }

  func save(to writer: inout BinaryWriter) {
    writer.write(ratings.offsets.map { Int64($0) })
    writer.write(ratings.columns)
    writer.write(ratings.values)
    writer.write(Int64(similarity.rawValue))
    writer.write(Int64(neighbourCount))
    writer.write(shrinkage)
    writer.write(weightDamping)
  }

  init(from reader: inout BinaryReader, baseline: Baseline) throws(BinaryFileError) {
    let offsets = try reader.readOffsets(rowCount: baseline.userBiases.count)
    let movieCount = baseline.movieBiases.count
    let columns = try reader.readIndices(below: movieCount, count: offsets.last)
    let values = try reader.readFiniteArray(count: columns.count)
    let ratings = SparseRows(offsets: offsets, columns: columns, values: values, columnCount: movieCount)
    guard let similarity = NeighbourSimilarity(rawValue: try reader.readCount(in: 0...3)) else { throw .damaged }
    let neighbourCount = try reader.readCount(in: 1...5000)
    let shrinkage = try reader.readFinite()
    let weightDamping = try reader.readFinite()
    guard shrinkage >= 0, weightDamping >= 0 else { throw .damaged }
    self.init(
      ratings: ratings, residuals: baseline.residuals(of: ratings, threads: ThreadCount(1)), similarity: similarity,
      neighbourCount: neighbourCount, shrinkage: shrinkage, weightDamping: weightDamping)
  }
}
