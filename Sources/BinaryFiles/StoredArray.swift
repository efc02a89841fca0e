/// An array that stays where it was stored: elements are read one by one when they are asked for.
public struct StoredArray<Element: BitwiseCopyable>: Sendable {
  private let storage: ByteStorage
  private let start: Int
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
