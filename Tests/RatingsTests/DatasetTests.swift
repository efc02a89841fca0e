import Ratings
import Testing

struct DatasetTests {
  @Test func `Users and movies are found by their ids`() {
    let dataset = SplitTests.dataset()
    for (index, user) in dataset.users.enumerated() { #expect(dataset.userIndex(of: user.id) == index) }
    for (index, movie) in dataset.movies.enumerated() { #expect(dataset.movieIndex(of: movie.id) == index) }
    #expect(dataset.userIndex(of: .number(0)) == nil && dataset.userIndex(of: .text("x")) == nil)
    #expect(Dataset().movieIndex(of: .number(1)) == nil)
  }

  @Test func `All ratings are those for training and for validation in order`() {
    var dataset = SplitTests.dataset()
    let all = dataset.ratings
    dataset.ratings = all.selecting((0..<all.count).filter { $0 % 3 != 0 })
    dataset.validation = all.selecting((0..<all.count).filter { $0 % 3 == 0 })
    #expect(dataset.allRatings == all)
    #expect(dataset.invariantViolations.isEmpty)
  }

  @Test func `A sound data set violates nothing, and each flaw is seen`() {
    let sound = SplitTests.dataset()
    #expect(sound.invariantViolations.isEmpty)
    let flaws: [(inout Dataset) -> Void] = [
      { $0.users.swapAt(0, 1) }, { $0.movies.append($0.movies[0]) }, { $0.scale.maximum = 4 },
      { $0.ratings = $0.ratings.selecting([1, 0]) }, { $0.ratings = $0.ratings.selecting([0, 0]) },
      { $0.validation = $0.ratings.selecting([5]) }, { $0.movies.removeLast() },
      { $0.tags = [Tag(user: -2, movie: 0, text: "a", time: 0)] },
      { $0.tags = [Tag(user: -1, movie: 99, text: "a", time: 0)] },
      { $0.tags = [Tag(user: 0, movie: 0, text: "b", time: 0), Tag(user: 0, movie: 0, text: "a", time: 0)] },
      { $0.ratings.append(user: 39, movie: 29, value: .nan, time: 0) },
    ]
    for (number, flaw) in flaws.enumerated() {
      var dataset = sound
      flaw(&dataset)
      #expect(!dataset.invariantViolations.isEmpty, "flaw \(number)")
    }
  }

  @Test func `Decades begin with a zero`() {
    #expect(Movie(id: .number(1), title: "", year: 1999).decade == 1990)
    #expect(Movie(id: .number(1), title: "", year: 2000).decade == 2000)
    #expect(Movie(id: .number(1), title: "").decade == nil)
  }
}
