import Digests
import Testing

@Suite struct `Digests` {
  @Test func `are those of the published vectors`() {
    // FIPS 180-4: "abc".
    #expect(
      Digest.sha256(Array("abc".utf8)).hexadecimal
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    // RFC 1321.
    let md5 = Digest(.md5)
    Array("message digest".utf8).withUnsafeBytes { md5.update($0) }
    #expect(md5.finish().hexadecimal == "f96b697d7cb7938d525a2f31aaf161d0")
  }

  @Test(arguments: [
    // RFC 4231, test cases 1, 2 and 6: the last has a key longer than a block.
    (
      [UInt8](repeating: 0x0b, count: 20), "Hi There",
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      Array("Jefe".utf8), "what do ya want for nothing?",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      [UInt8](repeating: 0xaa, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
    // HMAC of nothing with an empty key.
    ([], "", "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"),
  ]) func `with a key are those of the published vectors`(key: [UInt8], message: String, code: String) {
    #expect(Digest.hmac(Array(message.utf8), key: key).hexadecimal == code)
    #expect(
      KeyedHash.name(of: message, secret: String(decoding: key, as: UTF8.self)) == String(code.prefix(32))
        || String(validating: key, as: UTF8.self) == nil)
  }
}
