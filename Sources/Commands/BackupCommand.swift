import ArgumentParser
import Settings
import Store

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Backs up the site's database (accounts and ratings) to one file.",
    discussion: """
      The server may run meanwhile: the backup is a consistent snapshot, written completely or not at all.

      EXAMPLES
        marquee backup members.sqlite
        marquee backup --restore members.sqlite       restores the backup; the server must be stopped
      """)

  @Option(name: .long, help: "The site folder.")
  var site: String = "."

  @Flag(name: .long, help: "Replace the database with the backup.")
  var restore = false

  @Argument(help: "The backup file.")
  var file: String

  func run() throws {
    let folder = SiteFolder(site)
    if restore {
      // Neither a server nor a build may have the database open.
      let server = try lock(folder.serveLock)
      let build = try lock(folder.lock)
      defer { withExtendedLifetime((server, build)) {} }
      let done = try RatingStore.restore(file, to: folder.database)
      Console.note("restored \(folder.database) from \(file); the next build takes it over")
      if let former = done.former { Console.note("the database of before is \(former)") }
      Console.note("everybody is logged out, and invitations are void")
      if done.removedAgain > 0 { Console.note("\(done.removedAgain) accounts that were removed since stay removed") }
      if done.hiddenAgain > 0 { Console.note("\(done.hiddenAgain) members who hid since stay hidden") }
      if done.removalsAreUnknown {
        Console.note(
          "the old database cannot be read, so accounts that were removed since the backup are back; "
            + "remove them with marquee user remove")
      }
      return
    }
    guard folder.hasDatabase else {
      throw SettingsError.notBuilt(folder: folder.path)
    }
    try RatingStore(path: folder.database, busyTimeout: 20).backUp(to: file)
    Console.note("copied \(folder.database) to \(file)")
  }

  private func lock(_ path: String) throws -> FolderLock {
    do {
      return try FolderLock(path: path)
    } catch StoreError.inUse(let path, let holder) {
      throw BackupError.inUse(path: path, holder: holder)
    }
  }
}
