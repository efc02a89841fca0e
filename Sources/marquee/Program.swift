import Commands

/// The whole program.
@main
enum Program {
  static func main() async { await Marquee.run(server: SiteServing()) }
}
