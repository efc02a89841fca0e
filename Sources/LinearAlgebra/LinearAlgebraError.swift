/// Why nothing can be computed.
public enum LinearAlgebraError: Error, Equatable {
  case libraryMissing
}

extension LinearAlgebraError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .libraryMissing:
      "OpenBLAS is not installed, and models need it; install libopenblas0 (Debian, Ubuntu), openblas (Fedora, Arch, Homebrew) or "
        + "libopenblas (conda)"
    }
  }
}
