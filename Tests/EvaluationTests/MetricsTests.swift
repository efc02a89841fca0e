import Evaluation
import Testing

@Suite struct `Metrics against values worked by hand` {
  @Test func `RMSE and MAE of errors 1, 0 and -2`() {
    let metrics = RatingMetrics(predicted: [4, 3, 1], given: [3, 3, 3])
    #expect(abs(metrics.rmse - (5.0 / 3).squareRoot()) < 1e-12)
    #expect(metrics.mae == 1)
    #expect(metrics.count == 3)
  }

  @Test func `no ratings give zeros and not NaN`() {
    let metrics = RatingMetrics(predicted: [], given: [])
    #expect(metrics.rmse == 0 && metrics.mae == 0)
  }

  @Test func `hits at ranks 1 and 3 of 3, two relevant`() {
    let metrics = RankingMetrics(lists: [[7, 8, 9]], relevant: [[7, 9]], k: 3, movieCount: 10)
    // (1 + 1/2) / (1 + 1/log2(3))
    #expect(abs(metrics.ndcg - 1.5 / (1 + 1 / 1.584_962_500_721_156)) < 1e-12)
    #expect(abs(metrics.precision - 2.0 / 3) < 1e-12)
    #expect(metrics.recall == 1)
    #expect(metrics.hitRate == 1)
    #expect(abs(metrics.coverage - 0.3) < 1e-12)
  }

  @Test func `recall divides by all relevant movies, also when they are more than k`() {
    let metrics = RankingMetrics(lists: [[1, 2]], relevant: [[1, 2, 3, 4]], k: 2, movieCount: 4)
    #expect(metrics.recall == 0.5)
    #expect(metrics.ndcg == 1)
  }

  @Test func `users without a test movie do not count`() {
    let metrics = RankingMetrics(lists: [[1], [2]], relevant: [[1], []], k: 1, movieCount: 3)
    #expect(metrics.userCount == 1)
    #expect(metrics.precision == 1)
    #expect(abs(metrics.coverage - 1.0 / 3) < 1e-12)
  }

  @Test func `nobody to measure gives zeros and not NaN`() {
    let metrics = RankingMetrics(lists: [], relevant: [], k: 10, movieCount: 0)
    #expect(metrics.ndcg == 0 && metrics.coverage == 0 && metrics.userCount == 0)
  }
}
