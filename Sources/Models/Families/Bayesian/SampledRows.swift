import BinaryFiles

/// Draws of the rows of one side from the posterior: for each row and dimension (the factors and, last, the bias) one
/// number for each sample, of 16 bits.
///
/// A number is the upper half of a `Float`. Word i of a group of 16 samples holds sample i in its lower and sample
/// 8 + i in its upper half, so that eight lanes unpack with a shift and a mask.
struct SampledRows: Sendable, Equatable {
  let rowCount: Int
  let dimensionCount: Int
  /// A multiple of 16.
  let sampleCount: Int
  /// rows x dimensions x samples / 2.
  var words: [UInt32]

  var wordsPerRow: Int { dimensionCount * sampleCount / 2 }

  init(rowCount: Int, dimensionCount: Int, sampleCount: Int) {
    precondition(sampleCount % 16 == 0, "samples come in groups of 16")
    self.rowCount = rowCount
    self.dimensionCount = dimensionCount
    self.sampleCount = sampleCount
    words = [UInt32](repeating: 0, count: rowCount * dimensionCount * sampleCount / 2)
  }

  /// One number.
  subscript(row: Int, dimension: Int, sample: Int) -> Float {
    get {
      let word = words[wordIndex(row, dimension, sample)]
      return Float(bitPattern: sample & 8 == 0 ? word << 16 : word & 0xffff_0000)
    }
    set {
      let index = wordIndex(row, dimension, sample)
      let bits = Self.rounded(newValue)
      words[index] =
        sample & 8 == 0 ? words[index] & 0xffff_0000 | bits >> 16 : words[index] & 0xffff | bits & 0xffff_0000
    }
  }

  /// The bits of the nearest number that has 16 of them, in the upper half.
  static func rounded(_ value: Float) -> UInt32 {
    guard value.isFinite else { return 0 }
    let bits = value.bitPattern
    return (bits &+ 0x7fff &+ (bits >> 16 & 1)) & 0xffff_0000
  }

  private func wordIndex(_ row: Int, _ dimension: Int, _ sample: Int) -> Int {
    (row * dimensionCount + dimension) * (sampleCount / 2) + sample / 16 * 8 + sample & 7
  }

  func save(to writer: inout BinaryWriter) {
    writer.write(Int64(rowCount))
    writer.write(Int64(dimensionCount))
    writer.write(Int64(sampleCount))
    writer.write(words)
  }

  init(from reader: inout BinaryReader) throws(BinaryFileError) {
    rowCount = try reader.readCount(in: 0...Int(Int32.max))
    dimensionCount = try reader.readCount(in: 1...64)
    sampleCount = try reader.readCount(in: 16...65_536)
    words = try reader.read([UInt32].self)
    guard sampleCount % 16 == 0, words.count == rowCount * dimensionCount * sampleCount / 2,
      words.allSatisfy({ $0 & 0x7f80 != 0x7f80 && $0 & 0x7f80_0000 != 0x7f80_0000 })
    else { throw .damaged }
  }
}
