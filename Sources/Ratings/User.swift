/// What is known about a user besides their ratings.
public struct User: Hashable, Sendable {
  public var id: SourceID
  public var age: Int?
  public var gender: String?
  public var occupation: String?

  public init(id: SourceID, age: Int? = nil, gender: String? = nil, occupation: String? = nil) {
    self.id = id
    self.age = age
    self.gender = gender
    self.occupation = occupation
  }
}
