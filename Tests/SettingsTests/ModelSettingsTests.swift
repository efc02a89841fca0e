import Models
import Settings
import TestSupport
import Testing

@Suite struct `Settings of models` {
  private let site: TemporaryFolder
  private var folder: SiteFolder { SiteFolder(site.path) }

  init() throws {
    site = try TemporaryFolder()
    try site.write("title: Films\n", to: "content/site.yaml")
  }

  @Test func `words on the command line are for the model they name, or for the only one`() throws {
    let als = try ModelCatalogue.model(named: "als").descriptor
    let named = try SettingOverrides(["als.factors=12"], models: ["biases", "als"])
    #expect(try named.settings(of: als, on: TunedSettings())["factors"] == 12)
    let only = try SettingOverrides(["factors=9"], models: ["als"])
    #expect(try only.settings(of: als, on: TunedSettings())["factors"] == 9)
  }

  @Test(arguments: ["factors", "als.factors=", "als.factors=many", "=3", "als.factors=1=2", "als.factors=nan", ""])
  func `words of another shape are refused`(word: String) {
    #expect(throws: ModelError.malformedSetting(text: word)) { try SettingOverrides([word], models: ["als"]) }
  }

  @Test func `a setting without a model is refused where several are named`() {
    #expect(throws: ModelError.malformedSetting(text: "factors=3")) {
      try SettingOverrides(["factors=3"], models: ["als", "ease"])
    }
  }

  @Test func `unknown models, models not asked for, unknown settings and values out of range are refused`() throws {
    #expect(throws: ModelError.unknownModel(name: "asl", nearest: "als")) {
      try SettingOverrides(["asl.factors=3"], models: ["als"])
    }
    #expect(throws: ModelError.unusedSetting(text: "ease.lambda=3", models: ["als"])) {
      try SettingOverrides(["ease.lambda=3"], models: ["als"])
    }
    let als = try ModelCatalogue.model(named: "als").descriptor
    for word in ["als.factor=3", "als.factors=-1", "als.factors=2.5"] {
      let overrides = try SettingOverrides([word], models: ["als"])
      #expect(throws: ModelError.self) { try overrides.settings(of: als, on: TunedSettings()) }
    }
  }

  @Test func `what is written is read again, models beside each other`() throws {
    let descriptors = try ["als", "ease"].map { try ModelCatalogue.model(named: $0).descriptor }
    var tuned = try TunedSettings(readingFrom: folder)
    #expect(tuned.words == [])
    tuned.replace(try ModelSettings(descriptors[0], overrides: ["factors": 11]), of: descriptors[0])
    tuned.replace(try ModelSettings(descriptors[1], overrides: ["lambda": 123.5]), of: descriptors[1])
    try tuned.write(to: folder)
    let read = try TunedSettings(readingFrom: folder)
    #expect(read == tuned)
    #expect(read.words == ["als.factors=11", "ease.lambda=123.5"])
    #expect(try read.settings(of: descriptors[0])["factors"] == 11)
    #expect(try SiteSettings(readingFrom: folder).tuned == tuned)
  }

  @Test func `defaults are not written`() throws {
    let als = try ModelCatalogue.model(named: "als").descriptor
    var tuned = TunedSettings()
    tuned.replace(try ModelSettings(als, overrides: ["factors": 11]), of: als)
    tuned.replace(try ModelSettings(als), of: als)
    #expect(tuned == TunedSettings())
  }

  @Test(arguments: [
    ("asl:\n  factors: 3\n", 1, "did you mean “als”?"), ("als:\n  factor: 3\n", 2, "has no setting “factor”"),
    ("biases: {}\nals:\n  factors: 0\n", 3, "cannot be 0"), ("als:\n  factors: many\n", 2, "is not a number"),
    ("als: 3\n", 1, "says nothing"), ("- als\n", 1, "contains no settings"), ("als: [\n", 2, "is not YAML"),
  ])
  func `a bad file is refused with its line`(text: String, line: Int, words: String) throws {
    let path = try site.write(text, to: "content/models.yaml")
    let error = #expect(throws: SettingsError.self) { try TunedSettings(readingFrom: folder) }
    let message = "\(try #require(error))"
    #expect(message.hasPrefix("\(path):\(line): "), "\(message)")
    #expect(message.contains(words), "\(message)")
  }

  @Test func `an empty file means defaults`() throws {
    try site.write("# nothing yet\n", to: "content/models.yaml")
    #expect(try TunedSettings(readingFrom: folder) == TunedSettings())
  }
}
