import Precompute
import Ratings

extension Precomputed {
  /// Users are in the order of their ids. Complexity: O(log users).
  func userIndex(of id: SourceID) -> Int? { Self.index(of: id, in: users) { $0.id } }

  func movieIndex(of id: SourceID) -> Int? { Self.index(of: id, in: movies) { $0.id } }

  private static func index<Item>(of id: SourceID, in items: [Item], _ key: (Item) -> SourceID) -> Int? {
    var (low, high) = (0, items.count)
    while low < high {
      let middle = (low + high) / 2
      if key(items[middle]) < id { low = middle + 1 } else { high = middle }
    }
    return low < items.count && key(items[low]) == id ? low : nil
  }
}
