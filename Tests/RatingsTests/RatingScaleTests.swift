import Ratings
import Testing

struct RatingScaleTests {
  @Test(
    "A scale fits its values",
    arguments: [
      ([1, 5, 3], 1, 5, 1), ([2, 3], 1, 5, 1), ([0, 5], 0, 5, 1), ([0.5, 4], 0.5, 5, 0.5), ([1.5, 3], 0.5, 5, 0.5),
      ([0, 2.5], 0, 5, 0.5), ([1, 10], 1, 10, 1), ([0, 10], 0, 10, 1), ([0.5, 9], 0, 10, 0.5), ([1.5, 9], 1, 10, 0.5),
      ([7, 85], 0, 100, 1), ([0.7, 4.2], 0.5, 5, 0.1), ([0.3, 4.2], 0.3, 5, 0.1), ([-10, 10], -10, 10, 1),
      ([0, 400], 0, 400, 20), ([], 1, 5, 1),
    ] as [([Float], Float, Float, Float)])
  func fits(values: [Float], minimum: Float, maximum: Float, step: Float) {
    #expect(RatingScale(fitting: values[...]) == RatingScale(minimum: minimum, maximum: maximum, step: step))
  }

  @Test("Every value lies within the scale that fits", arguments: 0..<50)
  func holds(round: Int) {
    var random = CounterRandom(seed: 11, stream: UInt64(round))
    let width = [5.0, 10, 100, 1_000][random.index(below: 4)]
    let values = (0..<20).map { _ in Float(random.uniform() * width - (round % 3 == 0 ? width / 2 : 0)) }
    let scale = RatingScale(fitting: values[...])
    #expect(values.allSatisfy { (scale.minimum...scale.maximum).contains($0) })
    #expect(scale.levelCount >= 1)
  }

  @Test(
    "Levels and values are each other's inverse",
    arguments: [
      RatingScale.wholeStars, .halfStars, RatingScale(minimum: 0, maximum: 10, step: 1),
      RatingScale(minimum: 0.5, maximum: 5, step: 0.1),
    ])
  func levels(scale: RatingScale) {
    for level in 0..<scale.levelCount { #expect(scale.level(of: scale.value(ofLevel: level)) == level) }
    #expect(scale.level(of: scale.maximum + 7) == scale.levelCount - 1)
    #expect(scale.level(of: scale.minimum - 7) == 0)
  }

  @Test func `Clamping keeps within the scale, whatever comes`() {
    let scale = RatingScale.halfStars
    #expect(scale.clamp(3.2) == 3.2)
    #expect(scale.clamp(9) == 5 && scale.clamp(-.infinity) == 0.5 && scale.clamp(.infinity) == 5)
    #expect(scale.clamp(.nan) == 2.75)
  }

  @Test func `Star scales have their customary levels`() {
    #expect(RatingScale.wholeStars.levelCount == 5 && RatingScale.halfStars.levelCount == 10)
    #expect(RatingScale(fitting: [3, 3]).levelCount == 5)
    #expect(RatingScale(minimum: 2, maximum: 2, step: 0).levelCount == 1)
  }
}
