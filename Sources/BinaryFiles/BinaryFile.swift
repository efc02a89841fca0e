#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A binary file of the project: a kind, a version, the data set it belongs to, a payload and a checksum.
///
///     magic "MARQUEE\n" | version | kind | data set | payload length | payload | checksum of all before
///
/// Files are written beside their place and renamed into it, so a reader sees the old file or the new one.
public enum BinaryFile {
  private static let magic: [UInt8] = Array("MARQUEE\n".utf8)

  /// Writes `payload` as the file at `path`.
  ///
  /// - Parameters:
  ///   - kind: what the payload is, such as "model als".
  ///   - version: the version of the payload's layout.
  ///   - dataset: the fingerprint of the data the payload was made from.
  public static func write(_ payload: BinaryWriter, kind: String, version: UInt32, dataset: UInt64, to path: String)
    throws
  {
    var file = BinaryWriter(capacity: payload.bytes.count + 256)
    for byte in magic { file.write(byte) }
    file.write(version)
    file.write(kind)
    file.write(dataset)
    file.write(payload.bytes)
    file.write(checksum(file.bytes[...]))
    let place = URL(fileURLWithPath: path)
    let aside = place.deletingLastPathComponent()
      .appendingPathComponent(".\(place.lastPathComponent).\(ProcessInfo.processInfo.processIdentifier)")
    do {
      try file.bytes.withUnsafeBytes { bytes in
        guard let base = bytes.baseAddress else { return }
        // The memory stays where it is: models take a hundred megabytes.
        try Data(bytesNoCopy: UnsafeMutableRawPointer(mutating: base), count: bytes.count, deallocator: .none)
          .write(to: aside)
      }
      guard rename(aside.path, path) == 0 else { throw BinaryFileError.notWritable(path: path) }
    } catch {
      try? FileManager.default.removeItem(at: aside)
      throw error
    }
  }

  /// Reads the payload of the file at `path`, after checking kind, version, data set and checksum.
  ///
  /// - Parameter dataset: the fingerprint the file must carry; nil accepts any.
  /// - Throws: `BinaryFileError`, which names the path and what is wrong.
  public static func read(kind: String, version: UInt32, dataset: UInt64? = nil, from path: String)
    throws(BinaryFileError) -> BinaryReader
  {
    guard let data = FileManager.default.contents(atPath: path) else { throw .unreadable(path: path) }
    let bytes = [UInt8](data)
    guard bytes.count >= magic.count + 8, Array(bytes.prefix(magic.count)) == magic else {
      throw .foreign(path: path)
    }
    var trailer = BinaryReader(bytes, from: bytes.count - 8)
    guard checksum(bytes[..<(bytes.count - 8)]) == (try? trailer.read(UInt64.self)) else {
      throw .damagedFile(path: path)
    }
    var reader = BinaryReader(bytes, from: magic.count)
    do {
      let foundVersion = try reader.read(UInt32.self)
      let foundKind = try reader.read(String.self)
      guard foundKind == kind else { throw BinaryFileError.otherKind(path: path, found: foundKind, wanted: kind) }
      guard foundVersion == version else {
        throw BinaryFileError.otherVersion(path: path, found: foundVersion, wanted: version)
      }
      let foundDataset = try reader.read(UInt64.self)
      if let dataset, dataset != foundDataset { throw BinaryFileError.otherDataset(path: path) }
      return BinaryReader(try reader.read([UInt8].self))
    } catch let error as BinaryFileError {
      throw error == .damaged ? .damagedFile(path: path) : error
    } catch {
      throw .damagedFile(path: path)
    }
  }

  /// FNV-1a over 8-byte words with a final avalanche: finds every single flipped bit and cut.
  private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.withUnsafeBytes { raw in
      var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ UInt64(raw.count)
      var offset = 0
      while offset + 8 <= raw.count {
        let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        hash = (hash ^ word) &* 0x100_0000_01b3
        hash ^= hash >> 29
        offset += 8
      }
      while offset < raw.count {
        hash = (hash ^ UInt64(raw[offset])) &* 0x100_0000_01b3
        offset += 1
      }
      return hash ^ hash >> 32
    }
  }
}
