extension EndpointError {
  /// One of each, for the handbook.
  package static var examples: [EndpointError] {
    [
      .noSite(folder: "films/output"),
      .portInUse(host: "127.0.0.1", port: 8080),
      .portForbidden(host: "127.0.0.1", port: 80),
      .unknownHost(host: "films.example"),
      .alreadyServed(database: "films/.marquee/marquee.sqlite", holder: "4711"),
      .halfCertificate,
      .certificateUnreadable(path: "club.pem", reason: "no start line"),
      .keyUnreadable(path: "club.key", reason: "no start line"),
      .keyOfAnother(certificate: "club.pem", key: "club.key"),
      .failed(reason: "too many open files"),
    ]
  }
}
