/// What fitting takes of a computer's memory, estimated before it begins.
///
/// The terms are those that the methods have; their factors were measured on made-up data (`marquee synthesize`; what a build
/// with the model takes beyond one with the baseline).
public struct ModelMemory: Sendable, Equatable {
  /// How large the data are.
  public struct Size: Sendable, Equatable {
    public var users: Int
    public var movies: Int
    public var ratings: Int

    public init(users: Int, movies: Int, ratings: Int) {
      (self.users, self.movies, self.ratings) = (users, movies, ratings)
    }
  }

  /// Bytes for each pair of the users or the movies, whichever are fewer.
  var smallerPair = 0.0
  /// Bytes for each pair of movies that somebody rated both of.
  var ratedPair = 0.0
  /// Bytes for each movie and each user.
  var row = 0.0
  /// Bytes for each rating.
  var rating = 0.0

  /// What a program takes that reads these data and works out pages, without a model worth speaking of.
  public static func ofBuild(_ size: Size) -> Int {
    45_000_000 + 3_000 * (size.users + size.movies) + 16 * size.ratings
  }

  /// What the model takes beyond that, with the settings that it has by itself.
  public static func bytes(of name: String, _ size: Size) -> Int {
    let known = table[name] ?? ModelMemory(row: 4_000, rating: 200)
    let (users, movies) = (Double(size.users), Double(size.movies))
    // A blend takes EASE in only where it suits.
    let hasMatrix = name != "list-blend" || EaseModel.suits(userCount: size.users, movieCount: size.movies)
    let smaller = hasMatrix ? min(users, movies) : 0
    // Each rating meets as many others as its movie's raters have, at the mean.
    let pairs = min(movies * movies, Double(size.ratings) * Double(size.ratings) / max(1, users))
    let bytes =
      known.ratedPair * pairs + known.smallerPair * smaller * smaller + known.row * (users + movies)
      + known.rating * Double(size.ratings)
    return Int(min(bytes, 1e18))
  }

  /// What a build with several models takes at its highest: the largest while it is fitted, and of the others what stays.
  public static func bytes(ofBuildWith names: [String], _ size: Size) -> Int {
    let each = names.map { bytes(of: $0, size) }
    let largest = each.max() ?? 0
    return ofBuild(size) + largest + Int(restingShare * Double(each.reduce(0, +) - largest))
  }

  /// How much of what fitting takes is left of a model when it is fitted.
  private static let restingShare = 0.3

  /// Beside what was measured for 2,000 and 4,000 movies, 2,000 to 9,000 users and 100,000 to 900,000 ratings: ease −7 to
  /// +12 %, slope-one −2 to +25 %, decision-tree +8 to +14 %, bayesian, als, ials, slim and rp3beta within 20 % or 10 MB; the
  /// neighbours, whose lists are short, are overestimated by up to 20 MB. The trees and the blends stand for their kin.
  ///
  /// Whole builds: quick of 20 million ratings +16 %, of 100 million −2 %, best of a million +4 %, both of 60,000 x 40,000 with 600,000 +42
  /// and +61 %, best of latest-small −42 % (170 MB).
  private static let table: [String: ModelMemory] = [
    "biases": ModelMemory(),
    "popularity": ModelMemory(row: 100),
    "co-clustering": ModelMemory(row: 400),
    "nmf": ModelMemory(row: 600),
    "als": ModelMemory(row: 2_800),
    "sgd": ModelMemory(row: 1_500),
    "svdpp": ModelMemory(row: 1_400),
    "asymmetric": ModelMemory(row: 700),
    "timesvdpp": ModelMemory(row: 1_400, rating: 16),
    "neural": ModelMemory(row: 1_000, rating: 16),
    "ials": ModelMemory(row: 2_400),
    "bpr": ModelMemory(row: 1_400),
    "warp": ModelMemory(row: 1_400),
    "list-neighbours": ModelMemory(row: 1_800),
    "user-list-neighbours": ModelMemory(row: 1_000, rating: 10),
    "user-neighbours": ModelMemory(row: 1_000, rating: 10),
    "item-neighbours": ModelMemory(row: 3_000),
    "rp3beta": ModelMemory(row: 5_500),
    "slim": ModelMemory(row: 5_600),
    "ease": ModelMemory(smallerPair: 8, rating: 64),
    "slope-one": ModelMemory(ratedPair: 30),
    "decision-tree": ModelMemory(row: 3_000, rating: 900),
    "random-forest": ModelMemory(row: 3_000, rating: 1_100),
    "xgboost": ModelMemory(row: 3_000, rating: 1_100),
    "svm": ModelMemory(row: 3_000, rating: 1_100),
    "bayesian": ModelMemory(row: 5_000, rating: 100),
    "blend": ModelMemory(row: 4_000, rating: 300),
    "list-blend": ModelMemory(smallerPair: 8, row: 8_000, rating: 64),
  ]
}
