import NIOSSL
import Settings

/// The server's TLS certificate.
struct ServerCertificate: Sendable {
  let configuration: TLSConfiguration

  /// Nil if the settings name no files.
  ///
  /// - Parameter folder: the base of relative paths.
  /// - Throws: `EndpointError`.
  init?(_ settings: ServeSettings, folder: String) throws {
    guard settings.speaksTLS else { return nil }
    guard !settings.tlsCertificate.isEmpty, !settings.tlsKey.isEmpty else { throw EndpointError.halfCertificate }
    func full(_ path: String) -> String { path.hasPrefix("/") ? path : folder + "/" + path }
    let (certificatePath, keyPath) = (full(settings.tlsCertificate), full(settings.tlsKey))
    let chain: [NIOSSLCertificate]
    do { chain = try NIOSSLCertificate.fromPEMFile(certificatePath) } catch {
      throw EndpointError.certificateUnreadable(path: certificatePath, reason: "\(error)")
    }
    let key: NIOSSLPrivateKey
    do { key = try NIOSSLPrivateKey(file: keyPath, format: .pem) } catch {
      throw EndpointError.keyUnreadable(path: keyPath, reason: "\(error)")
    }
    configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
    do { _ = try NIOSSLContext(configuration: configuration) } catch {
      throw EndpointError.keyOfAnother(certificate: certificatePath, key: keyPath)
    }
  }
}
