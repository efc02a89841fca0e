import Foundation
import TestSupport
import Testing

/// `Package.swift` beside what the sources import.
@Suite struct `The package's description` {
  /// A target's own modules and products of other packages, as the description names them.
  private struct Target {
    let name: String
    let folder: String
    let dependencies: Set<String>
  }

  /// Targets that are made by `room`, `tests`, `program` or `.testTarget`, which is all of those in Swift.
  private static func targets(in description: String) -> [Target] {
    var targets: [Target] = []
    for match in description.matches(of: /(?m)^ *(room|tests|program|\.testTarget|\.target)\(\s*(?:name: )?"([\w-]+)"/)
    {
      var depth = 1
      var end = match.range.upperBound
      while depth > 0, end < description.endIndex {
        if description[end] == "(" { depth += 1 }
        if description[end] == ")" { depth -= 1 }
        end = description.index(after: end)
      }
      var words = String(description[match.range.upperBound..<end])
      for part in [/(?:package|path): "[^"]*"/, /exclude: \[[^\]]*\]/] { words = words.replacing(part, with: "") }
      let isTest = match.1 == "tests" || match.1 == ".testTarget" || match.2 == "TestSupport"
      var names = Set(words.matches(of: /"([\w-]+)"/).map { String($0.1) })
      // The helper adds these to each.
      if isTest { names.remove("TestSupport") }
      targets.append(
        Target(name: String(match.2), folder: (isTest ? "Tests/" : "Sources/") + match.2, dependencies: names))
    }
    return targets
  }

  /// What the files of a folder import, or include of C.
  private func imports(of folder: String) throws -> Set<String> {
    let root = SharedData.repository.appendingPathComponent(folder)
    var names = Set<String>()
    for case let path as String in FileManager.default.enumerator(atPath: root.path) ?? .init() {
      guard path.hasSuffix(".swift") || path.hasSuffix(".c") || path.hasSuffix(".h") else { continue }
      let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
      let pattern =
        path.hasSuffix(".swift")
        ? /(?m)^ *(?:@\w+(?:\(\w+\))? )?(?:public |package |internal )?import (\w+)/ : /#include [<"](C\w+)\.h[>"]/
      for match in text.matches(of: pattern) { names.insert(String(match.1)) }
    }
    return names
  }

  @Test func `each target depends on what its files import, and on nothing else`() throws {
    let description = try String(
      contentsOf: SharedData.repository.appendingPathComponent("Package.swift"), encoding: .utf8)
    let targets = Self.targets(in: description)
    #expect(targets.count > 50)
    let own = Set(targets.map(\.name))
    for target in targets {
      let imports = try imports(of: target.folder)
      // The linker's alone.
      let unused = target.dependencies.subtracting(imports).subtracting(["CICUData"])
      #expect(unused.isEmpty, "\(target.name) depends on \(unused.sorted()), which no file imports")
      let missing = imports.intersection(own).subtracting(target.dependencies).subtracting([target.name, "TestSupport"])
      #expect(missing.isEmpty, "\(target.name) imports \(missing.sorted()), which it does not depend on")
    }
  }

  @Test func `a description is read as it is written`() {
    let targets = Self.targets(
      in: """
        room("Site", ["Ratings", .product(name: "Yams", package: "Yams"), .target(name: "CXGBoost", condition: trees)]),
        .testTarget(
          name: "SiteTests", dependencies: ["Site", "TestSupport"], exclude: ["Golden"], swiftSettings: settings),
        """)
    #expect(targets.first { $0.name == "Site" }?.dependencies == ["Ratings", "Yams", "CXGBoost"])
    #expect(targets.first { $0.name == "SiteTests" }?.dependencies == ["Site"])
  }

  /// What was once written in several places, and the one file that has it now.
  @Test(arguments: [
    ("dlopen(", "CPlatform/library.c"), ("compose(yaml:", "YAML/YAMLText.swift"),
    ("146_097", "Platform/CivilDate.swift"), ("EVP_sha256", "Digests/Digest+Unsafe.swift"),
    ("0123456789ABCDEF", "Platform/PercentEncoding.swift"),
  ]) func `libraries, YAML, dates, digests and percent-encoding have one place each`(piece: String, home: String) throws
  {
    let root = SharedData.repository.appendingPathComponent("Sources")
    var homes: [String] = []
    for case let path as String in FileManager.default.enumerator(atPath: root.path) ?? .init()
    where path.hasSuffix(".swift") || path.hasSuffix(".c") {
      let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
      if text.contains(piece) { homes.append(path) }
    }
    #expect(homes == [home])
  }

  /// The library products, and what their declarations show of others. `Templates` says `public` where its code is taken into other
  /// modules as it is written (`@inlinable`).
  private static let published: Set = ["Ratings", "Models", "Evaluation", "LinearAlgebra", "BinaryFiles", "Templates"]

  @Test func `what is public is what other packages are promised`() throws {
    let root = SharedData.repository.appendingPathComponent("Sources")
    for case let path as String in FileManager.default.enumerator(atPath: root.path) ?? .init()
    where path.hasSuffix(".swift") && !Self.published.contains(String(path.prefix { $0 != "/" })) {
      let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
      let declared = text.contains(/(?m)^ *(?:@\w+(?:\([^)]*\))? )*public [a-z]/)
      #expect(!declared, "\(path) declares something public: the modules of no product say package")
    }
  }

  /// Where the output folder is named outside of what publishes: each reads it, or hands it on to `Publishing`.
  private static let namesOutput: Set = [
    "Commands/BuildCommand.swift", "Pipeline/Building/Build.swift", "Pipeline/Building/Build+Explanation.swift",
    "Pipeline/Building/Build+Privacy.swift", "Settings/SiteFolder.swift", "Workbench/DoctorReport.swift",
    "marquee/SiteServing.swift",
  ]

  /// Lines that write, move or remove a file whose name has to do with the output folder.
  private static func writesToOutput(_ text: String) -> Bool {
    let writing =
      /(?:RawFile\.(?:write|replace|remove|makeFolders|creatingFolders|move|link)|\.write\(to:|createFile\(|createDirectory\(|removeItem\(|moveItem\(|copyItem\(|unlink\(|rename\()(.*)/
    return text.matches(of: writing).contains { $0.1.lowercased().contains("output") }
  }

  @Test func `one module alone writes into the output folder`() throws {
    let root = SharedData.repository.appendingPathComponent("Sources")
    var naming: Set<String> = []
    for case let path as String in FileManager.default.enumerator(atPath: root.path) ?? .init()
    where path.hasSuffix(".swift") && !path.hasPrefix("Publishing/") {
      let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
      if text.contains(/\b(?:folder|site|options)\.output\b|\boutputFolder\(\)|var output: String \{/) {
        naming.insert(path)
      }
      #expect(!Self.writesToOutput(text), "\(path) writes into the output folder, which is for Publishing alone")
    }
    #expect(naming == Self.namesOutput, "\(naming.symmetricDifference(Self.namesOutput).sorted())")
    #expect(Self.writesToOutput("try RawFile.replace(bytes, at: folder.output + path)"))
    #expect(Self.writesToOutput("try? FileManager.default.removeItem(atPath: output)"))
    #expect(!Self.writesToOutput("try RawFile.replace(bytes, at: folder.memory)"))
  }
}
