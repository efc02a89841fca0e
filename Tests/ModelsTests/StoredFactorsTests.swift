import Foundation
import Models
import Platform
import Ratings
import TestSupport
import Testing

@Suite struct `Film factors in a file` {
  #if os(Linux)
    @Test(arguments: ["als", "ials", "bpr", "warp"])
    func `are used where the mapped file has them`(name: String) throws {
      let folder = try TemporaryFolder()
      let path = folder.path("model")
      let training = ContractTests.noise
      try fitted(name, to: training).withoutUsers().write(dataset: 1, to: path)
      let model = try ModelCatalogue.model(named: name).read(from: path, isMapped: true)
      let movies = try #require(model as? any HasProductForm).productForm.movies
      #expect(movies.rows == training.movieCount)
      let file = try movies.withUnsafeBufferPointer { numbers in
        try Self.file(mappedAt: UInt(bitPattern: numbers.baseAddress))
      }
      #expect(file == URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
    }

    /// The file that lies at an address of this process, of lines such as `7f00-7f08 r--p 0000 fe:01 17   /tmp/model`.
    private static func file(mappedAt address: UInt) throws -> String? {
      for line in try #require(SystemFile.text("/proc/self/maps")).split(separator: "\n") {
        let fields = line.split(separator: " ", maxSplits: 5)
        let ends = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
        if fields.count == 6, ends.count == 2, (ends[0]..<ends[1]).contains(address) {
          return fields[5].trimmingCharacters(in: .whitespaces)
        }
      }
      return nil
    }
  #endif
}
