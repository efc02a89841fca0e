import Synchronization

/// A progress bar on a terminal, redrawn in place; nothing elsewhere.
final class ProgressBar: Sendable {
  private let shown = Mutex("")
  private static let width = 30

  /// Shows the progress of the step, from 0 to 1.
  func show(_ step: String, _ fraction: Double) {
    guard Console.isTerminal else { return }
    let filled = Int((min(1, max(0, fraction)) * Double(Self.width)).rounded())
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.width - filled)
    let line = "\(bar) \(Int(min(1, max(0, fraction)) * 100)) %  \(step)"
    shown.withLock { shown in
      guard shown != line else { return }
      shown = line
      Console.draw("\r\u{1b}[2K\(line)")
    }
  }

  /// Clears the bar.
  func clear() {
    guard Console.isTerminal else { return }
    shown.withLock { shown in
      if !shown.isEmpty { Console.draw("\r\u{1b}[2K") }
      shown = ""
    }
  }
}
