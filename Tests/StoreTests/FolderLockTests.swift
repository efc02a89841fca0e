import Store
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite("Locks", .serialized)
struct FolderLockTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("state/build.lock")
  }

  @Test func `A second holder is refused and told who the first is`() throws {
    let first = try FolderLock(path: path)
    #expect(throws: StoreError.inUse(path: path, holder: "\(getpid())")) { try FolderLock(path: path) }
    withExtendedLifetime(first) {}
  }

  @Test func `A lock that was let go of can be had again`() throws {
    do { _ = try FolderLock(path: path) }
    _ = try FolderLock(path: path)
  }

  @Test func `A lock is waited for`() async throws {
    var first: FolderLock? = try FolderLock(path: path)
    let waiting = Task.detached { [path] in try FolderLock(path: path, timeout: 300) }
    try await Task.sleep(for: .milliseconds(150))
    #expect(first?.path == path)
    first = nil
    _ = try await waiting.value
  }

  @Test func `A killed process holds no lock`() async throws {
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let lock = try FolderLock(path: path)
      withExtendedLifetime(lock) { _ = kill(getpid(), SIGKILL) }
    }
    #expect(try fileBytes(path).last == UInt8(ascii: "\n"))
    _ = try FolderLock(path: path)
  }

  @Test func `A path that cannot be written is named`() throws {
    let file = try folder.write("x", to: "file")
    #expect(throws: StoreError.notWritable(path: file + "/lock")) { try FolderLock(path: file + "/lock") }
  }
}
