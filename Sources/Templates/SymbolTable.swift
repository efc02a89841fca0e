import Synchronization

/// Numbers for names, the same in all libraries and schemas of the process, so that rendering compares integers.
///
/// A number is never given back: names come from templates and schemas, of which there are few.
enum SymbolTable {
  private static let numbers = Mutex<[String: Int32]>([:])

  static func symbol(_ name: String) -> Int32 {
    numbers.withLock { numbers in
      if let number = numbers[name] { return number }
      let number = Int32(numbers.count)
      numbers[name] = number
      return number
    }
  }
}
