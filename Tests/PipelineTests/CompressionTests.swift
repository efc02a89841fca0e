import Foundation
import Pipeline
import TestSupport
import Testing

@Suite struct `Packed copies` {
  private func unpacked(_ program: String, _ path: String) throws -> Data {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program, "-dc", path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(program) \(path)")
    return data
  }

  @Test(.slow) func `lie beside files that gain from it, unpack to them, and go with the setting`() throws {
    let site = try TinySite()
    try site.build()
    let plain = try site.output
    site.settings["compress"] = "[gzip, brotli]"
    try site.writeData()
    try site.build()
    let output = try site.output
    let packed = output.keys.filter { $0.hasSuffix(".gz") }
    #expect(packed.count > 50 && packed.contains("index.html.gz") && !packed.contains { $0.contains(".png") })
    #expect(Set(output.keys.filter { $0.hasSuffix(".br") }) == Set(packed.map { $0.dropLast(3) + ".br" }))
    for path in packed.sorted().prefix(12) {
      let file = String(path.dropLast(3))
      #expect(try unpacked("gzip", site.place + "/output/" + path) == output[file])
      #expect(try #require(output[file + ".br"]).count < #require(output[file]).count)
    }
    // A rating changes some pages: only their copies are made anew.
    try site.write("Words.\n", to: "content/pages/other.md")
    let pages = try site.build().pages
    #expect(pages.written > 0 && pages.kept > 0)
    #expect(try site.output == site.cleanOutput())
    site.settings["compress"] = nil
    try site.writeData()
    try site.remove("content/pages/other.md")
    try site.build()
    #expect(try site.output == plain)
  }
}
