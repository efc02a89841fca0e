import BinaryFiles
import Models
import Platform
import Precompute
import Ratings
import Settings
import Site
import Store

/// A quick rebuild: whose ratings are folded into the models of which training.
struct FoldInPlan: Sendable {
  let trained: BuildMemory.Trained
  let dataset: Dataset
  let training: TrainingSet
  /// For each user the index at the training of the user with the same ratings, or -1.
  var earlier: [Int32]
  /// For each user of the training the present index, or -1.
  var earlierUsers: [Int32]

  var changedCount: Int { earlier.count { $0 < 0 } }
}

extension Build {
  /// Beyond this share of members whose ratings changed, models are trained again.
  private static let largestShare = 0.05
  private static let mostAlways = 20
  private static let membersKind = "ratings of members"

  /// Decides whether this build folds ratings in, and says so in the inputs: its pages are not those of an exact build.
  mutating func planFoldIn(_ dataset: inout Dataset?, _ inputs: inout BuildInputs) throws -> FoldInPlan? {
    let exact = Distribution.stamped(inputs.precompute.key)
    guard settings.rebuild == .quick, apart == nil, !options.isClean, try !mustForget(), let trained = memory.trained,
      trained.settings == inputs.settings, trained.pages != exact.value
    else {
      memory.foldedIn = nil
      return nil
    }
    let wasFoldedIn = dataset == nil && memory.foldedIn == exact.value
    func mark(_ inputs: inout BuildInputs) throws {
      memory.foldedIn = exact.value
      settings.site.isQuickRebuild = true
      report.rebuild = .quick
      inputs.precompute.add(.quickRebuild, trained.pages)
      inputs.render = try renderInputs(inputs.precompute)
    }
    if wasFoldedIn {
      try mark(&inputs)
      let path = cache.path("pages", Distribution.stamped(inputs.precompute.key))
      if RawFile.isFile(path) { return nil }
    }
    let present = try dataset ?? RatingStore(path: folder.database).dataset()
    dataset = present
    guard let plan = foldInPlan(of: present, since: trained) else {
      memory.foldedIn = nil
      settings.site.isQuickRebuild = false
      report.rebuild = .exact
      inputs = try self.inputs()
      return nil
    }
    if !wasFoldedIn { try mark(&inputs) }
    return plan
  }

  private mutating func foldInPlan(of dataset: Dataset, since trained: BuildMemory.Trained) -> FoldInPlan? {
    let path = cache.path("members", ContentHash(value: trained.pages))
    let pages = cache.path("pages", ContentHash(value: trained.pages))
    guard Self.fingerprint(of: dataset.movies) == trained.movies, RawFile.isFile(pages),
      var reader = try? BinaryFile.read(kind: Self.membersKind, version: 1, dataset: trained.pages, from: path),
      let ids = try? reader.read([String].self), let hashes = try? reader.read([UInt64].self),
      ids.count == hashes.count
    else { return nil }
    let training = TrainingSet(dataset.allRatings, of: dataset)
    var places: [String: Int32] = [:]
    for (index, id) in ids.enumerated() { places[id] = Int32(index) }
    var plan = FoldInPlan(
      trained: trained, dataset: dataset, training: training, earlier: [],
      earlierUsers: [Int32](repeating: -1, count: ids.count))
    for (user, hash) in Self.memberHashes(training).enumerated() {
      let before = places[Self.name(of: dataset.users[user].id)]
      if let before { plan.earlierUsers[Int(before)] = Int32(user) }
      plan.earlier.append(before.flatMap { hashes[Int($0)] == hash ? $0 : nil } ?? -1)
    }
    let limit = max(Self.mostAlways, Int(Double(dataset.users.count) * Self.largestShare))
    guard plan.changedCount <= limit else {
      observer.note("the ratings of \(plan.changedCount) members changed since the last training: training again")
      return nil
    }
    return plan
  }

  /// Folds in, instead of split, train, evaluate and precompute.
  mutating func fold(_ plan: FoldInPlan, into path: String, key: UInt64) throws -> Precomputed {
    try reuse(after: .ingest, to: .evaluate)
    report.foldedIn = plan.changedCount
    let base = cache.path("pages", ContentHash(value: plan.trained.pages))
    let models = plan.trained.models.mapValues { ContentHash(value: $0) }
    var paths: [String: String] = [:]
    for (model, hash) in models { paths[model] = cache.path("model-\(model)", hash) }
    let result = try report.run(.precompute, observer: observer) { [paths, settings, options] record in
      let before = try Precomputed(contentsOf: base, dataset: plan.trained.pages)
      let needed = plan.changedCount > 0
      let fitted = try FoldInModels(of: before, isEmpty: !needed) { paths[$0] ?? "" }
      let result = before.foldingIn(
        plan.dataset, training: plan.training, earlier: plan.earlier, earlierUsers: plan.earlierUsers, models: fitted,
        includesSeen: settings.includesSeen, threads: options.threads)
      record.items = plan.changedCount
      try result.write(to: path, dataset: key)
      return result
    }
    return result
  }

  /// Leaves what a quick rebuild needs to know of this training.
  mutating func rememberTraining(_ inputs: BuildInputs, pages: UInt64, _ training: TrainingSet) throws {
    guard settings.rebuild == .quick else {
      memory.trained = nil
      return
    }
    var writer = BinaryWriter()
    writer.write(training.users.map { Self.name(of: $0.id) })
    writer.write(Self.memberHashes(training))
    try BinaryFile.write(
      writer, kind: Self.membersKind, version: 1, dataset: pages,
      to: cache.path("members", ContentHash(value: pages)))
    memory.trained = BuildMemory.Trained(
      pages: pages, settings: inputs.settings, movies: Self.fingerprint(of: training.movies),
      models: Dictionary(
        uniqueKeysWithValues: inputs.train.map { ($0.model, Distribution.stamped($0.inputs.key).value) }))
  }

  private static func name(of id: SourceID) -> String {
    switch id {
    case .number(let number): "\(number)"
    case .text(let text): "=" + text
    }
  }

  private static func fingerprint(of movies: [Movie]) -> UInt64 { Dataset(movies: movies).fingerprint.value }

  /// For each user a hash of all their ratings.
  private static func memberHashes(_ training: TrainingSet) -> [UInt64] {
    (0..<training.userCount).map { user in
      var hash = Fingerprint()
      for rating in training.ratings(ofUser: user) {
        hash.add(UInt64(UInt32(bitPattern: rating.movie)) << 32 | UInt64(rating.value.bitPattern))
        hash.add(UInt64(rating.time))
      }
      return hash.value
    }
  }
}

extension FoldInModels {
  /// Reads the models that an artefact's lists and stars came from.
  ///
  /// - Parameter path: where a model's file is.
  init(of pages: Precomputed, isEmpty: Bool = false, path: (String) -> String) throws {
    func read(_ name: String) throws -> any Recommender {
      try ModelCatalogue.model(named: name).read(from: path(name))
    }
    guard let stars = pages.lists.first?.starsModel else { preconditionFailure("a build always makes a list") }
    var lists: [String: any Recommender] = [:]
    if !isEmpty { for list in pages.lists { lists[list.model] = try read(list.model) } }
    self.init(lists: lists, stars: NamedModel(name: stars, model: try read(stars)))
  }
}
