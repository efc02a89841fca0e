import Evaluation
import Models
import Ratings

// Forty people of two tastes, who have each rated four of five films.
let rows = (0..<40).flatMap { user in
  (0..<30).filter { film in (user * 7 + film * 3) % 5 != 0 }.map { film in
    RatingRow(user: "user \(user)", movie: "film \(film)", stars: user % 2 == film % 2 ? 5 : 2)
  }
}
let dataset = Dataset(rows)

// How accurate models are where a quarter of each user's ratings is held out.
let testCase = TestCase(dataset.holdoutPerUser(fraction: 0.25, seed: 1), of: dataset)
for name in ["biases", "als", "popularity", "ease"] {
  let type = try ModelCatalogue.model(named: name)
  let measured = try ModelEvaluation.measure(
    type, settings: ModelSettings(type.descriptor), on: [testCase], context: FitContext())
  print(name, measured.mean("rmse") ?? measured.mean("ndcg@10") ?? 0)
}

// Five films for somebody who was in no training data and likes films of even numbers.
let model = try EaseModel.fit(TrainingSet(dataset), settings: ModelSettings(EaseModel.descriptor), context: FitContext())
let likes = ["film 0", "film 2"].compactMap { dataset.movieIndex(of: SourceID($0)) }
let newcomer = model.foldIn(likes.map { MovieRating(movie: Int32($0), value: 5) })
for film in TopMovies(count: 5).lists(by: model, for: [newcomer])[0] {
  print(dataset.movies[Int(film.movie)].title, film.score)
}
