import NIOCore

/// A time by which something must have happened on a connection, and what is done otherwise. For its event loop alone.
///
/// Setting a time again and again costs next to nothing: the task of the loop stays where it is, and looks at the time that
/// holds then.
final class Deadline {
  private let loop: any EventLoop
  /// Nil after the end: it holds what holds this.
  private var action: (() -> Void)?
  private var time: NIODeadline?
  private var look: (at: NIODeadline, task: Scheduled<Void>)?

  init(on loop: any EventLoop, action: @escaping () -> Void) { (self.loop, self.action) = (loop, action) }

  var isSet: Bool { time != nil }

  func set(in amount: TimeAmount) { set(.now() + amount) }

  /// Sets it unless it comes earlier already.
  func shorten(to amount: TimeAmount) {
    let new = NIODeadline.now() + amount
    set(time.map { min($0, new) } ?? new)
  }

  /// It has happened.
  func clear() { time = nil }

  /// The connection is over.
  func end() {
    (time, action) = (nil, nil)
    look?.task.cancel()
    look = nil
  }

  private func set(_ new: NIODeadline) {
    guard action != nil else { return }
    time = new
    if let look {
      guard new < look.at else { return }
      look.task.cancel()
    }
    let bound = NIOLoopBound(self, eventLoop: loop)
    look = (new, loop.scheduleTask(deadline: new) { bound.value.lookAtClock() })
  }

  private func lookAtClock() {
    look = nil
    guard let time else { return }
    guard time <= .now() else { return set(time) }
    self.time = nil
    action?()
  }
}
