import Foundation
import TestSupport
import Testing

/// `Sources/Models` in layers: what a file may name follows from the folder that it lies in.
///
///     Core ─▶ Kernels ─▶ Families ─▶ Stacking ─▶ Composites ─▶ the catalogue
@Suite struct `The folders of the models` {
  @Test func `each names types of the layers below it alone, and nothing goes in a circle`() throws {
    let folders = try ModelFolders(readingSources: SharedData.repository.appendingPathComponent("Sources/Models"))
    #expect(folders.layers.count == ModelFolders.order.count)
    #expect(folders.folders.count > 25)
    #expect(folders.violations.isEmpty, "\(folders.violations.joined(separator: "\n"))")
  }

  @Test func `a family that names another's type is found, and so is a circle of kernels`() throws {
    var files = [
      "Core/Recommender.swift": "public protocol Recommender {}\npublic struct FitContext {}",
      "Kernels/Baseline/Baseline.swift": "struct Baseline { let context: FitContext }",
      "Kernels/Lists/Links.swift": "struct Links { let baseline: Baseline }",
      "Families/Ease/EaseModel.swift":
        "public struct EaseModel: Recommender {\n  struct Form {}\n  let links: Links\n}",
      "Families/Slim/SlimModel.swift":
        "struct SlimModel: Recommender { let context: FitContext } // as EaseModel, but sparse",
      "Stacking/BaseModels.swift": "enum BaseModels { static let all = [EaseModel.self] }",
      "Composites/Blend/BlendModel.swift": #"struct BlendModel { let name = "SlimModel"; let all = BaseModels.all }"#,
      "ModelCatalogue.swift": "enum ModelCatalogue { static let all = [BlendModel.self, EaseModel.self] }",
    ]
    #expect(ModelFolders(files).violations.isEmpty)
    for (path, text, complaint) in [
      (
        "Families/Slim/SlimModel.swift", "struct SlimModel { let other: EaseModel }",
        "Families/Slim names EaseModel of Families/Ease"
      ),
      ("Families/Slim/SlimModel.swift", "extension EaseModel {}", "Families/Slim names EaseModel of Families/Ease"),
      (
        "Families/Slim/SlimModel.swift", "let all = ModelCatalogue.all",
        "Families/Slim names ModelCatalogue of the catalogue"
      ),
      ("Core/Recommender.swift", "struct Recommender { let b: Baseline }", "Core names Baseline of Kernels/Baseline"),
      (
        "Kernels/Baseline/Baseline.swift", "struct Baseline { let links: Links }",
        "Kernels/Baseline and Kernels/Lists need each other"
      ),
      ("Stray/Model.swift", "struct Stray {}", "Stray is no layer"),
    ] {
      let before = files[path]
      files[path] = text
      let violations = ModelFolders(files).violations
      #expect(violations.contains { $0.hasPrefix(complaint) }, "\(path): \(violations)")
      files[path] = before
    }
  }
}

/// Which folder names whose types.
private struct ModelFolders {
  /// Layers from the bottom to the top; what lies in no folder is the catalogue. Folders of `Families` and of `Composites` do not
  /// name one another, those of `Kernels` may where no circle comes of it.
  static let order = ["Core", "Kernels", "Families", "Stacking", "Composites", ""]
  private static let apart: Set = ["Families", "Composites"]

  private(set) var folders: Set<String> = []
  private(set) var violations: [String] = []
  var layers: Set<String> { Set(folders.map(Self.layer)) }

  init(readingSources root: URL) throws {
    var files: [String: String] = [:]
    for case let path as String in FileManager.default.enumerator(atPath: root.path) ?? .init()
    where path.hasSuffix(".swift") {
      files[path] = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }
    self.init(files)
  }

  /// - Parameter files: texts by their paths below the module's folder.
  init(_ files: [String: String]) {
    var homes: [String: String] = [:]
    var names: [String: Set<String>] = [:]
    for (path, text) in files {
      let folder = path.split(separator: "/").dropLast().joined(separator: "/")
      folders.insert(folder)
      let code = Self.code(text)
      // Types that lie within others are their owners' business.
      for match in code.matches(
        of: /(?m)^( *)(?:(?:public|package|final|indirect) )*(?:struct|enum|class|actor|protocol|typealias) (\w+)/)
      where match.1.isEmpty || (match.1.count == 2 && code.contains("\n#endif")) { homes[String(match.2)] = folder }
      names[folder, default: []].formUnion(code.matches(of: /\.?\b[A-Z]\w*/).map { String($0.0) })
    }
    var edges: [String: Set<String>] = [:]
    for (folder, names) in names {
      for name in names.sorted() {
        guard let home = homes[name], home != folder else { continue }
        edges[folder, default: []].insert(home)
        guard let own = Self.order.firstIndex(of: Self.layer(folder)) else { continue }
        guard let other = Self.order.firstIndex(of: Self.layer(home)) else { continue }
        if other > own || (other == own && Self.apart.contains(Self.layer(folder))) {
          violations.append("\(Self.word(folder)) names \(name) of \(Self.word(home))")
        }
      }
    }
    violations += folders.filter { !Self.order.contains(Self.layer($0)) }.map { "\($0) is no layer" }
    for folder in folders.sorted() {
      for other in Self.reached(from: folder, edges)
      where folder < other && Self.reached(from: other, edges).contains(folder) {
        violations.append("\(Self.word(folder)) and \(Self.word(other)) need each other")
      }
    }
  }

  /// Without comments and texts.
  private static func code(_ text: String) -> String {
    var code = text.replacing(/"""(?s:.*?)"""/, with: "").replacing(/"(?:\\.|[^"\\\n])*"/, with: "")
    code.replace(/\/\/.*/, with: "")
    return code
  }

  private static func layer(_ folder: String) -> String { String(folder.prefix { $0 != "/" }) }

  private static func word(_ folder: String) -> String { folder.isEmpty ? "the catalogue" : folder }

  private static func reached(from folder: String, _ edges: [String: Set<String>]) -> Set<String> {
    var reached = Set<String>()
    var waiting = [folder]
    while let next = waiting.popLast() {
      for other in edges[next] ?? [] where reached.insert(other).inserted { waiting.append(other) }
    }
    return reached
  }
}
