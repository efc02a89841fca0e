/// Lines of only numbers and single separators, such as `17,4306,4.5,1260759144`, read in one pass.
///
/// A line with anything else (spaces, quotation marks, signs, an empty field, a rating out of range) is left to
/// `Fields` and its readers: the numbers are the same, and they describe bad lines.
struct PlainRow {
  /// The numbers of a line; `movie` is 0 if there is no such column.
  struct Values: Equatable {
    var user: Int64 = 0
    var movie: Int64 = 0
    var rating: Float = 0
    var time: UInt32 = 0
  }

  enum Column { case user, movie, rating, time }

  private let columns: [Column]
  private let separator: UInt8
  private let ratings: ClosedRange<Float>

  init(_ columns: [Column], separator: UInt8, ratings: ClosedRange<Float>) {
    (self.columns, self.separator, self.ratings) = (columns, separator, ratings)
  }

  /// Nil if the table has unused columns in between, or separators of two bytes.
  init?(_ columns: Columns, ratings: ClosedRange<Float>) {
    guard case .byte(let separator, _) = columns.separator else { return nil }
    var order: [Int: Column] = [columns.user: .user, columns.movie: .movie, columns.rating: .rating]
    switch columns.time {
    case .none: break
    case .column(let column): order[column] = .time
    case .parts: return nil
    }
    let inOrder = (0..<columns.needed).compactMap { order[$0] }
    guard inOrder.count == columns.needed, inOrder.count == order.count else { return nil }
    self.init(inOrder, separator: separator, ratings: ratings)
  }

  /// The numbers of `line`; nil if it is not plain.
  @inline(__always)
  func values(_ line: Span<UInt8>) -> Values? {
    var values = Values()
    var position = 0
    for (index, column) in columns.enumerated() {
      if index > 0 {
        guard position < line.count, line[position] == separator else { return nil }
        position += 1
      }
      switch column {
      case .user:
        guard let id = Self.id(line, &position) else { return nil }
        values.user = id
      case .movie:
        guard let id = Self.id(line, &position) else { return nil }
        values.movie = id
      case .rating:
        guard let rating = rating(line, &position) else { return nil }
        values.rating = rating
      case .time:
        guard let time = Self.time(line, &position) else { return nil }
        values.time = time
      }
    }
    return position == line.count || line[position] == separator ? values : nil
  }

  /// Digits from `position` on, which moves past them, and their count.
  @inline(__always)
  private static func digits(_ line: Span<UInt8>, _ position: inout Int, most: Int) -> (number: Int64, count: Int) {
    let start = position
    let end = min(line.count, position + most)
    var number: Int64 = 0
    while position < end {
      let digit = line[position] &- 0x30
      guard digit < 10 else { break }
      number = number &* 10 &+ Int64(digit)
      position += 1
    }
    return (number, position - start)
  }

  /// A number without leading zeros: with them it is a text.
  @inline(__always)
  private static func id(_ line: Span<UInt8>, _ position: inout Int) -> Int64? {
    let start = position
    let (number, count) = digits(line, &position, most: 18)
    return count > 0 && (count == 1 || line[start] != 0x30) ? number : nil
  }

  @inline(__always)
  private func rating(_ line: Span<UInt8>, _ position: inout Int) -> Float? {
    let (whole, count) = Self.digits(line, &position, most: 6)
    guard count > 0 else { return nil }
    var value = Double(whole)
    if position < line.count, line[position] == 0x2e {
      position += 1
      let (fraction, places) = Self.digits(line, &position, most: 6)
      guard places > 0 else { return nil }
      var power = 1.0
      for _ in 0..<places { power *= 10 }
      value = (value * power + Double(fraction)) / power
    }
    let rating = Float(value)
    return ratings.contains(rating) ? rating : nil
  }

  /// Seconds since 1970, or a date as in `2005-09-06`.
  @inline(__always)
  private static func time(_ line: Span<UInt8>, _ position: inout Int) -> UInt32? {
    let (number, count) = digits(line, &position, most: 11)
    guard count > 0 else { return nil }
    guard count == 4, position < line.count, line[position] == 0x2d else { return UInt32(exactly: number) }
    guard position + 6 <= line.count, line[position + 3] == 0x2d else { return nil }
    position += 1
    let month = digits(line, &position, most: 2)
    position += 1
    let day = digits(line, &position, most: 2)
    guard month.count == 2, day.count == 2,
      let days = Bytes.daysSince1970(year: Int(number), month: Int(month.number), day: Int(day.number))
    else { return nil }
    return UInt32(exactly: days * 86_400)
  }
}
