extension Selection {
  /// Finds a new user's ratings, for which lines `movie,rating` suffice.
  init(newcomerAt path: String) throws {
    do {
      try self.init(path: path, format: nil)
    } catch let error as IngestError {
      switch error {
      case .missingColumns, .noHeader, .unknownContent:
        let lines = IngestFormat.lines(try DataTree(path: path).files.first?.head() ?? [])
        guard (try? TableShape(zip(1..., lines).map { ($0, $1) }, takesPairs: true)) != nil else { throw error }
        try self.init(path: path, format: .personal)
      default: throw error
      }
    }
  }
}
