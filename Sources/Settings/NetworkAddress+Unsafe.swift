// Unsafe: hands the bytes of an address to and from the C library.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An address of the Internet, known by its bits and not by one of its spellings.
///
/// An IPv4 address and the same one mapped into IPv6 (`::ffff:192.0.2.1`) are equal.
package struct NetworkAddress: Hashable, Sendable {
  /// 128 bits, of which an IPv4 address fills the last 32 behind its prefix.
  package let high: UInt64
  package let low: UInt64

  /// `::`, which no other end of a connection has.
  package static let unspecified = NetworkAddress(high: 0, low: 0)

  private static let mapped: UInt64 = 0xffff_0000_0000

  package init(high: UInt64, low: UInt64) { (self.high, self.low) = (high, low) }

  /// Reads what proxies and sockets write: `192.0.2.1`, `2001:DB8::1`, `[2001:db8::1]:443`, `192.0.2.1:443`,
  /// `fe80::1%eth0`; nil for anything else.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count <= 64, let bare = Self.withoutPort(text) else { return nil }
    var four = in_addr()
    if inet_pton(AF_INET, bare, &four) == 1 {
      self.init(high: 0, low: Self.mapped | UInt64(UInt32(bigEndian: four.s_addr)))
      return
    }
    var six = in6_addr()
    guard inet_pton(AF_INET6, bare, &six) == 1 else { return nil }
    let halves = withUnsafeBytes(of: &six) { bytes in
      (bytes.loadUnaligned(as: UInt64.self), bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    }
    self.init(high: UInt64(bigEndian: halves.0), low: UInt64(bigEndian: halves.1))
  }

  private static func withoutPort(_ text: some StringProtocol) -> String? {
    var bare = Substring(text)
    let isPort = { (port: Substring) in
      (1...5).contains(port.utf8.count) && port.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    }
    if bare.first == "[" {
      guard let end = bare.firstIndex(of: "]") else { return nil }
      let rest = bare[bare.index(after: end)...]
      guard rest.isEmpty || rest.first == ":" && isPort(rest.dropFirst()) else { return nil }
      bare = bare[bare.index(after: bare.startIndex)..<end]
    } else if bare.contains("."), let colon = bare.firstIndex(of: ":"), bare[..<colon].contains(".") {
      guard isPort(bare[bare.index(after: colon)...]) else { return nil }
      bare = bare[..<colon]
    }
    return String(bare.prefix { $0 != "%" })
  }

  /// Whether it is of IPv4.
  package var isFour: Bool { high == 0 && low >> 32 == 0xffff }

  /// Whether it is of the machine itself.
  package var isLoopback: Bool { isFour ? low >> 24 & 0xff == 127 : high == 0 && low == 1 }

  /// The address with all bits but the first `length` cleared.
  ///
  /// - Parameter length: 0 to 128; that of an IPv4 network is counted from its own first bit.
  package func network(_ length: Int) -> NetworkAddress {
    let bits = min(isFour ? length + 96 : length, 128)
    let keptHigh = bits >= 64 ? UInt64.max : bits == 0 ? 0 : UInt64.max << (64 - bits)
    let keptLow = bits <= 64 ? 0 : bits >= 128 ? UInt64.max : UInt64.max << (128 - bits)
    return NetworkAddress(high: high & keptHigh, low: low & keptLow)
  }
}

extension NetworkAddress: CustomStringConvertible {
  package var description: String {
    if isFour { return (0..<4).map { "\(low >> (24 - 8 * $0) & 0xff)" }.joined(separator: ".") }
    var six = in6_addr()
    withUnsafeMutableBytes(of: &six) { bytes in
      bytes.storeBytes(of: high.bigEndian, as: UInt64.self)
      bytes.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
    }
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    inet_ntop(AF_INET6, &six, &text, socklen_t(text.count))
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

extension NetworkAddress {
  /// The addresses of a host by its name; none where nobody knows it.
  ///
  /// - Complexity: waits for the name service.
  package static func named(_ host: String) -> Set<NetworkAddress> {
    var list: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, nil, nil, &list) == 0 else { return [] }
    defer { freeaddrinfo(list) }
    var found: Set<NetworkAddress> = []
    var next = list
    while let item = next {
      var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
      if getnameinfo(
        item.pointee.ai_addr, item.pointee.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0,
        let address = NetworkAddress(
          String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
      {
        found.insert(address)
      }
      next = item.pointee.ai_next
    }
    return found
  }
}
