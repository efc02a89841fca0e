import Ratings

extension DatasetBuilder {
  /// Ends a data set whose ratings begin at row `first`, and the files of the report at `firstFile`: places pending films
  /// and widens the scale.
  mutating func finishSource(_ format: IngestFormat, rowsFrom first: Int, filesFrom firstFile: Int) {
    for (movie, columns) in pending.genreColumns {
      let names = columns.compactMap { pending.genreNames[$0] ?? Self.standardGenres[$0] }.filter { $0 != "unknown" }
      catalogue.updateMovie(movie) { if !names.isEmpty { $0.genres = names } }
    }
    for (tag, text) in pending.tags {
      guard let text = pending.tagTexts[text], !text.isEmpty else { continue }
      tags.append(Tag(user: tag.user, movie: tag.movie, text: text, time: tag.time))
    }
    placeMetadata()
    pending = Pending()
    let community = entries.filter { $0.isOfMany && $0.file >= firstFile }.flatMap { $0.rows.map(\.rating) }
    // The owner's declaration applies to each file.
    if declared != nil || (rowCount == first && community.isEmpty) { return }
    let values = values(from: first)
    widen(scale(of: format, community.isEmpty ? values : values + community))
  }

  /// Widens the scale to include the ratings of another one.
  mutating func widen(_ scale: RatingScale) { self.scale = self.scale.map { $0.union(scale) } ?? scale }

  /// The genres of MovieLens 100k, should `u.genre` be missing.
  private static let standardGenres: [Int: String] = Dictionary(
    uniqueKeysWithValues: zip(
      0...,
      [
        "unknown", "Action", "Adventure", "Animation", "Children's", "Comedy", "Crime", "Documentary", "Drama",
        "Fantasy", "Film-Noir", "Horror", "Musical", "Mystery", "Romance", "Sci-Fi", "Thriller", "War", "Western",
      ]))

  private func scale(of format: IngestFormat, _ values: ArraySlice<Float>) -> RatingScale {
    switch format {
    case .movieLens100k, .netflixPrize: .wholeStars.union(RatingScale(fitting: values))
    case .movieLens1M: RatingScale(fitting: values).step < 1 ? .halfStars : .wholeStars
    case .movieLensCSV, .hetRec2011: RatingScale(fitting: values).isLikes ? .likes : .halfStars
    case .movieTweetings: RatingScale(minimum: 0, maximum: 10, step: 1)
    default: RatingScale(fitting: values)
    }
  }
}

extension RatingScale {
  /// The scale that includes the ratings of both.
  func union(_ other: RatingScale) -> RatingScale {
    RatingScale(
      minimum: Swift.min(minimum, other.minimum), maximum: Swift.max(maximum, other.maximum),
      step: Swift.min(step, other.step))
  }
}
