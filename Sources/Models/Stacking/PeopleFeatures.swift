import BinaryFiles
import LinearAlgebra
import Ratings

/// What people of the same age band, gender or occupation give to a movie, beyond the baseline.
struct PeopleFeatures: Sendable {
  static let groupCount = 3
  /// Most different codes within a group; rarer ones count as unknown.
  static let mostCodes = 32

  /// Users x `groupCount`; -1 where unknown.
  let codes: [Int32]
  /// For each user the age in years; the mean where unknown.
  let ages: [Float]
  let meanAge: Float
  /// For each group movies x `mostCodes`: the damped mean residual.
  let residuals: [Matrix]
  /// For each occupation the damped mean bias of its users.
  let occupationBiases: [Float]

  /// Nothing about anybody.
  init() {
    codes = []
    ages = []
    meanAge = 0
    residuals = []
    occupationBiases = []
  }

  init(_ training: TrainingSet, baseline: Baseline) {
    let users = training.users
    let known = users.compactMap(\.age).map { Float($0) }
    let meanAge = known.isEmpty ? 0 : known.reduce(0, +) / Float(known.count)
    let groups: [[String?]] = [
      users.map { $0.age.map { Self.band(ofAge: $0) } }, users.map(\.gender), users.map(\.occupation),
    ]
    let codesOfGroups = groups.map(Self.codes)
    codes = users.indices.flatMap { user in codesOfGroups.map { $0[user] } }
    ages = users.map { $0.age.map { Float($0) } ?? meanAge }
    self.meanAge = meanAge
    residuals = codesOfGroups.map { Self.residuals(training, baseline: baseline, codes: $0) }
    var sums = [Float](repeating: 0, count: Self.mostCodes)
    var counts = sums
    for (user, code) in (codesOfGroups.last ?? []).enumerated() where code >= 0 {
      sums[Int(code)] += baseline.userBiases[user]
      counts[Int(code)] += 1
    }
    occupationBiases = zip(sums, counts).map { $0 / ($1 + PairFeatures.damping) }
  }

  private static func band(ofAge age: Int) -> String {
    let edges = [18, 25, 35, 45, 50, 56]
    return "\(edges.firstIndex { age < $0 } ?? edges.count)"
  }

  /// Codes from 0, the most frequent first.
  private static func codes(_ names: [String?]) -> [Int32] {
    var counts: [String: Int] = [:]
    for case let name? in names { counts[name, default: 0] += 1 }
    let order = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key).prefix(mostCodes)
    let indices = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, Int32($0)) })
    return names.map { $0.flatMap { indices[$0] } ?? -1 }
  }

  private static func residuals(_ training: TrainingSet, baseline: Baseline, codes: [Int32]) -> Matrix {
    var sums = Matrix(rows: training.movieCount, columns: mostCodes)
    var counts = sums
    for user in 0..<training.userCount where codes[user] >= 0 {
      for position in training.byUser.range(ofRow: user) {
        let movie = Int(training.byUser.columns[position])
        sums[movie, Int(codes[user])] += training.byUser.values[position] - baseline.value(user: user, movie: movie)
        counts[movie, Int(codes[user])] += 1
      }
    }
    for place in sums.values.indices { sums.values[place] /= counts.values[place] + PairFeatures.damping }
    return sums
  }

  /// Age, occupation's bias, and the three codes, of a user; nil for an unknown user.
  func columns(ofUser user: Int?) -> [Float] {
    guard let user, user < ages.count else { return [meanAge, 0, -1, -1, -1] }
    let codes = codes[user * Self.groupCount..<(user + 1) * Self.groupCount]
    let occupation = codes.last ?? -1
    return [ages[user], occupation < 0 ? 0 : occupationBiases[Int(occupation)]] + codes.map { Float($0) }
  }

  /// What `group` gives to `movie`.
  func residual(group: Int, code: Float, movie: Int) -> Float {
    code >= 0 ? residuals[group][movie, Int(code)] : 0
  }
}

extension PeopleFeatures {
  func save(to writer: inout BinaryWriter) {
    writer.write(codes)
    writer.write(ages)
    writer.write(meanAge)
    for matrix in residuals { writer.write(matrix.values) }
    writer.write(occupationBiases)
  }

  init(from reader: inout BinaryReader, movieCount: Int) throws(BinaryFileError) {
    codes = try reader.read([Int32].self)
    ages = try reader.readFiniteArray()
    meanAge = try reader.readFinite()
    var residuals: [Matrix] = []
    for _ in 0..<Self.groupCount {
      residuals.append(
        Matrix(
          rows: movieCount, columns: Self.mostCodes,
          values: try reader.readFiniteArray(count: movieCount * Self.mostCodes)))
    }
    self.residuals = residuals
    occupationBiases = try reader.readFiniteArray(count: Self.mostCodes)
    guard codes.count == ages.count * Self.groupCount,
      codes.allSatisfy({ $0 >= -1 && $0 < Int32(Self.mostCodes) })
    else { throw .damaged }
  }
}
