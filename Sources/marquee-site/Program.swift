import Commands

/// The program without its server: what a first site needs, compiled in half the time.
@main
enum Program {
  static func main() async { await Marquee.run(server: nil) }
}
