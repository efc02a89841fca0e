import Commands

/// The complete program.
@main
enum Program {
  static func main() async { await Marquee.run(server: SiteServing()) }
}
