import Platform

extension Bytes {
  /// Seconds since 1970: whole or decimal seconds, milli-, micro- or nanoseconds (recognized by their size), or an ISO 8601
  /// date with or without a time of day (in UTC unless an offset is given). Nothing at all is 0.
  ///
  /// - Returns: nil for anything else, and for times before 1970 or after 2106.
  package static func time(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt32? {
    if range.isEmpty { return 0 }
    if let seconds = digits(bytes, range) { return seconds32(seconds) }
    if range.count >= 8, bytes[range.lowerBound + 4] == 0x2d || bytes[range.lowerBound + 4] == 0x2f {
      return date(bytes, range)
    }
    guard let value = decimal(bytes, range, decimalComma: true), value >= 0, value < 9e18 else { return nil }
    return seconds32(Int64(value))
  }

  private static func seconds32(_ number: Int64) -> UInt32? {
    switch number {
    // Written as `202009131226`; as milliseconds they were in 1976.
    case 197_001_010_000..<210_100_000_000: nil
    case ..<100_000_000_000: UInt32(exactly: number)
    case ..<100_000_000_000_000: UInt32(exactly: number / 1_000)
    case ..<100_000_000_000_000_000: UInt32(exactly: number / 1_000_000)
    default: UInt32(exactly: number / 1_000_000_000)
    }
  }

  /// `2005-09-06`, `2005-09-06 12:34`, `2005-09-06T12:34:56.789Z`, `…+02:00`.
  private static func date(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt32? {
    var index = range.lowerBound
    let end = range.upperBound
    /// The next one to `most` digits.
    func number(_ most: Int) -> Int? {
      let start = index
      while index < end, index - start < most, isDigit(bytes[index]) { index += 1 }
      return digits(bytes, start..<index).map(Int.init)
    }
    func skip(_ byte: UInt8) -> Bool {
      guard index < end, bytes[index] == byte else { return false }
      index += 1
      return true
    }
    let separator = bytes[range.lowerBound + 4]
    guard let year = number(4), skip(separator), let month = number(2), skip(separator), let day = number(2),
      let days = daysSince1970(year: year, month: month, day: day)
    else { return nil }
    var seconds = days * 86_400
    if index < end {
      guard skip(0x54) || skip(0x74) || skip(0x20) else { return nil }
      guard let hour = number(2), hour < 25, skip(0x3a), let minute = number(2), minute < 60 else { return nil }
      seconds += hour * 3_600 + minute * 60
      if skip(0x3a) {
        guard let second = number(2), second <= 60 else { return nil }
        seconds += second
        if skip(0x2e) || skip(0x2c) {
          guard number(18) != nil else { return nil }
        }
      }
      _ = skip(0x20)
      if skip(0x5a) || skip(0x7a) {
      } else if index + 3 <= end, end - index >= 3, bytes.extracting(index..<end).hasASCIIPrefix("UTC") {
        index += 3
      } else if index < end {
        let isWest = bytes[index] == 0x2d
        guard skip(0x2b) || skip(0x2d), let hours = number(2), hours < 24 else { return nil }
        _ = skip(0x3a)
        let minutes = index < end ? number(2) : 0
        guard let minutes, minutes < 60 else { return nil }
        seconds -= (isWest ? -1 : 1) * (hours * 3_600 + minutes * 60)
      }
    }
    return index == end ? UInt32(exactly: seconds) : nil
  }

  /// Days from 1970-01-01 to a date of the Gregorian calendar; nil if there is no such day.
  static func daysSince1970(year: Int, month: Int, day: Int) -> Int? {
    guard (0...9_999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = month == 2 ? (isLeap ? 29 : 28) : 30 + (month + month >> 3) & 1
    guard day <= lengths else { return nil }
    return CivilDate(year: year, month: month, day: day).daysSince1970
  }
}

extension Span<UInt8> {
  /// Whether the bytes begin with `prefix`.
  func hasASCIIPrefix(_ prefix: StaticString) -> Bool {
    guard count >= prefix.utf8CodeUnitCount else { return false }
    var index = 0
    return prefix.withUTF8Buffer { wanted in
      for byte in wanted {
        if self[index] != byte { return false }
        index += 1
      }
      return true
    }
  }
}
