extension Schema {
  /// Accounts, what keeps them logged in, and what was answered to requests that may be repeated.
  ///
  /// - An account belongs to one user, whose `source_id` is the account's name unless the owner gave it an imported
  ///   user's ratings.
  /// - Of sessions and invitations only SHA-256 digests are stored; `kind` of a session is 0 (a browser) or 1 (a token for
  ///   scripts).
  /// - `submission_counts` has one row: how many ratings were ever submitted or taken back, and how many of these the last
  ///   build and the last training knew.
  static let accounts = """
    CREATE TABLE accounts (
      id INTEGER PRIMARY KEY,
      user INTEGER NOT NULL UNIQUE REFERENCES users (id),
      name TEXT NOT NULL UNIQUE,
      password TEXT NOT NULL,
      role INTEGER NOT NULL DEFAULT 0 CHECK (role IN (0, 1)),
      listed INTEGER NOT NULL DEFAULT 1 CHECK (listed IN (0, 1)),
      created INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE sessions (
      digest BLOB PRIMARY KEY,
      account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      kind INTEGER NOT NULL CHECK (kind IN (0, 1)),
      created INTEGER NOT NULL,
      expires INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sessions_by_account ON sessions (account);
    CREATE INDEX sessions_by_expiry ON sessions (expires);

    CREATE TABLE invitations (
      digest BLOB PRIMARY KEY,
      created INTEGER NOT NULL,
      expires INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE answered_requests (
      account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      key TEXT NOT NULL,
      digest TEXT NOT NULL,
      saved INTEGER NOT NULL,
      removed INTEGER NOT NULL,
      time INTEGER NOT NULL,
      PRIMARY KEY (account, key)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX answered_requests_by_time ON answered_requests (time);

    CREATE TABLE submission_counts (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      submitted INTEGER NOT NULL DEFAULT 0,
      built INTEGER NOT NULL DEFAULT 0,
      trained INTEGER NOT NULL DEFAULT 0,
      trained_time INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    INSERT INTO submission_counts (id) VALUES (1);
    """
}
