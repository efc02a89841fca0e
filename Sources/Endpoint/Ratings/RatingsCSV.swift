import Platform
import Ratings
import Store

/// A member's ratings as a table that `marquee ingest` reads.
enum RatingsCSV {
  static func text(_ ratings: [MemberRating]) -> String {
    ratings.reduce(into: "movie,rating,timestamp,title,year\n") { text, rating in
      let movie = CSVField.text(rating.movie.description)
      text += "\(movie),\(rating.stars),\(rating.time),\(CSVField.quoted(rating.title)),"
      text += (rating.year.map(String.init) ?? "") + "\n"
    }
  }
}
