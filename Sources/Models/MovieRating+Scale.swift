import Ratings

extension [MovieRating] {
  /// The same ratings with values moved into `scale`: a newcomer's numbers come from outside.
  func within(_ scale: RatingScale) -> [MovieRating] {
    map { MovieRating(movie: $0.movie, value: scale.clamp($0.value), time: $0.time) }
  }
}
