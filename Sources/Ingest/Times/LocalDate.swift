/// A date in a local or program-specific format: "13.01.2021", "1/13/2021 03:43:31 PM", "12 Oct 2023",
/// "Thu Oct 12 2023 10:10:38 GMT+0000 (UTC)", "20181229T004242Z".
struct LocalDate: Equatable {
  /// Seconds since 1970 if the day comes before the month; nil if that is not a date.
  var dayFirst: UInt32?
  /// Seconds since 1970 if the month comes before the day.
  var monthFirst: UInt32?
  /// The order suggested by the punctuation if both are dates: dots and dashes mean the day first, and a 12-hour clock the month first.
  var customary: Order?

  enum Order { case dayFirst, monthFirst }

  /// The only possible time; nil if the column has to decide.
  var certain: UInt32? {
    switch (dayFirst, monthFirst) {
    case (let time?, nil), (nil, let time?): time
    case (let first?, let second?): first == second ? first : nil
    case (nil, nil): nil
    }
  }

  /// Nil if it is not a date between 1970 and 2106.
  init?(_ text: String) {
    var reader = LocalDateReader(text)
    guard reader.read() else { return nil }
    let seconds = reader.secondsOfDay - reader.offset
    func time(_ year: Int, _ month: Int, _ day: Int) -> UInt32? {
      Bytes.daysSince1970(year: year, month: month, day: day).flatMap { UInt32(exactly: $0 * 86_400 + seconds) }
    }
    let numbers = reader.numbers
    if let month = reader.month {
      guard numbers.count == 2 else { return nil }
      let (day, year) = numbers[0].digits == 4 ? (numbers[1], numbers[0]) : (numbers[0], numbers[1])
      dayFirst = time(year.asYear, month, day.value)
    } else {
      guard numbers.count == 3 else { return nil }
      if numbers[0].digits == 4 {
        dayFirst = time(numbers[0].value, numbers[1].value, numbers[2].value)
      } else {
        let year = numbers[2].asYear
        dayFirst = time(year, numbers[1].value, numbers[0].value)
        if reader.mark != UInt8(ascii: ".") { monthFirst = time(year, numbers[0].value, numbers[1].value) }
        customary = reader.isTwelveHours ? .monthFirst : reader.mark == UInt8(ascii: "-") ? .dayFirst : nil
      }
    }
    if dayFirst == nil, monthFirst == nil { return nil }
  }
}

/// Parses the text of a date.
private struct LocalDateReader {
  struct Number {
    let value: Int
    let digits: Int

    /// Two digits mean a year from 1970 to 2069.
    var asYear: Int { digits > 2 ? value : value < 70 ? 2_000 + value : 1_900 + value }
  }

  private let bytes: [UInt8]
  private var index = 0
  /// The numbers of the date, in order.
  private(set) var numbers: [Number] = []
  private(set) var month: Int?
  /// The separator after the first number.
  private(set) var mark: UInt8 = 0
  private(set) var secondsOfDay = 0
  private(set) var offset = 0
  private(set) var isTwelveHours = false
  private var hasTime = false

  init(_ text: String) {
    let plain = text.lowercased()
    // "(Coordinated Universal Time)" repeats the offset.
    bytes = Array((plain.firstIndex(of: "(").map { plain[..<$0] } ?? plain[...]).utf8)
  }

  private var byte: UInt8 { index < bytes.count ? bytes[index] : 0 }

  private mutating func digits() -> Number {
    let start = index
    var value = 0
    while index < bytes.count, Bytes.isDigit(bytes[index]) {
      if index - start < 18 { value = value * 10 + Int(bytes[index] - 0x30) }
      index += 1
    }
    return Number(value: value, digits: index - start)
  }

  mutating func read() -> Bool {
    guard bytes.count <= 64 else { return false }
    while index < bytes.count {
      if Bytes.isDigit(byte) {
        guard number() else { return false }
      } else if hasTime, byte == 0x2b || byte == 0x2d {
        guard zone() else { return false }
      } else if byte >= 0x80 || 0x61...0x7a ~= byte {
        guard word() else { return false }
      } else {
        index += 1
      }
    }
    return true
  }

  private mutating func number() -> Bool {
    let number = digits()
    if byte == 0x3a { return time(hour: number) }
    if numbers.isEmpty, number.digits == 8 || number.digits == 12 || number.digits == 14 { return compact(number) }
    guard number.digits <= 4, numbers.count < 3, !hasTime || number.digits == 4 else { return false }
    if numbers.isEmpty { mark = byte }
    numbers.append(number)
    return true
  }

  /// `20181229`, `20181229T0042`, `20181229004242`.
  private mutating func compact(_ number: Number) -> Bool {
    var rest = number.value
    var clock = 0
    if number.digits > 8 {
      let hasSeconds = number.digits == 14
      clock = hasSeconds ? rest % 1_000_000 : rest % 10_000 * 100
      rest /= hasSeconds ? 1_000_000 : 10_000
      guard setClock(clock) else { return false }
    } else if byte == 0x74 {
      index += 1
      let time = digits()
      guard time.digits == 6 || time.digits == 4 else { return false }
      clock = time.digits == 6 ? time.value : time.value * 100
      guard setClock(clock) else { return false }
    }
    numbers = [
      Number(value: rest / 10_000, digits: 4), Number(value: rest / 100 % 100, digits: 2),
      Number(value: rest % 100, digits: 2),
    ]
    return true
  }

  private mutating func setClock(_ clock: Int) -> Bool {
    let (hour, minute, second) = (clock / 10_000, clock / 100 % 100, clock % 100)
    guard hour < 25, minute < 60, second <= 60 else { return false }
    secondsOfDay = hour * 3_600 + minute * 60 + second
    hasTime = true
    return true
  }

  private mutating func time(hour: Number) -> Bool {
    index += 1
    let minute = digits()
    var second = 0
    if byte == 0x3a {
      index += 1
      second = digits().value
    }
    if byte == 0x2e || byte == 0x2c {
      index += 1
      _ = digits()
    }
    guard minute.digits == 2 else { return false }
    return setClock(hour.value * 10_000 + minute.value * 100 + second)
  }

  /// `+02:00`, `+0200`, `+02`.
  private mutating func zone() -> Bool {
    let isWest = byte == 0x2d
    index += 1
    let hours = digits()
    var minutes = 0
    var hour = hours.value
    if hours.digits == 4 {
      (hour, minutes) = (hours.value / 100, hours.value % 100)
    } else if byte == 0x3a {
      index += 1
      minutes = digits().value
    }
    guard (1...4).contains(hours.digits), hour < 24, minutes < 60 else { return false }
    offset = (isWest ? -1 : 1) * (hour * 3_600 + minutes * 60)
    return true
  }

  /// The name of a month, AM or PM, or something to ignore, such as a day of the week.
  private mutating func word() -> Bool {
    let start = index
    while index < bytes.count, bytes[index] >= 0x80 || 0x61...0x7a ~= bytes[index] { index += 1 }
    let word = String(decoding: bytes[start..<index], as: UTF8.self)
    if hasTime, word == "am" || word == "pm" {
      let hour = secondsOfDay / 3_600
      guard (1...12).contains(hour) else { return hour == 0 || hour < 24 }
      isTwelveHours = true
      secondsOfDay += word == "pm" ? (hour == 12 ? 0 : 43_200) : (hour == 12 ? -43_200 : 0)
      return true
    }
    let months = FormatKnowledge.known.months
    // Hebrew puts "in" before the month.
    let name = months[word] != nil ? word : String(word.drop { $0 == "ב" })
    if let number = months[name] {
      guard month == nil else { return false }
      month = number
    }
    return true
  }
}
