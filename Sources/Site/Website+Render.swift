import Precompute
import Ratings
import Search

extension Website {
  /// How many files the site has.
  package var outputCount: Int { places.count }

  /// The path of a file under the output folder, known without rendering it.
  ///
  /// - Parameter index: 0..<`outputCount`.
  package func path(of index: Int) -> String {
    let (file, place) = file(index)
    return file.path(place)
  }

  /// Renders one file: `bytes` is emptied and then holds its content; the result is its path under the output folder.
  ///
  /// Safe to call from several threads at once; the same index always gives the same bytes.
  ///
  /// - Parameter index: 0..<`outputCount`.
  package func render(_ index: Int, into bytes: inout [UInt8]) throws -> String {
    bytes.removeAll(keepingCapacity: true)
    let (file, place) = file(index)
    try file.prepare(place, false).render(&bytes)
    return file.path(place)
  }

  /// A file before it is rendered: it may turn out that it need not be.
  ///
  /// - Parameter index: 0..<`outputCount`.
  package func prepared(_ index: Int) -> PreparedFile {
    let (file, place) = file(index)
    return PreparedFile(path: file.path(place), template: file.template, file.prepare(place, true))
  }

  /// The same of the search index, for all its files.
  package var searchSource: UInt64? {
    guard let inputs = parts.inputs else { return nil }
    var sum = context.frame.fingerprint(inputs: inputs)
    sum.add(parts.search.genres.map(\.name))
    for (movie, bucket) in parts.search.buckets.enumerated() {
      sum.add(context.films.facts[movie])
      sum.add(UInt64(bucket))
    }
    return sum.value
  }

  /// The files of the search index, which are not among the rendered ones.
  package func searchFiles() -> [(path: String, bytes: [UInt8])] { parts.search.files() }

  private func file(_ index: Int) -> (SiteFile, Int) {
    (files[Int(places[index].kind)], Int(places[index].index))
  }
}

extension Website {
  /// What the page of a movie, a member and a shelf is made from, the first of each that there is.
  package func firstSources() -> [any PageSource] {
    var reader = SourceReader.uncounted
    var sources: [any PageSource] = []
    if !context.precomputed.movies.isEmpty { sources.append(MovieSource(0, in: context, &reader)) }
    if !context.precomputed.users.isEmpty { sources.append(MemberSource(0, in: context, &reader)) }
    for shelf in ShelfKind.allCases.compactMap({ context.catalogue.shelves[$0]?.first }) {
      sources.append(ShelfSource(ShelfPage.Place(shelf: shelf, order: .first, page: 0), in: context, &reader))
    }
    return sources
  }
}

/// A file whose content is known but not yet written out.
package struct PreparedFile {
  /// Under the output folder.
  package let path: String
  /// What renders it: the name of a template, or "other files" for JSON, feeds and assets.
  package let template: String
  /// A fingerprint of all that it is made from, where one is known: the same fingerprint means the same bytes.
  package let fingerprint: UInt64?
  private let content: (inout [UInt8]) throws -> Void

  fileprivate init(path: String, template: String?, _ file: SiteFile.Prepared) {
    self.path = path
    self.template = template ?? "other files"
    fingerprint = file.fingerprint == 0 ? nil : file.fingerprint
    content = file.render
  }

  /// Appends the content.
  package func render(into bytes: inout [UInt8]) throws { try content(&bytes) }
}
