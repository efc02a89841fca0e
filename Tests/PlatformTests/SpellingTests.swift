import Platform
import Testing

@Suite struct SpellingTests {
  @Test func `The nearest candidate is suggested`() {
    let names = ["biases", "als", "slope-one", "popularity"]
    #expect(Spelling.nearest(to: "baises", among: names) == "biases")
    #expect(Spelling.nearest(to: "ALS", among: names) == "als")
    #expect(Spelling.nearest(to: "popularty", among: names) == "popularity")
    #expect(Spelling.nearest(to: "something else", among: names) == nil)
    #expect(
      Spelling.distance("", "abc") == 3 && Spelling.distance("abc", "") == 3 && Spelling.distance("ab", "ba") == 1)
    #expect(Spelling.distance("kitten", "sitting") == 3)
  }

  @Test func `a word without common letters is not suggested`() {
    #expect(Spelling.nearest(to: "ab", among: ["xy"]) == nil)
    #expect(Spelling.nearest(to: "ab", among: ["ba"]) == "ba")
  }
}
