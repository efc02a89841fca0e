/// An estimate of the memory for fitting, made beforehand.
///
/// The terms follow from the methods; their factors were measured on synthetic data (`marquee synthesize`; what a build
/// with the model takes beyond one with the baseline). They are in the models' descriptors.
///
/// Compared with measurements for 2,000 and 4,000 movies, 2,000 to 9,000 users and 100,000 to 900,000 ratings: ease −7 to
/// +12 %, slope-one −2 to +25 %, decision-tree +8 to +14 %, bayesian, als, ials, slim and rp3beta within 20 % or 10 MB; the
/// neighbours, whose lists are short, are overestimated by up to 20 MB. The trees and the blends represent similar models.
///
/// Whole builds: quick of 20 million ratings +16 %, of 100 million −2 %, best of a million +4 %, both of 60,000 x 40,000 with 600,000 +42
/// and +61 %, best of latest-small −42 % (170 MB).
public struct ModelMemory: Sendable, Equatable {
  /// The size of the data.
  public struct Size: Sendable, Equatable {
    /// The number of users.
    public var users: Int
    /// The number of movies.
    public var movies: Int
    /// The number of ratings.
    public var ratings: Int

    /// A size by its numbers, 0 or more.
    public init(users: Int, movies: Int, ratings: Int) {
      (self.users, self.movies, self.ratings) = (users, movies, ratings)
    }
  }

  /// Bytes for each pair of the users or the movies, whichever are fewer.
  var smallerPair = 0.0
  /// Bytes for each pair of movies with a common rater.
  var ratedPair = 0.0
  /// Bytes for each movie and each user.
  var row = 0.0
  /// Bytes for each rating.
  var rating = 0.0
  /// The most users or movies, whichever are fewer, whose pairs are kept: a blend includes EASE only where it is practical.
  var mostPaired = Int.max

  /// - Parameters: bytes of each kind, as the properties say.
  public init(
    smallerPair: Double = 0, ratedPair: Double = 0, row: Double = 0, rating: Double = 0, mostPaired: Int = .max
  ) {
    self.smallerPair = smallerPair
    self.ratedPair = ratedPair
    self.row = row
    self.rating = rating
    self.mostPaired = mostPaired
  }

  /// The assumption for models that were not measured.
  public static let assumed = ModelMemory(row: 4_000, rating: 200)

  /// The memory for reading the data and computing pages, without models.
  public static func ofBuild(_ size: Size) -> Int {
    45_000_000 + 3_000 * (size.users + size.movies) + 16 * size.ratings
  }

  /// The additional memory of the model, with default settings.
  public func bytes(_ size: Size) -> Int {
    let (users, movies) = (Double(size.users), Double(size.movies))
    let smaller = min(size.users, size.movies) <= mostPaired ? min(users, movies) : 0
    // Each rating meets as many others as its movie's raters have, at the mean.
    let pairs = min(movies * movies, Double(size.ratings) * Double(size.ratings) / max(1, users))
    let bytes =
      ratedPair * pairs + smallerPair * smaller * smaller + row * (users + movies) + rating * Double(size.ratings)
    return Int(min(bytes, 1e18))
  }

  /// The peak memory of a build with several models: the largest during its fit, and the fitted size of the others.
  public static func bytes(ofBuildWith models: [ModelMemory], _ size: Size) -> Int {
    let each = models.map { $0.bytes(size) }
    let largest = each.max() ?? 0
    return ofBuild(size) + largest + Int(restingShare * Double(each.reduce(0, +) - largest))
  }

  /// The size of a fitted model as a share of its memory for fitting.
  private static let restingShare = 0.3
}
