extension Schema {
  /// Who may not be shown, and what of it a published build knows.
  ///
  /// - `privacy` has one row: how often it changed whom others may see, and how much of that the last published build knew.
  /// - `removed_members` are members whose accounts are gone. `source_id` is there until a build without them was
  ///   published; where `unlisted` is 1 the data still bring the user, whose page stays for nobody. `name_hash` is
  ///   that of the account's name: a restored copy of the database gives the account up again.
  static let privacy = """
    CREATE TABLE privacy (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      changed INTEGER NOT NULL DEFAULT 1,
      built INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    INSERT INTO privacy (id) VALUES (1);

    CREATE TABLE removed_members (
      id INTEGER PRIMARY KEY,
      name_hash TEXT NOT NULL,
      source_id ANY CHECK (typeof(source_id) IN ('integer', 'text', 'null')),
      unlisted INTEGER NOT NULL DEFAULT 0 CHECK (unlisted IN (0, 1)),
      removed INTEGER NOT NULL,
      change INTEGER NOT NULL
    ) STRICT;
    """
}
