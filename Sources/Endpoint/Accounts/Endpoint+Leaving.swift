import Logging
import Members
import Ratings
import Store

/// What is done at once when a member hides or leaves; the next build does the rest.
extension Endpoint {
  /// Sets the visibility of the member's page, and removes it from the published site or adds it.
  func setListed(_ isListed: Bool, of account: Account) async throws -> Account {
    try await accounts.setListed(isListed, of: account)
    try await privacy.reload(work)
    await rebuilds.noteChange()
    var account = account
    account.isListed = isListed
    if isListed { await refresher.add([account]) } else { await removeFiles(of: [account.userID]) }
    return account
  }

  /// Removes the account: from now on the member is hidden. Their pages are removed at once, and mentions of the member with the
  /// next build.
  func remove(_ account: Account, password: String, asker: Asker) async throws {
    try await accounts.remove(account, password: password, asker: asker)
    await refresher.forget(account)
    await rebuilds.noteChange()
    try await privacy.reload(work)
    await removeFiles(of: [account.userID])
  }

  /// Removes the files of members who left, if a previous server could not.
  func removeLeftFiles() async {
    let members = privacy.removedMembers
    if !members.isEmpty { await removeFiles(of: members) }
  }

  /// From the published site, and from the log of the database. If that fails, access to them is blocked by name.
  private func removeFiles(of members: Set<SourceID>) async {
    do {
      try await writes.run { [siteSettings, site, store] in
        for member in members { try siteSettings.removeMember(member, from: site) }
        try store.forgetLog()
      }
    } catch {
      log.warning(
        "a member's files could not be removed: the next start tries again, and the next build leaves them out",
        metadata: ["reason": "\(error)"])
    }
  }
}
