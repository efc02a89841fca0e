import Foundation
import Platform
import Ratings
import Testing

struct NumberTests {
  static func json(_ value: Double) -> String {
    var bytes: [UInt8] = []
    bytes.append(json: value)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(arguments: [
    (0.0, "0"), (-0.0, "0"), (3.92, "3.92"), (Double(Float(3.92)), "3.92"), (0.00004, "0"), (0.00005, "0.0001"),
    (-1.5, "-1.5"), (-0.00001, "0"), (12345.6789, "12345.6789"), (1.0, "1"), (0.1 + 0.2, "0.3"), (.nan, "null"),
    (.infinity, "null"), (1e20, "1e+20"),
  ]) func `a number has up to four decimals and no locale`(value: Double, text: String) {
    #expect(Self.json(value) == text)
  }

  @Test func `random numbers parse back to within half of the last decimal`() throws {
    var random = CounterRandom(seed: 5, stream: 1)
    for _ in 0..<2000 {
      let value = (random.uniform() - 0.5) * 2000
      let parsed = try #require(Double(Self.json(value)))
      #expect(abs(parsed - value) <= 0.000_050_1)
    }
  }
}
