import Precompute
import Site
import Testing

/// What is kept from build to build is made from sources, and a source holds nothing that is not counted.
@Suite struct PageSourceTests {
  /// The stored properties that are no parts of a source, and those of the sources within.
  private static func uncounted(_ source: Any) -> [String] {
    Mirror(reflecting: source).children.flatMap { child -> [String] in
      let name = "\(type(of: source)).\(child.label ?? "")"
      guard child.value is any SourcePart else { return [name] }
      if child.value is any PageSource { return uncounted(child.value) }
      guard let sources = child.value as? [any PageSource] else { return [] }
      return sources.flatMap { uncounted($0) }
    }
  }

  @Test func `Everything in a source is counted`() throws {
    let sources = try Fixture.website().firstSources()
    #expect(sources.count >= 4)
    for source in sources {
      #expect(Mirror(reflecting: source).children.count > 5)
      #expect(Self.uncounted(source).isEmpty)
    }
  }

  @Test func `A property that is not counted is found`() {
    struct Forgetful: PageSource { let title = "Alien" }
    struct Outer: PageSource { let inner = [Forgetful()] }
    #expect(Self.uncounted(Forgetful()) == ["Forgetful.title"])
    #expect(Self.uncounted(Outer()) == ["Forgetful.title"])
  }

  /// `Fingerprint.add(_: Movie)` names what a movie has; `SourceTests` changes each of it.
  @Test func `Nothing is known of a movie that its fingerprint does not name`() {
    let names = Mirror(reflecting: Fixture.movies[0]).children.compactMap(\.label)
    #expect(names == ["id", "title", "year", "genres", "directors", "imdbID", "tmdbID", "runtime", "language"])
    let statistics = Mirror(reflecting: Fixture.precomputed().movieStatistics[0]).children.compactMap(\.label)
    #expect(statistics == ["count", "mean", "histogram"])
  }
}
