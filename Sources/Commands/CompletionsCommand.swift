import ArgumentParser

struct CompletionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions",
    abstract: "Prints a shell completion script.",
    discussion: """
      EXAMPLES
        marquee completions bash > ~/.local/share/bash-completion/completions/marquee
        marquee completions zsh > ~/.zfunc/_marquee
        marquee completions fish > ~/.config/fish/completions/marquee.fish
      """)

  enum Shell: String, CaseIterable, ExpressibleByArgument { case bash, zsh, fish }

  @Argument(help: "bash, zsh or fish.")
  var shell: Shell

  func run() throws {
    let kind: CompletionShell =
      switch shell {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    Console.write(Marquee.completionScript(for: kind) + "\n")
  }
}
