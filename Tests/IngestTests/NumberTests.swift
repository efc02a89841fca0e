import Ingest
import Ratings
import Testing

struct NumberTests {
  private func decimal(_ text: String, comma: Bool = false) -> Double? {
    let bytes = Array(text.utf8)
    return Bytes.decimal(bytes.span, bytes.indices, decimalComma: comma)
  }

  private func time(_ text: String) -> UInt32? {
    let bytes = Array(text.utf8)
    return Bytes.time(bytes.span, bytes.indices)
  }

  @Test("Decimal numbers are read as Swift reads them", arguments: 0..<40)
  func decimals(round: Int) {
    var random = CounterRandom(seed: 7, stream: UInt64(round))
    for _ in 0..<500 {
      let whole = random.index(below: 2_000)
      let fraction = String(random.index(below: 1_000_000)).prefix(random.index(below: 6) + 1)
      let sign = ["", "-", "+"][random.index(below: 3)]
      let exponent = ["", "e2", "E-3", "e+1"][random.index(below: 4)]
      let text = "\(sign)\(whole).\(fraction)\(exponent)"
      let expected = Double(text)
      let read = decimal(text)
      #expect(read.map { Float($0) } == expected.map { Float($0) }, "\(text)")
    }
  }

  @Test(
    "What is no finite number is none",
    arguments: [
      "", "nan", "NaN", "inf", "-inf", "infinity", "0x10", "1e", "1e+", "e5", ".", "-", "+", "--1", "1.2.3", "4 5",
      "1,5",
      "five", "4.0x", "1e999", "1e9999999999",
    ])
  func noNumbers(text: String) { #expect(decimal(text) == nil) }

  @Test func `Odd ways to write a number are fine`() {
    #expect(decimal("4.") == 4)
    #expect(decimal(".5") == 0.5)
    #expect(decimal("0003.50") == 3.5)
    #expect(decimal("3,5", comma: true) == 3.5)
    #expect(decimal("3.0000000000000000000000000000001") == 3)
    #expect(decimal("100000000000000000000") == 1e20)
    #expect(decimal("1e-400") == 0)
  }

  @Test(
    "Times are seconds, milliseconds or dates",
    arguments: [
      ("", 0), ("0", 0), ("964982703", 964_982_703), ("964982703.75", 964_982_703), ("9.64982703E8", 964_982_703),
      ("1162168980000", 1_162_168_980), ("1162168980000123", 1_162_168_980), ("1162168980000123456", 1_162_168_980),
      ("4294967295", 4_294_967_295), ("2005-09-06", 1_125_964_800),
      ("2005-09-06 12:34", 1_126_010_040), ("2005-09-06T12:34:56Z", 1_126_010_096),
      ("2005-09-06T12:34:56.789+02:00", 1_126_002_896), ("2005-09-06 12:34:56 UTC", 1_126_010_096),
      ("2005-09-06 12:34:56-0130", 1_126_015_496), ("2000-02-29", 951_782_400), ("1970-01-01", 0),
      ("2005/09/06", 1_125_964_800), ("2005-9-6", 1_125_964_800),
    ] as [(String, UInt32)])
  func times(text: String, seconds: UInt32) { #expect(time(text) == seconds) }

  @Test(
    "What is no time is none",
    arguments: [
      "yesterday", "-5", "1969-12-31", "2001-02-29", "2005-13-01", "2005-00-01", "2005-01-32", "2005-09-06T",
      "4294967296",
      "2005-09-06T25:00", "2005-09-06T12", "2005-09-06T12:34:56+", "2005-09-06x", "12/31/2005", "2005-09", "9999-01-01",
      "999999999999999999999", "nan", "2005-09-06T12:34:56.",
    ])
  func noTimes(text: String) { #expect(time(text) == nil) }
}
