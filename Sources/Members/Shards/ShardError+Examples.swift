extension ShardError {
  /// One of each, for the handbook.
  package static var examples: [ShardError] {
    [
      .cutOff,
      .frameTooLarge(frame: 3, rows: 1 << 40),
      .namesUnfit(frame: 3, members: 20, names: 19),
      .nameLength(frame: 3, bytes: 0),
      .nameNotText(frame: 3),
      .userNegative(frame: 3, user: -1),
      .filmUnknown(member: "anna", film: 9724, films: 9724),
      .filmsNotRising(member: "anna", film: 12),
      .ratingNotFinite(member: "anna", film: 12),
      .shardsNotRising(member: "anna", shard: 3, before: 4),
      .memberTwice(member: "anna"),
      .notWritable(reason: "Broken pipe"),
    ]
  }
}
