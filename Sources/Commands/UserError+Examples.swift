import Credentials

extension UserError {
  /// One of each, for the handbook.
  static var examples: [UserError] {
    [
      .name("anna b."),
      .taken(name: "anna"),
      .unknown(name: "ana", nearest: "anna"),
      .noSuchUser(id: "7"),
      .userTaken(id: "7"),
      .password(.tooShort),
    ]
  }
}
