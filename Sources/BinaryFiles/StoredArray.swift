/// An array that stays where it was stored: in a file that is mapped, it is in memory once for all processes that use it.
public struct StoredArray<Element: BitwiseCopyable>: Sendable {
  let storage: ByteStorage
  let start: Int
  public let count: Int

  init(_ storage: ByteStorage, start: Int, count: Int) {
    self.storage = storage
    self.start = start
    self.count = count
  }

  /// - Precondition: `index` is in 0..<`count`.
  public subscript(index: Int) -> Element {
    precondition((0..<count).contains(index), "no such element")
    return storage.bytes.loadUnaligned(fromByteOffset: start + index * MemoryLayout<Element>.stride, as: Element.self)
  }
}
