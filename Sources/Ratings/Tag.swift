/// A word or phrase that a user put on a movie.
public struct Tag: Hashable, Sendable {
  /// Index into the data set's users; -1 where the data set does not say who.
  public var user: Int32
  /// Index into the data set's movies.
  public var movie: Int32
  public var text: String
  /// Seconds since 1970; 0 where unknown.
  public var time: UInt32

  public init(user: Int32, movie: Int32, text: String, time: UInt32) {
    self.user = user
    self.movie = movie
    self.text = text
    self.time = time
  }
}
