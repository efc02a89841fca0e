import BinaryFiles
import LinearAlgebra
import Ratings

/// The format, little-endian:
///
///     "MQLISTS2" | films m, factors k, links, genres g, all films n: UInt32
///     threshold, floor, usual like, gap, high, p, β, γ, μ, λ: Float32 |
///       sizes, falling by 2^(−1 / 16) from the largest link on (16): Float32
///     factor steps (k) | α Y'Y, upper triangle by rows (k (k + 1) / 2): Float32
///     part of the likes of each genre (g): Float32 | genres of each of all films, a bit each: n UInt32
///     popularity: m bytes, 16ths | links to each film: m bytes | largest link to it: m bytes, c is size (c mod 16) · 2^(−⌊c / 16⌋)
///     factors: m k Int8
///     neighbours: for each link the film less the one before it (less −1 for the first): a byte, or 255 and an UInt16
///     weights: for each link an Int8, 31 is the largest link to the film
extension CompactListModel {
  private static let magic = Array("MQLISTS2".utf8)
  private static let headSize = 28
  private static let headCount = 10
  private static let sizeCount = 16
  /// Numbers from −31 to 31 pack into two thirds of a byte, and are as good as finer ones.
  static let levels: Float = 31

  /// The weights of the parts: chosen by `NewcomerTrial`.
  struct Mixture: Sendable, Equatable {
    var popularityWeight: Float
    var factorWeight: Float
  }

  /// - Parameters:
  ///   - links: the links to each film.
  ///   - linkLimit: how many of them are kept for a film, given its place.
  init(
    signal: ListSignal, high: Double, links: [[NeighbourRegression.Link]], linkLimit: (Int) -> Int,
    factors: NewcomerFactors,
    genres: FilmGenres, ratingCounts: [Int], mixture: Mixture
  ) {
    let k = factors.factorCount
    let count = links.count
    let largest = max(1e-9, links.joined().reduce(Float(0)) { max($0, abs($1.weight)) })
    let sizes = (0..<Self.sizeCount).map { CompactNumber.value(UInt8($0), largest: largest) }
    let coded = Self.coded(links, sizes: sizes, limit: linkLimit)
    let steps = (0..<k).map { factor in
      max(1e-9, (0..<count).reduce(Float(0)) { max($0, abs(factors.films[$1, factor])) } / Self.levels)
    }
    var writer = BinaryWriter()
    for byte in Self.magic { writer.write(byte) }
    for number in [count, k, coded.reduce(0) { $0 + $1.links.count }, genres.shares.count, genres.bits.count] {
      writer.write(UInt32(number))
    }
    for number in [
      signal.threshold, signal.floor, signal.usualLike, signal.gap, Float(high), mixture.popularityWeight,
      mixture.factorWeight, FilmGenres.weight, factors.ridge, factors.lambda,
    ] + sizes { writer.write(number) }
    for step in steps { writer.write(step) }
    for row in 0..<k { for column in row..<k { writer.write(factors.gram[row, column]) } }
    for share in genres.shares { writer.write(share) }
    for bits in genres.bits { writer.write(bits) }
    for ratings in ratingCounts {
      writer.write(UInt8(min(255, (16 * PlainMath.logarithm(Double(1 + ratings))).rounded())))
    }
    for film in coded { writer.write(UInt8(film.links.count)) }
    for film in coded { writer.write(film.scale) }
    for film in 0..<count {
      for factor in 0..<k {
        let level = (factors.films[film, factor] / steps[factor]).rounded()
        writer.write(Int8(max(-Self.levels, min(Self.levels, level))))
      }
    }
    for film in coded {
      var last = -1
      for link in film.links {
        let gap = Int(link.film) - last
        last = Int(link.film)
        if gap < 255 {
          writer.write(UInt8(gap))
        } else {
          writer.write(255 as UInt8)
          writer.write(UInt16(gap))
        }
      }
    }
    for film in coded { for link in film.links { writer.write(link.level) } }
    guard let result = CompactListModel(bytes: writer.bytes) else {
      preconditionFailure("a written model is readable")
    }
    self = result
  }

  private struct CodedLinks {
    var scale: UInt8
    var links: [(film: Int32, level: Int8)]
  }

  /// The strongest links to each film, in levels of the largest of them.
  private static func coded(
    _ links: [[NeighbourRegression.Link]], sizes: [Float], limit: (Int) -> Int
  ) -> [CodedLinks] {
    links.enumerated().map { film, links in
      let scale = CompactNumber.code(links.reduce(Float(0)) { max($0, abs($1.weight)) }, largest: sizes[0])
      let step = Float(size(scale, of: sizes.map { Double($0) })) / levels
      let kept = strongest(links, count: limit(film))
        .map { (film: $0.film, level: Int8(max(-levels, min(levels, ($0.weight / step).rounded())))) }
      return CodedLinks(scale: scale, links: kept.filter { $0.level != 0 })
    }
  }

  /// By falling weight, then in the order of films, as `links` are.
  private static func strongest(_ links: [NeighbourRegression.Link], count: Int) -> [NeighbourRegression.Link] {
    guard links.count > count else { return links }
    return links.sorted { (abs($1.weight), $0.film) < (abs($0.weight), $1.film) }.prefix(count)
      .sorted { $0.film < $1.film }
  }

  /// A size by its code: no power that is not of two, so that every machine gets the same bits.
  private static func size(_ code: UInt8, of sizes: [Double]) -> Double {
    sizes[Int(code) % sizeCount] / Double(1 << (Int(code) / sizeCount))
  }

  /// Reads the bytes; nil if they are not of this format.
  public init?(bytes: [UInt8]) {
    guard bytes.starts(with: Self.magic), bytes.count >= Self.headSize + 4 * (Self.headCount + Self.sizeCount) else {
      return nil
    }
    var reader = ByteReader(bytes)
    reader.position = Self.magic.count
    let (films, k, links) = (Int(reader.uint32()), Int(reader.uint32()), Int(reader.uint32()))
    let (genreCount, all) = (Int(reader.uint32()), Int(reader.uint32()))
    let start = Self.headSize + 4 * (Self.headCount + Self.sizeCount + k + k * (k + 1) / 2 + genreCount)
    guard k <= 64, genreCount <= Self.mostGenres, films <= all, all <= bytes.count, links <= bytes.count,
      bytes.count >= start + 4 * all + films * (3 + k) + 2 * links
    else { return nil }
    let head = (0..<Self.headCount).map { _ in reader.float() }
    let sizes = (0..<Self.sizeCount).map { _ in reader.float() }
    let steps = (0..<k).map { _ in reader.float() }
    var gram = [Double](repeating: 0, count: k * k)
    for i in 0..<k {
      for j in i..<k {
        gram[i * k + j] = reader.float()
        gram[j * k + i] = gram[i * k + j]
      }
    }
    let genreShares = (0..<genreCount).map { _ in reader.float() }
    let genres = (0..<all).map { _ in reader.uint32() }
    let popularity = (0..<films).map { _ in Double(reader.byte()) / 16 }
    let counts = (0..<films).map { _ in Int(reader.byte()) }
    let scales = (0..<films).map { _ in Self.size(reader.byte(), of: sizes) }
    guard counts.reduce(0, +) == links else { return nil }
    let factors = (0..<films * k).map { _ in Int8(bitPattern: reader.byte()) }
    var (offsets, neighbours) = ([0], [Int32]())
    for film in 0..<films {
      var last = -1
      for _ in 0..<counts[film] {
        guard reader.position + 3 <= bytes.count else { return nil }
        let gap = Int(reader.byte())
        last += gap < 255 ? gap : Int(UInt16(bitPattern: reader.int16()))
        guard (0..<films).contains(last) else { return nil }
        neighbours.append(Int32(last))
      }
      offsets.append(neighbours.count)
    }
    guard bytes.count == reader.position + links else { return nil }
    var weights: [Double] = []
    for film in 0..<films {
      for _ in 0..<counts[film] {
        weights.append(Double(Int8(bitPattern: reader.byte())) * scales[film] / Double(Self.levels))
      }
    }
    self.init(
      bytes: bytes, filmCount: films, factorCount: k, threshold: head[0], floor: head[1], usualLike: head[2],
      gap: head[3], high: head[4], mixture: Mixture(popularityWeight: Float(head[5]), factorWeight: Float(head[6])),
      genreWeight: head[7], genreShares: genreShares, genres: genres, ridge: (base: head[8], each: head[9]),
      gram: gram, steps: steps, factors: factors, popularity: popularity, offsets: offsets, neighbours: neighbours,
      weights: weights,
      columns: Columns(
        offsets: offsets, neighbours: neighbours, weights: weights, factors: factors, factorCount: k))
  }

  /// Its approximate compressed size.
  var packedSize: Int {
    let links = neighbours.count
    let columns =
      Self.headSize + 4
      * (Self.headCount + Self.sizeCount + factorCount + factorCount * (factorCount + 1) / 2 + genreShares.count)
      + 4 * genres.count
    let factors = columns + 3 * filmCount
    let gaps = factors + filmCount * factorCount
    let ends = [0, columns, factors, gaps, bytes.count - links, bytes.count]
    return zip(ends, ends.dropFirst()).reduce(0) { $0 + PackedSize.estimate(bytes[$1.0..<$1.1]) }
  }
}
