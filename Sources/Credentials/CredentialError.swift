/// Why a password could not be hashed.
package enum CredentialError: Error, Equatable {
  case outOfMemory
}

extension CredentialError: CustomStringConvertible {
  package var description: String { "a password could not be hashed: there is too little memory; try again" }
}
