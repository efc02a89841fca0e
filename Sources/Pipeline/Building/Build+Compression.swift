import LinearAlgebra
import Publishing
import Settings
import Synchronization

extension Build {
  /// Adds packed copies next to the files of the new site, if the settings ask for them. Those of files that stay are
  /// taken over.
  func compress(_ publication: Publication) throws {
    let packers = try settings.copies.map { ($0.suffix, try $0.packer()) }
    guard !packers.isEmpty else { return }
    // Another program may pack otherwise.
    let trustsCopies = !options.isClean && memory.program == Distribution.programStamp
    let files = publication.files.filter { Compression.isWorthwhile($0.path, size: $0.size) }
    let failure = Mutex<(any Error)?>(nil)
    options.threads.forEachBlock(of: files.count, blockSize: 16) { block in
      do {
        for file in files[block] where failure.withLock({ $0 == nil }) {
          for (suffix, packer) in packers {
            if trustsCopies, file.isKept, try publication.keep(file.path + suffix) { continue }
            let bytes = try publication.bytes(of: file.path)
            try publication.write(packer.pack(bytes), to: file.path + suffix)
          }
        }
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
  }
}
