/// Why a data set could not be fetched, other than network errors.
package enum FetchingError: Error, Equatable, CustomStringConvertible {
  case unknown(String, nearest: String?)

  package var description: String {
    switch self {
    case .unknown(let name, let nearest):
      "no public data set is called “\(name)”\(nearest.map { "; did you mean \($0)?" } ?? ""); known are "
        + PublicDataSet.all.map(\.name).joined(separator: ", ")
    }
  }
}
