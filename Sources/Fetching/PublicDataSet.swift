import Platform
import Ratings
import Web

/// A public data set that can be fetched by name.
package struct PublicDataSet: Sendable {
  /// Its name on the command line.
  package let name: String
  /// A short description.
  package let about: String
  /// The archive's path on the publisher's server or a mirror.
  package let path: String
  /// The digest of archives that never change; nil if the publisher has it in a file next to the archive.
  let checksum: String?
  /// Whether the publisher has a file with the digest (the archive's name and `.md5`).
  let hasChecksumFile: Bool
  /// The conditions of its licence.
  package let licence: String
  /// The address of its terms.
  package let terms: String

  /// The archive's file name.
  package var archive: String { String(path.split(separator: "/").last ?? "") }

  /// The publisher's address.
  package static let publisher = "https://files.grouplens.org/datasets"

  private static let movieLens =
    "Research use; no warranty; name GroupLens; do not redistribute or use commercially without permission."

  private static func movieLens(
    _ name: String, _ file: String, _ about: String, checksum: String? = nil
  ) -> PublicDataSet {
    PublicDataSet(
      name: "movielens-\(name)", about: about, path: "movielens/\(file).zip", checksum: checksum, hasChecksumFile: true,
      licence: movieLens,
      terms: "\(publisher)/movielens/\(file)-README.\(["100k", "1m"].contains(name) ? "txt" : "html")")
  }

  /// All of them, the small ones first.
  package static let all: [PublicDataSet] = [
    movieLens("latest-small", "ml-latest-small", "100,000 ratings of 9,700 films up to 2018, tags, links; 1 MB"),
    movieLens(
      "100k", "ml-100k", "100,000 ratings by 943 people of 1,682 films, 1998, with ages and occupations; 5 MB",
      checksum: "0e33842e24a9c977be4e0107933c0723"),
    movieLens(
      "1m", "ml-1m", "1 million ratings of 3,900 films, 2000, with ages and occupations; 6 MB",
      checksum: "c4d9eecfca2ab87c1945afe126590906"),
    PublicDataSet(
      name: "hetrec", about: "860,000 ratings of 10,000 films with directors, 2009; 18 MB",
      path: "hetrec2011/hetrec2011-movielens-2k-v2.zip", checksum: nil, hasChecksumFile: false,
      licence: "Non-commercial use; name the HetRec 2011 workshop, GroupLens, IMDb and Rotten Tomatoes.",
      terms: "\(publisher)/hetrec2011/hetrec2011-movielens-readme.txt"),
    movieLens(
      "10m", "ml-10m", "10 million ratings and tags of 10,000 films, 2009; 63 MB",
      checksum: "ce571fd55effeba0271552578f2648bd"),
    movieLens(
      "20m", "ml-20m", "20 million ratings of 27,000 films, 2015, tags, links; 190 MB",
      checksum: "cd245b17a1ae2cc31bb14903e1204af3"),
    movieLens(
      "25m", "ml-25m", "25 million ratings of 62,000 films, 2019, tags, links; 250 MB",
      checksum: "6b51fb2759a8657d3bfcbfc42b592ada"),
    movieLens("32m", "ml-32m", "32 million ratings of 87,000 films, 2023, tags, links; 240 MB"),
  ]

  /// The one called `name`; "100k" and "ml-100k" also find "movielens-100k".
  ///
  /// - Throws: `FetchingError.unknown` with the nearest name.
  package static func named(_ name: String) throws(FetchingError) -> PublicDataSet {
    let plain = name.lowercased()
    let names = [plain, "movielens-\(plain)", plain.replacing("ml-", with: "movielens-", maxReplacements: 1)]
    if let found = all.first(where: { names.contains($0.name) }) { return found }
    throw .unknown(name, nearest: Spelling.nearest(to: plain, among: all.map(\.name)))
  }
}
