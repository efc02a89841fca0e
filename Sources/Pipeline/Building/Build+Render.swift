import Content
import LinearAlgebra
import Platform
import Precompute
import Publishing
import Ratings
import Settings
import Site
import Store
import Synchronization

extension Build {
  /// Renders the site's files into the publication: all but those that are made from what the present site's are.
  ///
  /// - Returns: what each template took.
  func render(_ website: Website, to publication: Publication) throws -> [TemplateCost] {
    try tellOwner(of: website.unlistedMembers)
    let failure = Mutex<(any Error)?>(nil)
    let done = Mutex(0)
    let costs = Mutex<[String: TemplateCost]>([:])
    let count = website.outputCount
    options.threads.forEachBlock(of: count, blockSize: 64) { block in
      guard failure.withLock({ $0 == nil }) else { return }
      var bytes: [UInt8] = []
      var own: [String: TemplateCost] = [:]
      let clock = ContinuousClock()
      do {
        for index in block {
          let start = clock.now
          let file = website.prepared(index)
          if let source = file.fingerprint, try publication.keep(file.path, madeFrom: source) { continue }
          bytes.removeAll(keepingCapacity: true)
          try file.render(into: &bytes)
          own[file.template, default: TemplateCost(name: file.template)].add(clock.now - start, bytes: bytes.count)
          try publication.write(bytes, to: file.path, madeFrom: file.fingerprint ?? 0)
        }
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
      costs.withLock { [own] costs in costs.merge(own) { $0 + $1 } }
      let finished = done.withLock { done in
        done += block.count
        return done
      }
      observer.progress("render", Double(finished) / Double(count))
    }
    if let error = failure.withLock({ $0 }) { throw error }
    return costs.withLock { $0.values.sorted { $0.seconds > $1.seconds } }
  }

  /// Writes the files of the search index, or keeps them where nothing changed that they show.
  func writeSearchFiles(of website: Website, to publication: Publication) throws {
    let source = website.searchSource ?? 0
    let kept = try publication.keepAll(madeFrom: source)
    guard !kept.isWhole else { return }
    for file in website.searchFiles() where !kept.paths.contains(file.path) {
      try publication.write(file.bytes, to: file.path, madeFrom: source)
    }
  }

  /// Writes the addresses of unlisted members where only the owner finds them.
  private func tellOwner(of members: [(id: String, url: String)]) throws {
    guard !members.isEmpty else { return }
    let lines = members.map { "\(CSVField.quoted($0.id)),\($0.url)\n" }
    let path = folder.state + "/members.csv"
    try RawFile.replace(Array(("member,address\n" + lines.joined()).utf8), at: path, isPrivate: true)
    observer.note("the addresses of the members are in \(path)")
  }

  /// The site that shows these results, without those who may not be seen.
  func website(_ pages: Precomputed, _ inputs: BuildInputs, _ privacy: Privacy) throws -> Website {
    try Website(
      pages.without(privacy.hidden(settings.site.members)), of: folder, settings: settings,
      stages: inputs.fingerprints(ingest: memory.ingested?.dataset ?? 0),
      inputs: Distribution.stamped(inputs.look.key).value, threads: options.threads, note: { observer.note($0) })
  }
}

/// What a template took in a build: `build --template-metrics` shows it.
package struct TemplateCost: Sendable {
  /// The template, or "JSON and other files" for what no template makes.
  package let name: String
  package private(set) var count = 0
  /// Seconds of all threads together, with making the page's model and without writing the file.
  package private(set) var seconds = 0.0
  package private(set) var bytes = 0

  init(name: String) { self.name = name }

  mutating func add(_ duration: Duration, bytes: Int) {
    count += 1
    seconds += duration / .seconds(1)
    self.bytes += bytes
  }

  static func + (left: TemplateCost, right: TemplateCost) -> TemplateCost {
    var sum = left
    sum.count += right.count
    sum.seconds += right.seconds
    sum.bytes += right.bytes
    return sum
  }
}
