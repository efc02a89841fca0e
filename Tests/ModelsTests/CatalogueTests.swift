import Models
import Testing

@Suite struct CatalogueTests {
  @Test func `names are those of the contract, each once, stars before lists`() {
    let stars =
      "biases slope-one co-clustering user-neighbours item-neighbours nmf sgd als svdpp asymmetric timesvdpp bayesian xgboost random-forest decision-tree svm neural blend"
      .split(separator: " ").map { String($0) }
    let lists = "popularity list-neighbours user-list-neighbours ease slim ials bpr warp rp3beta list-blend"
      .split(separator: " ").map { String($0) }
    let descriptors = ModelCatalogue.all.map { $0.descriptor }
    #expect(Set(descriptors.map(\.name)).count == descriptors.count)
    for descriptor in descriptors {
      #expect((descriptor.job == .stars ? stars : lists).contains(descriptor.name))
    }
    let jobs = descriptors.map(\.job)
    #expect(jobs == jobs.filter { $0 == .stars } + jobs.filter { $0 == .lists })
  }

  @Test(arguments: allModels)
  func `settings have names of their own and defaults in their ranges`(name: String) throws {
    let descriptor = try ModelCatalogue.model(named: name).descriptor
    #expect(Set(descriptor.settings.map(\.name)).count == descriptor.settings.count)
    for setting in descriptor.settings {
      #expect(setting.range.contains(setting.defaultValue))
      #expect(!setting.isWhole || setting.defaultValue == setting.defaultValue.rounded())
      #expect(!setting.meaning.isEmpty)
    }
    #expect(!descriptor.purpose.isEmpty && !descriptor.reference.isEmpty && !descriptor.family.isEmpty)
  }

  @Test(arguments: ModelCatalogue.all.map { $0.descriptor.name })
  func `what a descriptor says of a model is what its type can do`(name: String) throws {
    let type = try ModelCatalogue.model(named: name)
    let descriptor = type.descriptor
    #expect((descriptor.job == .stars) == (type is any RatingPredictor.Type))
    #expect(descriptor.traits.contains(.blend) == (type is any BlendingRecommender.Type))
    #expect(descriptor.settings.contains(where: \.isChosen) == (type is any SelfTuningRecommender.Type))
    for role in [ModelSetting.Role.dates, .sessions, .grownTrees] {
      #expect(descriptor.settings.filter { $0.role == role }.count <= 1)
    }
  }

  @Test func `what models are made of and know stands in their descriptors`() {
    let descriptors = ModelCatalogue.all.map { $0.descriptor }
    let names = { (isOne: (ModelDescriptor) -> Bool) in descriptors.filter(isOne).map(\.name) }
    #expect(names { $0.traits.contains(.blend) } == ["blend", "list-blend"])
    #expect(names { $0.traits.contains(.sameForAll) } == ["popularity"])
    #expect(names { $0.setting(.dates) != nil } == ["bayesian", "blend"])
    #expect(names { $0.setting(.sessions) != nil } == ["ease", "list-blend"])
    // A blend's memory has EASE's matrix in it as far as EASE suits.
    let memory = ListBlendModel.descriptor.memory
    let most = EaseModel.largestSide
    let within = memory.bytes(ModelMemory.Size(users: most, movies: most, ratings: 0))
    #expect(within > memory.bytes(ModelMemory.Size(users: most + 1, movies: most + 1, ratings: 0)))
  }

  @Test func `an unknown model or setting is named with what was meant`() throws {
    #expect(throws: ModelError.unknownModel(name: "bias", nearest: "biases")) {
      try ModelCatalogue.model(named: "bias")
    }
    #expect(throws: ModelError.unknownModel(name: "quantum", nearest: nil)) {
      try ModelCatalogue.model(named: "quantum")
    }
    let descriptor = try ModelCatalogue.model(named: "als").descriptor
    #expect(throws: ModelError.self) { try ModelSettings(descriptor, overrides: ["factor": 8]) }
    #expect(throws: ModelError.self) { try ModelSettings(descriptor, overrides: ["factors": 8.5]) }
    #expect(throws: ModelError.self) { try ModelSettings(descriptor, overrides: ["factors": .nan]) }
    #expect(try ModelSettings(descriptor, overrides: ["factors": 8])["factors"] == 8)
  }
}
