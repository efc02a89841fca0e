/// A site whose files are made at the moment when they are asked for, while its owner edits what they are made from.
package protocol EditedSite: Sendable {
  /// The file at a path under the output folder, made at this moment; nil where the site has none.
  ///
  /// - Returns: its bytes and a tag that another content does not have.
  func file(_ path: String) -> (bytes: [UInt8], tag: String)?

  /// Whether there is anything to show yet.
  var isReady: Bool { get }

  /// What is wrong at this moment.
  var fault: SiteFault? { get }

  /// Whether a build runs.
  var isBuilding: Bool { get }

  /// Has `body` called whenever files, faults or builds changed.
  func whenChanged(_ body: @escaping @Sendable () -> Void)

  /// Watches and shows until `stop`; for a thread of its own.
  func run()

  func stop()
}
