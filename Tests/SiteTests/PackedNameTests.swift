import Platform
import Site
import Testing

@Suite struct `The hash of packed members` {
  /// Of the catalogue of CRC algorithms, of the PNG specification's end chunk, and of texts beyond ASCII.
  static let known: [(name: String, hash: UInt32)] = [
    ("", 0), ("a", 0xe8b7_be43), ("123456789", 0xcbf4_3926), ("IEND", 0xae42_6082),
    ("The quick brown fox jumps over the lazy dog", 0x414f_a339), ("Änna", 0x892e_b5b7), ("日本", 0xc7b7_cdcc),
  ]

  @Test(arguments: known)
  func `is CRC-32`(name: String, hash: UInt32) {
    #expect(CRC32.of(name.utf8) == hash)
    #expect(PackedMembers.shard(of: name, count: 1 << 32) == Int(hash))
    #expect(PackedMembers.shard(of: name, count: 7) == Int(hash) % 7)
  }
}
