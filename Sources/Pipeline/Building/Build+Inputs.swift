import Content
import LinearAlgebra
import Models
import Platform
import Publishing
import Ratings
import Settings
import Site

/// What every stage after ingest depends on.
struct BuildInputs: Sendable {
  /// By model, in the order of the choice.
  var train: [(model: String, inputs: StageInputs)] = []
  var precompute = StageInputs()
  var render = StageInputs()

  /// What the next build is compared with.
  var remembered: BuildMemory.Stages {
    BuildMemory.Stages(
      train: Dictionary(uniqueKeysWithValues: train.map { ($0.model, $0.inputs) }), precompute: precompute,
      render: render)
  }

  /// What training and precomputing depend on apart from the data.
  var settings: UInt64 {
    var result = Fingerprint()
    for (model, inputs) in train {
      result.add(model)
      result.add(inputs.only { $0 != .ratings }.key.value)
    }
    result.add(precompute.parts[InputKey(.setting, "seen-movies")] ?? 0)
    return result.value
  }

  /// What every page depends on, whatever it shows: settings and theme.
  var look: StageInputs {
    render.only(\.isOfEveryPage)
  }

  func train(_ model: String) -> StageInputs { train.first { $0.model == model }?.inputs ?? StageInputs() }

  /// The fingerprints in `build.json`: the same on every machine that makes the same site.
  func fingerprints(ingest: UInt64) -> [(name: String, fingerprint: String)] {
    var training = Fingerprint()
    for (_, inputs) in train { training.add(inputs.key.value) }
    return [
      ("ingest", ContentHash(value: ingest).description), ("train", training.description),
      ("precompute", precompute.key.description), ("render", render.key.description),
    ]
  }
}

extension Build {
  /// The inputs of all stages, once it is known what the data are.
  mutating func inputs() throws -> BuildInputs {
    guard let ingested = memory.ingested else { preconditionFailure("ingest comes first") }
    let size = ModelMemory.Size(users: ingested.users, movies: ingested.movies, ratings: ingested.ratings)
    let wished = choice
    choice = try wished.suited(size, memory: MemoryLimit.bytes)
    if wished.bytes(size) > MemoryLimit.bytes {
      observer.note(
        "the models would need some \(wished.bytes(size) >> 20) MB, and \(MemoryLimit.bytes >> 20) MB are there: "
          + "trained are \(choice.all.map { $0.descriptor.name }.joined(separator: ", ")) instead")
    }
    if apart?.factors != nil { choice = choice.withImplicitFactors }
    var inputs = BuildInputs()
    for type in choice.all { inputs.train.append((type.descriptor.name, try trainInputs(type, of: ingested.training))) }
    inputs.precompute = precomputeInputs(inputs.train, dataset: ingested.dataset)
    inputs.render = try renderInputs(inputs.precompute)
    return inputs
  }

  /// What a fitted model and its figures depend on.
  func trainInputs(_ type: any Recommender.Type, of training: UInt64) throws -> StageInputs {
    var inputs = StageInputs()
    let model = type.descriptor
    inputs.add(.ratings, training)
    inputs.add(.setting, "seed", settings.seed)
    try add(model, to: &inputs)
    // A blend takes over the models before it.
    if model.traits.contains(.blend) {
      for other in choice.all where other.descriptor.name != model.name {
        try add(other.descriptor, to: &inputs)
      }
    }
    // What it costs to show more of the catalogue is one of the figures.
    if model.job == .lists { inputs.add(.setting, "discovery", settings.discovers ? 1 : 0) }
    if let factors = apart?.factors, type == ImplicitALSModel.self { inputs.add(.filmFactors, factors.hash) }
    inputs.add(.programVersion, Distribution.version)
    // A cache may come from a machine with other vector units, whose last bits are others.
    inputs.add(.kernels, BLAS.chosenKernels)
    return inputs
  }

  /// The settings of a model, and which of them it may choose itself.
  private func add(_ model: ModelDescriptor, to inputs: inout StageInputs) throws {
    let values = try Training.settings(of: model, tuned: settings.tuned)
    for setting in values.all {
      let given = values.isGiven(setting.name) ? " given" : ""
      inputs.add(.setting, "\(model.name).\(setting.name)", "\(setting.value.bitPattern)\(given)")
    }
  }

  func precomputeInputs(_ train: [(model: String, inputs: StageInputs)], dataset: UInt64) -> StageInputs {
    var inputs = StageInputs()
    inputs.add(.catalogue, dataset)
    for (model, trained) in train { inputs.add(.model, model, trained.key.value) }
    inputs.add(.modelOrder, train.map(\.model).joined(separator: ","))
    inputs.add(.setting, "seen-movies", settings.includesSeen ? 1 : 0)
    if settings.foldsMembersIn { inputs.add(.foldedMembers, 1) }
    if !settings.site.showsPeople { inputs.add(.setting, "same-taste", 0) }
    if let apart { inputs.add(.membersApart, apart.hash) }
    return inputs
  }

  /// What the pages' bytes depend on: the settings, the theme, and everything in `content/` that is not data.
  mutating func renderInputs(_ precompute: StageInputs) throws -> StageInputs {
    var inputs = StageInputs()
    inputs.add(.precompute, precompute.key.value)
    var site = settings.site
    // What is folded in is among the inputs of `precompute`.
    site.isQuickRebuild = false
    try inputs.add(settingsOf: site)
    if settings.site.isQuickRebuild { inputs.add(.quickRebuild, 1) }
    add(try privacy(), to: &inputs)
    inputs.add(.setting, "compress", settings.copies.map(\.rawValue).joined(separator: ","))
    let content = FileTree.files(at: folder.content).filter { file in
      file.path != folder.settings && file.path != folder.modelSettings
        && !settings.data.contains { file.path == $0 || file.path.hasPrefix($0 + "/") }
        && !file.path.hasPrefix(folder.content + "/sample/")
    }
    inputs.add(.setting, "raw-html", "\(settings.rawHTML)")
    let held = settings.showsFuture ? [] : try ContentFolder.heldBack(in: folder, today: SiteSettings.today)
    inputs.add(.heldBack, held.joined(separator: "\n"))
    inputs.add(.danglingLinks, UnreadContent.danglingLinks(in: folder).joined(separator: "\n"))
    let own = try OwnFiles.all(in: folder).filter { file in !content.contains { $0.path == file.source } }
      .map { (path: $0.source, name: "static/\($0.path)") }
    let theme = try folder.themeFolders().enumerated().map { index, path in
      (index == 0 ? InputKey.Kind.theme : .ownTheme, FileTree.files(at: path))
    }
    for (kind, files) in [(InputKey.Kind.page, content), (.file, own)] + theme {
      let hashes = try memory.files.hashes(of: files.map(\.path), threads: options.threads)
      for (file, hash) in zip(files, hashes) { inputs.add(kind, file.name, hash) }
    }
    return inputs
  }
}
