import Dispatch
import Synchronization

/// A few threads that wait for answers from afar at the same time.
enum Crew {
  /// Requests under way at once.
  private static let size = 8

  /// Calls `body` once for each element, in no particular order beyond their start.
  ///
  /// - Throws: the first error; what was begun is finished, the rest is left.
  static func work<Element: Sendable>(on elements: [Element], _ body: @Sendable (Element) throws -> Void) throws {
    let next = Mutex(0)
    let failure = Mutex<(any Error)?>(nil)
    withoutActuallyEscaping(body) { body in
      let group = DispatchGroup()
      for _ in 0..<min(size, elements.count) {
        let thread = DispatchWorkItem {
          while failure.withLock({ $0 == nil }) {
            let index = next.withLock { next in
              defer { next += 1 }
              return next
            }
            guard index < elements.count else { return }
            do { try body(elements[index]) } catch { failure.withLock { $0 = $0 ?? error } }
          }
        }
        DispatchQueue.global().async(group: group, execute: thread)
      }
      group.wait()
    }
    if let error = failure.withLock({ $0 }) { throw error }
  }
}
