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
/// Files are written next to their destination and renamed, so a reader sees the old file or the new one.
public enum BinaryFile {
  private static let magic: [UInt8] = Array("MARQUEE\n".utf8)

  /// Where the payload of a file of that kind begins: behind the magic, the version, the kind, the data set and the length.
  static func payloadStart(kind: String) -> Int { magic.count + 4 + 8 + kind.utf8.count + 8 + 8 }

  /// Writes `payload` as the file at `path`.
  ///
  /// - Parameters:
  ///   - kind: what the payload is, such as "model als".
  ///   - version: the version of the payload's layout.
  ///   - dataset: the fingerprint of the data that the payload was computed from.
  public static func write(_ payload: BinaryWriter, kind: String, version: UInt32, dataset: UInt64, to path: String)
    throws
  {
    var head = BinaryWriter()
    for byte in magic { head.write(byte) }
    head.write(version)
    head.write(kind)
    head.write(dataset)
    head.write(UInt64(payload.byteCount))
    assert(head.byteCount == payloadStart(kind: kind))
    let place = URL(fileURLWithPath: path)
    let aside = place.deletingLastPathComponent()
      .appendingPathComponent(".\(place.lastPathComponent).\(ProcessInfo.processInfo.processIdentifier)")
    do {
      let file = try OutputStream(path: aside.path)
      var checksum = Checksum(total: head.byteCount + payload.byteCount)
      for content in [head, payload] {
        try content.forEachPart { bytes in
          checksum.add(bytes)
          try file.write(bytes)
        }
      }
      var trailer = BinaryWriter()
      trailer.write(checksum.value)
      try trailer.forEachPart { try file.write($0) }
      guard rename(aside.path, path) == 0 else { throw BinaryFileError.notWritable(path: path) }
    } catch {
      try? FileManager.default.removeItem(at: aside)
      throw error as? BinaryFileError == .notWritable(path: aside.path)
        ? BinaryFileError.notWritable(path: path) : error
    }
  }

  /// Reads the payload of the file at `path`, after checking kind, version, data set and checksum.
  ///
  /// - Parameters:
  ///   - dataset: the fingerprint the file must carry; nil accepts any.
  ///   - isMapped: whether the file is mapped into memory, whose pages all processes of a machine share.
  /// - Throws: `BinaryFileError`, which names the path and what is wrong.
  public static func read(
    kind: String, version: UInt32, dataset: UInt64? = nil, from path: String, isMapped: Bool = false
  ) throws(BinaryFileError) -> BinaryReader {
    guard let storage = isMapped ? ByteStorage(mapping: path) : ByteStorage(contentsOf: path) else {
      throw .unreadable(path: path)
    }
    let count = storage.bytes.count
    try checkMagic(of: storage, path: path)
    var checksum = Checksum(total: count - 8)
    checksum.add(storage.part(0..<count - 8))
    guard checksum.value == UInt64(littleEndian: storage.load(count - 8, as: UInt64.self)) else {
      throw .damagedFile(path: path)
    }
    return try payload(of: storage, kind: kind, version: version, dataset: dataset, path: path)
  }

  /// The same, but the file is mapped into memory and only the pages that are accessed are read. The
  /// checksum is not verified, so this is for queries, not for data that are kept.
  public static func map(kind: String, version: UInt32, from path: String) throws(BinaryFileError) -> BinaryReader {
    guard let storage = ByteStorage(mapping: path) else { throw .unreadable(path: path) }
    try checkMagic(of: storage, path: path)
    return try payload(of: storage, kind: kind, version: version, dataset: nil, path: path)
  }

  private static func checkMagic(of storage: ByteStorage, path: String) throws(BinaryFileError) {
    guard storage.bytes.count >= magic.count + 8, storage.bytes.prefix(magic.count).elementsEqual(magic) else {
      throw .foreign(path: path)
    }
  }

  private static func payload(
    of storage: ByteStorage, kind: String, version: UInt32, dataset: UInt64?, path: String
  ) throws(BinaryFileError) -> BinaryReader {
    var reader = BinaryReader(storage, from: magic.count, to: storage.bytes.count - 8)
    do {
      let foundVersion = try reader.read(UInt32.self)
      let foundKind = try reader.read(String.self)
      guard foundKind == kind else { throw BinaryFileError.otherKind(path: path, found: foundKind, wanted: kind) }
      guard foundVersion == version else {
        throw BinaryFileError.otherVersion(path: path, found: foundVersion, wanted: version)
      }
      let foundDataset = try reader.read(UInt64.self)
      if let dataset, dataset != foundDataset { throw BinaryFileError.otherDataset(path: path) }
      let length = try reader.read(UInt64.self)
      guard length == UInt64(reader.remaining) else { throw BinaryFileError.damaged }
      return reader
    } catch let error as BinaryFileError {
      throw error == .damaged ? .damagedFile(path: path) : error
    } catch {
      throw .damagedFile(path: path)
    }
  }
}
