import Pipeline
import Ratings
import Testing

@Suite struct `What is told of the data` {
  @Test func `the scale that was taken`() {
    #expect(
      DataSource.words(of: .halfStars).hasPrefix(
        "the ratings are taken for a scale from 0.5 to 5 in steps of 0.5, the highest being the best"))
    #expect(
      DataSource.words(of: .halfStars, declared: DeclaredScale(.points(minimum: 0.5, maximum: 5, step: 0.5)))
        .hasSuffix(", as “scale” in site.yaml says"))
    #expect(DataSource.words(of: .likes).contains("likes, 1 for liked and 0 for not"))
    #expect(
      DataSource.words(of: RatingScale(minimum: 0, maximum: 100, step: 1)).contains("from 0 to 100 in steps of 1"))
  }

  @Test func `films under two ids, but no others of the same words`() {
    func movie(_ id: Int, _ title: String, _ year: Int?) -> Movie {
      var movie = Movie(id: .number(Int64(id)), title: title)
      movie.year = year
      return movie
    }
    let movies = [
      movie(1, "Heat", 1995), movie(2, "Heat", 1986), movie(3, "C#", 2001), movie(4, "C++", 2001),
      movie(5, "Маяк", 1979), movie(6, "Другой", 1979), movie(7, "Untitled", nil), movie(8, "Untitled", nil),
    ]
    #expect(DataSource.twins(of: movies) == nil)
    let twins = DataSource.twins(of: movies + [movie(9, "Heat", 1995), movie(10, "Маяк", 1979)])
    #expect(twins?.hasPrefix("2 films stand in the data under more than one id") == true)
    #expect(twins?.hasSuffix(": “Heat” (1995): 1, 9; “Маяк” (1979): 5, 10") == true)
  }
}
