/// The bytes of one file, in order.
struct ByteStream {
  /// Fills up to the whole buffer and returns the number of bytes; 0 at the end.
  let read: (UnsafeMutableRawBufferPointer) throws -> Int
}

/// Reports the progress of reading, at most 20 times a second.
final class ProgressMeter {
  private let listener: (@Sendable (IngestProgress) -> Void)?
  private let totalBytes: Int
  /// Bytes of the files that are done.
  private var finishedBytes = 0
  private var last: ContinuousClock.Instant?

  init(_ listener: (@Sendable (IngestProgress) -> Void)?, totalBytes: Int) {
    self.listener = listener
    self.totalBytes = totalBytes
  }

  /// `bytes` of the current file are read.
  func advance(to bytes: Int, in file: String) {
    guard let listener else { return }
    let now = ContinuousClock.now
    if let last, now - last < .milliseconds(50) { return }
    last = now
    listener(IngestProgress(file: file, bytesRead: min(finishedBytes + bytes, totalBytes), totalBytes: totalBytes))
  }

  /// The current file, of `bytes`, is done.
  func finish(_ file: String, bytes: Int) {
    finishedBytes += bytes
    advance(to: 0, in: file)
  }

  /// Everything is read; always reported.
  func complete() {
    listener?(IngestProgress(file: "", bytesRead: totalBytes, totalBytes: totalBytes))
  }
}
