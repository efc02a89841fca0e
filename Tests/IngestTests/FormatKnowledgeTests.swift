import Ingest
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What is known of people's files: one description, for the program and the browser.
struct FormatKnowledgeTests {
  private static let file =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .path + "/site-templates/assets/scripts/formats.json"

  private struct Description: Decodable {
    struct Service: Decodable { let name: String }
    let services: [Service]
    let columns: [String: [String]]
  }

  @Test func `The program knows what the browser is sent`() throws {
    #expect(try Data(contentsOf: URL(fileURLWithPath: Self.file)) == Data(Ingest.formatDescription))
  }

  @Test func `Every service is a format, and names are written as they are compared`() throws {
    let known = try JSONDecoder().decode(Description.self, from: Data(Ingest.formatDescription))
    for service in known.services {
      #expect(IngestFormat(rawValue: service.name)?.isPersonal == true, "\(service.name)")
    }
    for (meaning, names) in known.columns {
      #expect(Set(names).count == names.count, "\(meaning)")
      for name in names {
        #expect(name.allSatisfy { $0.isLetter || $0.isNumber } && name == name.lowercased(), "\(name)")
      }
    }
  }
}
