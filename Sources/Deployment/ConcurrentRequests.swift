import Dispatch
import Synchronization

/// A few threads that wait for network responses concurrently.
enum ConcurrentRequests {
  /// Requests in flight at once.
  private static let size = 8

  /// Calls `body` once for each element; only the order of the starts is fixed.
  ///
  /// - Returns: the results, in the order of the elements.
  /// - Throws: the first error; calls already started are completed, the others are not made.
  static func map<Element: Sendable, Result: Sendable>(
    _ elements: [Element], _ body: @Sendable (Element) throws -> Result
  ) throws -> [Result] {
    let next = Mutex(0)
    let failure = Mutex<(any Error)?>(nil)
    let results = Mutex([Int: Result]())
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
            do {
              let result = try body(elements[index])
              results.withLock { $0[index] = result }
            } catch {
              failure.withLock { $0 = $0 ?? error }
            }
          }
        }
        DispatchQueue.global().async(group: group, execute: thread)
      }
      group.wait()
    }
    if let error = failure.withLock({ $0 }) { throw error }
    return results.withLock { results in elements.indices.compactMap { results[$0] } }
  }
}
