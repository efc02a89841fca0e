import Content
import Models
import Platform
import Precompute
import Ratings
import Settings
import Site

/// How far the last build is right for the files of a site as they are now.
struct LastBuild {
  let inputs: BuildInputs
  /// The name in the cache of what pages are made from.
  let pagesKey: UInt64
  /// What is to be built before everything is as it should be, in words.
  let changes: [String]
  /// Whether ratings, models or their settings changed: then pages cannot be made before a build has run.
  let needsPages: Bool
}

extension Build {
  /// A fingerprint of everything that a build reads, whatever earlier ones left.
  mutating func sourcesKey() throws -> UInt64 {
    var inputs = try renderInputs(StageInputs())
    inputs.add(.allData, try ingestInputs().key.value)
    for type in choice.all { inputs.add(.model, type.descriptor.name, try trainInputs(type, of: 0).key.value) }
    let gates = settings.gates.map { "\($0.key.rawValue) \($0.value)" }.sorted()
    inputs.add(.setting, "build", "\(settings.includesSeen) \(settings.discovers) \(settings.rebuild) \(gates)")
    return inputs.key.value
  }

  /// Compares the inputs of all stages with those of the last build; nil where there was none.
  mutating func lastBuild() throws -> LastBuild? {
    let data = try ingestInputs()
    guard memory.program == Distribution.programStamp, let ingested = memory.ingested else { return nil }
    var inputs = try inputs()
    if memory.foldedIn == Distribution.stamped(inputs.precompute.key).value {
      var dataset: Dataset?
      _ = try planFoldIn(&dataset, &inputs)
    }
    let nothing = ["no pages were made yet"]
    let pages =
      data.changes(since: ingested.inputs).map(\.description)
      + (memory.stages.precompute.map { inputs.precompute.changes(since: $0).map(\.description) } ?? nothing)
    let render = memory.stages.render.map { earlier in
      inputs.render.changes(since: earlier).filter { $0.key.kind != .precompute }.map(\.description)
    }
    return LastBuild(
      inputs: inputs, pagesKey: Distribution.stamped(inputs.precompute.key).value,
      changes: pages + (render ?? nothing), needsPages: !pages.isEmpty)
  }

  /// What the last build made pages from; nil where it is gone.
  mutating func keptPages(_ last: LastBuild) -> Precomputed? {
    let path = cache.path("pages", ContentHash(value: last.pagesKey))
    return try? Precomputed(contentsOf: path, dataset: last.pagesKey)
  }

  /// The site that the present content, theme and settings make of pages' data that an earlier build left.
  func preview(_ pages: Precomputed, _ last: LastBuild) throws -> Website {
    try website(pages, last.inputs, privacy())
  }

  /// Every place that a build reads.
  func sources() throws -> [String] {
    [folder.content, folder.templates] + (try folder.themeFolders()) + settings.data
  }
}
