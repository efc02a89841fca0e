import ArgumentParser
import Credentials
import Members
import Platform
import Ratings
import Settings
import Site
import Store

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

struct UserCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "user",
    abstract: "Manages the accounts of the site.",
    discussion: """
      Without --password-stdin, a random password is generated and printed once. The server may run meanwhile.

      EXAMPLES
        marquee user add anna --owner
        marquee user add bert --user 42          bert's ratings are those of the imported user 42
        echo "a quiet evening" | marquee user reset anna --password-stdin
        marquee user remove anna
        marquee user list
        marquee user invite                      an invitation for one new member
        marquee user token anna                  a token for scripts
      """,
    subcommands: [Add.self, Reset.self, Remove.self, List.self, Invite.self, Token.self])

  struct SiteOptions: ParsableArguments {
    @Option(name: .long, help: "The site folder.")
    var site: String = "."

    func store() throws -> RatingStore {
      let folder = SiteFolder(site)
      guard folder.hasDatabase else {
        throw SettingsError.notBuilt(folder: folder.path)
      }
      return try RatingStore(path: folder.database, busyTimeout: 20, durability: .full)
    }

    func account(_ name: String, in store: RatingStore) throws -> Account {
      guard let account = try AccountName(name).flatMap({ try store.account(named: $0.text) }) else {
        let names = try store.accounts().map(\.name)
        throw UserError.unknown(name: name, nearest: Spelling.nearest(to: name, among: names))
      }
      return account
    }
  }

  struct PasswordOptions: ParsableArguments {
    @Flag(name: .long, help: "Read the password from the first line of standard input.")
    var passwordStdin = false

    /// The password, and whether it was generated.
    func password(for name: String) throws -> (text: String, isMadeUp: Bool) {
      guard passwordStdin else { return (SecretToken.randomPassword(), true) }
      let text = readLine() ?? ""
      if let fault = PasswordRule.fault(of: text, name: name) { throw UserError.password(fault) }
      return (text, false)
    }
  }

  static var now: Int { Int(Date().timeIntervalSince1970) }

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Creates an account.",
      discussion: """
        EXAMPLES
          marquee user add anna --owner
          marquee user add bert --user 42 --unlisted
        """)

    @OptionGroup var options: SiteOptions
    @OptionGroup var password: PasswordOptions
    @Argument(help: "The name: letters a to z, digits, hyphens, underscores.")
    var name: String
    @Flag(name: .long, help: "The account may start builds.")
    var owner = false
    @Option(name: .long, help: "An imported user whose ratings become the account's.")
    var user: String?
    @Flag(name: .long, help: "Only the member sees the member's page.")
    var unlisted = false

    func run() throws {
      guard let accountName = AccountName(name) else { throw UserError.name(name) }
      let store = try options.store()
      let (text, isMadeUp) = try password.password(for: accountName.text)
      let new = NewAccount(
        name: accountName.text, password: try PasswordHash(of: text).description, role: owner ? .owner : .member,
        isListed: !unlisted, importedUser: user.map { SourceID($0) })
      do {
        _ = try store.addAccount(new, now: UserCommand.now)
      } catch AccountRefusal.nameTaken {
        throw UserError.taken(name: accountName.text)
      } catch AccountRefusal.unknownUser {
        throw UserError.noSuchUser(id: user ?? "")
      } catch AccountRefusal.userTaken {
        throw UserError.userTaken(id: user ?? "")
      }
      Console.note("made the account \(accountName)")
      if isMadeUp { Console.write(text + "\n") }
    }
  }

  struct Reset: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "reset", abstract: "Sets a new password for an account and ends its sessions.",
      discussion: """
        EXAMPLES
          marquee user reset anna
          echo "a quiet evening" | marquee user reset anna --password-stdin
        """)

    @OptionGroup var options: SiteOptions
    @OptionGroup var password: PasswordOptions
    @Argument(help: "The account's name.") var name: String

    func run() throws {
      let store = try options.store()
      let account = try options.account(name, in: store)
      let (text, isMadeUp) = try password.password(for: account.name)
      try store.setPassword(try PasswordHash(of: text).description, ofAccount: account.id)
      Console.note("\(account.name) has a new password, and is logged out everywhere")
      if isMadeUp { Console.write(text + "\n") }
    }
  }

  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove", abstract: "Removes an account with the ratings it submitted.",
      discussion: """
        EXAMPLES
          marquee user remove anna
        """)

    @OptionGroup var options: SiteOptions
    @Argument(help: "The account's name.") var name: String

    func run() throws {
      let store = try options.store()
      let account = try options.account(name, in: store)
      let count = try store.removeAccount(account.id) ?? 0
      // What others can see goes at once, even if no server is running.
      let folder = SiteFolder(options.site)
      try SiteSettings(readingFrom: folder).removeMember(account.userID, from: folder)
      try store.forgetLog()
      Console.note(
        "removed \(account.name), the page and \(count) ratings; what else the site shows of them goes with the next build"
      )
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Lists the accounts.",
      discussion: """
        EXAMPLES
          marquee user list --site my-films
        """)

    @OptionGroup var options: SiteOptions

    func run() throws {
      for account in try options.store().accounts() {
        let role = account.role == .owner ? "owner" : "member"
        Console.write("\(account.name)\t\(role)\t\(account.isListed ? "listed" : "unlisted")\t\(account.userID)\n")
      }
    }
  }

  struct Invite: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "invite", abstract: "Creates an invitation for one new member.",
      discussion: """
        EXAMPLES
          marquee user invite
        """)

    @OptionGroup var options: SiteOptions
    @Option(name: .long, help: "The number of days until it expires.") var days: Int = 14

    func validate() throws {
      if !(1...3650).contains(days) { throw ValidationError("--days must be 1 to 3650") }
    }

    func run() throws {
      let token = SecretToken()
      let now = UserCommand.now
      try options.store().addInvitation(digest: token.digest, now: now, expires: now + days * 86_400)
      let settings = try? SiteSettings(readingFrom: SiteFolder(options.site))
      let address = settings.map { $0.site.endpoint == "/" ? $0.site.url : $0.site.endpoint } ?? ""
      Console.write("\(address)account/register/?invitation=\(token.text)\n")
    }
  }

  struct Token: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "token", abstract: "Creates a token for scripts, for example for POST /api/rebuild.",
      discussion: """
        EXAMPLES
          curl -H "Authorization: Bearer $(marquee user token anna)" http://127.0.0.1:8080/api/me
        """)

    @OptionGroup var options: SiteOptions
    @Argument(help: "The account's name.") var name: String
    @Option(name: .long, help: "The number of days until it expires.") var days: Int = 365

    func validate() throws {
      if !(1...3650).contains(days) { throw ValidationError("--days must be 1 to 3650") }
    }

    func run() throws {
      let store = try options.store()
      let token = SecretToken()
      let now = UserCommand.now
      try store.addSession(
        digest: token.digest, account: try options.account(name, in: store).id, kind: .token, now: now,
        expires: now + days * 86_400)
      Console.write(token.text + "\n")
    }
  }
}
