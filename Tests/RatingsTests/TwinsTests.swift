import Ratings
import Testing

struct TwinsTests {
  private static func movie(_ id: Int, _ title: String, _ year: Int?) -> Movie {
    Movie(id: .number(Int64(id)), title: title, year: year)
  }

  @Test func `films of one title and year are twins, whatever their case and accents, and others are none`() {
    let movies = [
      Self.movie(1, "Amélie", 2001), Self.movie(2, "C#", 2001), Self.movie(3, "amelie", 2001),
      Self.movie(4, "C++", 2001), Self.movie(5, "Amélie", 2002), Self.movie(6, "Untitled", nil),
      Self.movie(7, "Untitled", nil), Self.movie(8, "月の駅", 1999), Self.movie(9, "月の駅", 1999),
      Self.movie(10, "手紙", 1999), Self.movie(11, "!!!", 1999), Self.movie(12, "???", 1999),
      Self.movie(13, "AMÉLIE", 2001), Self.movie(14, "\u{1112}\u{1161}\u{11AB}", 2003), Self.movie(15, "한", 2003),
    ]
    let twins = Twins(movies)
    #expect(twins.groups == [[0, 2, 12], [7, 8], [13, 14]] && twins.surplus == 4)
    #expect(twins.all(2) == [0, 2, 12] && twins.all(1) == [1] && twins.film(12) == 0)
    #expect(twins.once([5, 12, 8, 0, 7, 1], movie: { $0 }) == [5, 12, 8, 1])
    #expect(twins.first(2, of: [5, 12, 8, 0, 7, 1]) { $0 } == [5, 12])
    #expect(twins.first(9, of: [5, 12, 8, 0, 7, 1]) { $0 } == [5, 12, 8, 1])
    #expect(Twins.none.first(1, of: [1, 1]) { Int32($0) } == [1])
    #expect(Twins.none.isEmpty && Twins.none.once([1, 1], movie: { Int32($0) }) == [1, 1])
  }
}
