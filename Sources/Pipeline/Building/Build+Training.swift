import LinearAlgebra
import Models
import Platform
import Precompute
import Ratings
import Settings
import Store

extension Build {
  /// Trains, measures and works out the pages' contents; each is taken over from an earlier build where its inputs are
  /// the same.
  mutating func precompute(
    _ known: consuming Dataset?, inputs: BuildInputs, foldIn: FoldInPlan?
  ) throws -> Precomputed {
    let key = Distribution.stamped(inputs.precompute.key)
    let path = cache.path("pages", key)
    if !options.isClean, let kept = try? Precomputed(contentsOf: path, dataset: key.value) {
      try reuse(after: .ingest, to: .precompute)
      try publishArtefacts(inputs, pages: path)
      return kept
    }
    try BLAS.load()
    if let foldIn {
      let pages = try fold(foldIn, into: path, key: key.value)
      try publishArtefacts(inputs, pages: path)
      return pages
    }
    var dataset = try known.take() ?? RatingStore(path: folder.database).dataset()
    let fingerprint = dataset.trainingFingerprint.value
    let context = FitContext(seed: settings.seed, threads: options.threads)
    var training = Training(dataset, seed: settings.seed)
    training.imported = apart?.factors
    try takeOver(into: &training, inputs: inputs, dataset: fingerprint)
    try report.run(.split, observer: observer) { record in
      record.isReused = !training.needsSplit
      if training.needsSplit { record.items = training.split() }
    }
    // From here on they are the training's alone, which lets go of them in its time.
    (dataset.ratings, dataset.validation) = (RatingTable(), RatingTable())
    try report.run(.train, observer: observer) { [observer, choice] record in
      record.isReused = training.isFitted
      record.items = choice.all.count
      try training.fit(context: context) { observer.progress($0, $1) }
    }
    report.models = training.models.map { ($0.descriptor.name, $0.seconds, $0.seconds == 0) }
    try report.run(.evaluate, observer: observer) { record in
      record.isReused = training.isEvaluated
      record.items = training.evaluate(discovers: settings.discovers, context: context)
    }
    report.imported = training.importedOutcome
    if let outcome = report.imported { observer.note("\(outcome)") }
    for model in training.models {
      try model.write(
        model: artefact("model", model.descriptor.name, inputs.train(model.descriptor.name)),
        figures: artefact("figures", model.descriptor.name, inputs.train(model.descriptor.name)),
        dataset: fingerprint)
    }
    let precomputed = try report.run(.precompute, observer: observer) { [settings, apart] record in
      let result = try Precomputed(
        dataset, training: training, settings: settings, apart: apart?.members, context: context)
      record.items = result.lists.reduce(0) { $0 + $1.entries.elements.count } + result.similar.elements.count
      try result.write(to: path, dataset: key.value)
      return result
    }
    try rememberTraining(inputs, pages: key.value, training.everything)
    try publishArtefacts(inputs, pages: path)
    return precomputed
  }

  /// Keeps what the pages were made from as long as the pages, whether this build reads it or not.
  mutating func keepArtefacts(_ inputs: BuildInputs) {
    _ = cache.path("pages", Distribution.stamped(inputs.precompute.key))
    for (model, inputs) in inputs.train { for kind in ["model", "figures"] { _ = artefact(kind, model, inputs) } }
    if let trained = memory.trained {
      for kind in ["pages", "members"] { _ = cache.path(kind, ContentHash(value: trained.pages)) }
      for (model, key) in trained.models { _ = cache.path("model-\(model)", ContentHash(value: key)) }
    }
  }

  mutating func artefact(_ kind: String, _ model: String, _ inputs: StageInputs) -> String {
    cache.path("\(kind)-\(model)", Distribution.stamped(inputs.key))
  }

  /// Models and figures that an earlier build left.
  private mutating func takeOver(into training: inout Training, inputs: BuildInputs, dataset: UInt64) throws {
    for (index, type) in choice.all.enumerated() {
      try training.add(type, tuned: settings.tuned)
      guard !options.isClean else { continue }
      let name = type.descriptor.name
      training.models[index].read(
        model: artefact("model", name, inputs.train(name)), figures: artefact("figures", name, inputs.train(name)),
        dataset: dataset)
    }
  }

  /// Members whose pages are made apart are folded in: what the model knows of those it was trained on is not sent around.
  private func publishWithoutUsers(_ name: String, from path: String) throws {
    let model: any Recommender = try ModelCatalogue.model(named: name).read(from: path)
    try model.withoutUsers().write(dataset: memory.ingested?.training ?? 0, to: folder.model(name))
  }

  /// Gives this build's results the names by which `recommend`, `predict` and `similar` find them.
  private mutating func publishArtefacts(_ inputs: BuildInputs, pages: String) throws {
    for (model, trained) in inputs.train {
      let path = artefact("model", model, trained)
      guard RawFile.isFile(path) else { continue }
      if apart == nil {
        try ArtefactCache.publish(path, as: folder.model(model))
      } else {
        try publishWithoutUsers(model, from: path)
      }
    }
    try ArtefactCache.publish(pages, as: folder.precomputed)
  }
}
