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
    let smaller = min(users, movies)
    // Each rating meets as many others as its movie's raters have, at the mean.
    let pairs = min(movies * movies, Double(size.ratings) * Double(size.ratings) / max(1, users))
    let bytes =
      known.ratedPair * pairs + known.smallerPair * smaller * smaller + known.row * (users + movies)
      + known.rating * Double(size.ratings)
    return Int(min(bytes, 1e18))
  }

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
    "neural": ModelMemory(row: 1_000, rating: 10),
    "ials": ModelMemory(row: 2_400),
    "bpr": ModelMemory(row: 1_200),
    "warp": ModelMemory(row: 1_200),
    "list-neighbours": ModelMemory(row: 2_000),
    "user-list-neighbours": ModelMemory(row: 1_000, rating: 10),
    "user-neighbours": ModelMemory(row: 1_000, rating: 10),
    "item-neighbours": ModelMemory(row: 3_000),
    "rp3beta": ModelMemory(row: 5_000),
    "slim": ModelMemory(row: 5_000),
    "ease": ModelMemory(smallerPair: 8, row: 3_000),
    "slope-one": ModelMemory(ratedPair: 28),
    "decision-tree": ModelMemory(rating: 850),
    "random-forest": ModelMemory(rating: 1_100),
    "xgboost": ModelMemory(rating: 1_000),
    "svm": ModelMemory(rating: 1_000),
    "bayesian": ModelMemory(row: 8_000, rating: 100),
    "blend": ModelMemory(row: 4_000, rating: 500),
    "list-blend": ModelMemory(smallerPair: 8, row: 20_000),
  ]
}
