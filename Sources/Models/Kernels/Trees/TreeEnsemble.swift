import BinaryFiles
import Ratings

/// Regression trees whose leaves add up: boosted trees, a forest or a single tree.
struct TreeEnsemble: Sendable, Equatable {
  /// A split or a leaf.
  struct Node: Sendable, Equatable, BitwiseCopyable {
    /// The feature that a split looks at; -1 for a leaf.
    var feature: Int32
    /// Below it a split goes left; of a leaf, what it adds.
    var threshold: Float
    /// The positions of the children, after their parent.
    var left: Int32
    var right: Int32
  }

  /// The trees one after the other.
  private(set) var nodes: [Node] = []
  /// Where each tree begins.
  private(set) var roots: [Int32] = []

  /// Adds an empty tree to grow by `append`.
  mutating func startTree() { roots.append(Int32(nodes.count)) }

  /// Adds a node to the last tree and returns its position.
  mutating func append(_ node: Node) -> Int {
    nodes.append(node)
    return nodes.count - 1
  }

  mutating func setChildren(of node: Int, left: Int, right: Int) {
    nodes[node].left = Int32(left)
    nodes[node].right = Int32(right)
  }

  /// The first `count` trees.
  func prefix(_ count: Int) -> TreeEnsemble {
    guard count < roots.count else { return self }
    var result = TreeEnsemble()
    result.nodes = Array(nodes[..<Int(roots[count])])
    result.roots = Array(roots[..<count])
    return result
  }

  /// Adds the trees' values for `rows` (`count` x `width`) to `sums`.
  ///
  /// - Complexity: O(rows x trees x depth).
  func add(_ rows: [Float], count: Int, width: Int, to sums: inout [Float]) {
    for root in roots {
      for row in 0..<count {
        var place = Int(root)
        while nodes[place].feature >= 0 {
          let node = nodes[place]
          place = Int(rows[row * width + Int(node.feature)] < node.threshold ? node.left : node.right)
        }
        sums[row] += nodes[place].threshold
      }
    }
  }
}

extension TreeEnsemble {
  func save(to writer: inout BinaryWriter) {
    writer.write(roots)
    writer.write(nodes.map(\.feature))
    writer.write(nodes.map(\.threshold))
    writer.write(nodes.map(\.left))
    writer.write(nodes.map(\.right))
  }

  /// Reads trees on `featureCount` features: every walk through them ends.
  init(from reader: inout BinaryReader, featureCount: Int) throws(BinaryFileError) {
    roots = try reader.read([Int32].self)
    let features = try reader.read([Int32].self)
    let thresholds = try reader.readFiniteArray(count: features.count)
    let lefts = try reader.read([Int32].self)
    let rights = try reader.read([Int32].self)
    let range = 0..<Int32(clamping: features.count)
    guard lefts.count == features.count, rights.count == features.count, roots.allSatisfy({ range.contains($0) })
    else { throw .damaged }
    nodes.reserveCapacity(features.count)
    for place in features.indices {
      let node = Node(
        feature: features[place], threshold: thresholds[place], left: lefts[place], right: rights[place])
      if node.feature >= 0 {
        guard node.feature < Int32(clamping: featureCount), range.contains(node.left), range.contains(node.right),
          min(node.left, node.right) > Int32(place)
        else { throw .damaged }
      } else if node.feature != -1 {
        throw .damaged
      }
      nodes.append(node)
    }
  }
}
