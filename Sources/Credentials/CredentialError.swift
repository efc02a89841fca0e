/// Why a password could not be hashed.
public enum CredentialError: Error, Equatable {
  case outOfMemory
}

extension CredentialError: CustomStringConvertible {
  public var description: String { "a password could not be hashed: there is too little memory; try again" }
}
