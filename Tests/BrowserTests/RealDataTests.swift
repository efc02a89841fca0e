import Foundation
import TestSupport
import Testing

@Suite(
  .serialized, .enabled(if: Browser.isExpected, "\(Browser.absence)"),
  .enabled(if: SharedData.has(SharedData.movieLensLatestSmall), "\(SharedData.absence)"))
struct `MovieLens latest-small in the browser` {
  @Test func `predictions agree with the command line, and 9,724 films take less than 50 ms`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      title: Latest
      description: Films.
      url: https://films.example/
      data: \(SharedData.movieLensLatestSmall)
      quality: quick
      models: [als, popularity]
      """, to: "content/site.yaml")
    let site = try await ServedSite(building: folder)
    try await Browser.visit(site) { page in
      _ = try await page.rate([10, 2, 8, 9, 3])
      try await page.wait(for: "#FirstRow > li", seconds: 30)
      try await `Rating films in the browser`.expectAgreement(page)
      let measured = try await page.evaluate(
        """
        marquee.model().then(model => {
          const times = [];
          for (let run = 0; run < 7; run++) {
            const start = performance.now();
            const profile = model.foldIn(marquee.diary.state.ratings);
            for (const film of model.best(profile, () => false, 20)) {
              model.guess(profile, film);
              model.reasons(profile, film);
            }
            times.push(performance.now() - start);
          }
          return [model.count, times.sort((a, b) => a - b)[3]];
        })
        """
      ).numbers
      #expect(measured[0] == 9724 && measured[1] < 50, "\(measured)")
      let model = try folder.contents(of: "output/taste").first { $0.key.hasSuffix(".bin") }
      #expect(try #require(model).value.count <= 40 * 9724)
      try await page.expectQuiet()
    }
  }
}
