import Hummingbird
import Logging

@main
struct Hello {
  static func main() async throws {
    let router = Router()
    router.get("/") { _, _ in "hello" }
    var logger = Logger(label: "hello")
    logger.logLevel = .critical
    let port = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 8081
    try await Application(
      router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)), logger: logger
    ).runService()
  }
}
