package import LinearAlgebra
package import Models
package import Ratings

/// The fitted models that a fold-in needs.
package struct FoldInModels: Sendable {
  /// The list models by name.
  package var lists: [String: any Recommender]
  package var stars: NamedModel

  package init(lists: [String: any Recommender], stars: NamedModel) {
    self.lists = lists
    self.stars = stars
  }
}

extension Precomputed {
  /// This artefact updated with ratings that came after its models were fitted: the lists of users whose
  /// ratings changed are made by fold-in, statistics and charts are counted again, and the models, the similar
  /// movies and everybody else's lists stay.
  ///
  /// - Parameters:
  ///   - dataset: the current data, with the movies of the artefact.
  ///   - training: all its ratings.
  ///   - earlier: for each user of `dataset` the index here of the user with the same ratings, or -1.
  ///   - earlierUsers: for each user here the index in `dataset`, or -1.
  /// - Complexity: O(ratings) and a fold-in for each user without an earlier index.
  package func foldingIn(
    _ dataset: Dataset, training: TrainingSet, earlier: [Int32], earlierUsers: [Int32], models: FoldInModels,
    includesSeen: Bool, threads: ThreadCount
  ) -> Precomputed {
    var result = Precomputed(scale: dataset.scale, users: dataset.users, movies: dataset.movies)
    result.ratingCount = training.ratingCount
    result.movieStatistics = RatingStatistics.rows(of: training.byMovie, scale: dataset.scale, threads: threads)
    result.userStatistics = RatingStatistics.rows(of: training.byUser, scale: dataset.scale, threads: threads)
    result.movieTags = MovieTags.mostUsed(dataset.tags, movieCount: dataset.movies.count)
    result.favourites = Self.favourites(training, statistics: result.movieStatistics, threads: threads)
    result.similar = similar
    result.models = self.models
    result.interval = interval
    result.tasteMap = tasteMap
    result.genreSimilarity = genreSimilarity
    result.similarMeasure = similarMeasure
    result.alsoSimilar = alsoSimilar
    result.kin = kin
    result.browser = browser
    result.discoveries = discoveries
    (result.charts, result.tastes) = threads.both(
      { [statistics = result.movieStatistics] in Chart.all(movies: dataset.movies, statistics: statistics) },
      { UserTastes(training, films: FilmTraits(training), threads: threads) })
    for user in dataset.users.indices {
      // A member whose ratings changed keeps the previous similar users until the next training.
      let before = earlier[user] >= 0 ? Int(earlier[user]) : earlierUsers.firstIndex(of: Int32(user))
      guard let before, before < similarUsers.rowCount else {
        result.similarUsers.appendRow([])
        result.peopleSimilarities.appendRow([])
        continue
      }
      let friends = similarUsers[before].compactMap { friend -> SimilarUser? in
        let now = earlierUsers[Int(friend.user)]
        return now >= 0 ? SimilarUser(user: now, similarity: friend.similarity) : nil
      }
      result.similarUsers.appendRow(friends)
      let isWhole = friends.count == similarUsers[before].count && before < peopleSimilarities.rowCount
      result.peopleSimilarities.appendRow(isWhole ? Array(peopleSimilarities[before]) : [])
    }
    let changed = dataset.users.indices.filter { earlier[$0] < 0 }
    let maker = ListMaker(newcomersOf: result, stars: models.stars, count: Self.listLength, includesSeen: includesSeen)
    result.lists = lists.map { list in
      let made = models.lists[list.model].map { model in
        threads.map(changed.count) { index in
          maker.list(by: NamedModel(name: list.model, model: model), newcomer: training.ratings(ofUser: changed[index]))
        }
      }
      return list.rearranged(earlier, replacing: made ?? [])
    }
    if let browser, let unusual, result.hasUnusual {
      let made = threads.map(changed.count) { index in
        maker.unusual(by: browser, newcomers: [training.ratings(ofUser: changed[index])])
      }
      result.unusual = unusual.rearranged(earlier, replacing: made)
    }
    return result
  }
}

extension RecommendationList {
  /// The lists in a different order of users.
  ///
  /// - Parameters:
  ///   - earlier: for each user the row here, or -1 for the next of `replacements`.
  ///   - replacements: lists of one user each; when they run out, users have empty lists.
  func rearranged(_ earlier: [Int32], replacing replacements: [RecommendationList]) -> RecommendationList {
    var entries = Ragged<Recommendation>()
    var reasons = Ragged<Reason>()
    var next = 0
    for row in earlier {
      let source = row >= 0 ? self : next < replacements.count ? replacements[next] : nil
      if row < 0 { next += 1 }
      guard let source else {
        entries.appendRow([])
        continue
      }
      let position = row >= 0 ? Int(row) : 0
      guard position < source.entries.rowCount else {
        entries.appendRow([])
        continue
      }
      entries.appendRow(source.entries[position])
      for entry in source.entries.offsets[position]..<source.entries.offsets[position + 1] {
        reasons.appendRow(source.reasons[entry])
      }
    }
    return RecommendationList(model: model, starsModel: starsModel, entries: entries, reasons: reasons)
  }
}
