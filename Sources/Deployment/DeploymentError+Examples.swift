extension DeploymentError {
  /// One of each, for the handbook.
  package static var examples: [DeploymentError] {
    [
      .foreignPages(target: "/var/www", paths: ["index.html"]),
      .program(name: "rsync", reason: "connection refused"),
      .programMissing(name: "rsync"),
      .credentialsMissing,
      .notWritable(path: "/var/www", reason: "Permission denied"),
      .sourceMissing(path: "output/index.html"),
      .unreadable(path: "/var/www"),
      .notFolder(path: "notes.txt"),
      .insideItself(path: "films/output"),
      .notArrived(target: "git@example.org:club.git gh-pages", reason: "gh-pages is not what was pushed"),
      .oddAnswer(url: "https://bucket.example.org"),
    ]
  }
}
