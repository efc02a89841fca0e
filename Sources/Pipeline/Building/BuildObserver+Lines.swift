import Settings

extension BuildObserver {
  /// One that writes lines of JSON.
  package static func lines(_ write: @escaping @Sendable (String) -> Void) -> BuildObserver {
    BuildObserver(
      started: { write(BuildProgressLine(.started, stage: $0).line) },
      finished: { write(BuildProgressLine(.finished, stage: $0.stage).line) },
      note: { write(BuildProgressLine(.note, text: $0).line) })
  }
}
