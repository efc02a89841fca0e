import Ratings
import Testing

struct SourceIDTests {
  @Test func `Numbers sort numerically and before texts`() {
    let sorted = ["b", "10", "a", "2", "007", "1", "é", "Z", "999999999999999999", "1000000000000000000"].map {
      SourceID($0)
    }.sorted()
    #expect(
      sorted.map(\.description) == [
        "1", "2", "10", "999999999999999999", "007", "1000000000000000000", "Z", "a", "b", "é",
      ])
  }

  @Test(
    "An id is a number if it is written as one",
    arguments: [("0", 0), ("7", 7), ("1234567", 1_234_567), ("999999999999999999", 999_999_999_999_999_999)])
  func numbers(text: String, number: Int64) { #expect(SourceID(text) == .number(number)) }

  @Test(
    "Everything else stays text",
    arguments: ["", "00", "007", "-1", "+1", "1.0", "1 ", "tt0114709", "1000000000000000000", "٣"])
  func texts(text: String) {
    #expect(SourceID(text) == .text(text))
    #expect(SourceID(text).description == text)
  }

  @Test func `Order and equality agree, also for texts that look alike`() {
    let composed = SourceID("caf\u{e9}")
    let decomposed = SourceID("cafe\u{301}")
    #expect(composed != decomposed)
    #expect(Set([composed, decomposed]).count == 2)
    #expect((composed < decomposed) != (decomposed < composed))
  }

  @Test func `The order is total`() {
    var random = CounterRandom(seed: 3)
    let ids = (0..<60).map { _ in
      SourceID(String((0..<random.index(below: 4)).map { _ in Array("019aAé").randomElement(using: &random) ?? "x" }))
    }
    for a in ids {
      for b in ids {
        #expect([a < b, a == b, b < a].filter { $0 }.count == 1)
        for c in ids where a < b && b < c { #expect(a < c) }
      }
    }
  }

  @Test func `The stable hash distinguishes ids and never changes`() {
    let ids = (0..<5_000).map { SourceID.number($0) } + (0..<5_000).map { SourceID.text("user \($0)") }
    #expect(Set(ids.map(\.stableHash)).count == 10_000)
    #expect(SourceID("1").stableHash == 0x910a_2dec_8902_5cc1)
  }
}
