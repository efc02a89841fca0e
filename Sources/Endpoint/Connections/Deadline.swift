import NIOCore

/// A deadline on a connection, and the action when it is missed. Only for use on its event loop.
///
/// Resetting it is cheap: the scheduled task stays, and checks the deadline in force
/// when it runs.
final class Deadline {
  private let loop: any EventLoop
  /// Nil after the end, to break a reference cycle.
  private var action: (() -> Void)?
  private var time: NIODeadline?
  private var look: (at: NIODeadline, task: Scheduled<Void>)?

  init(on loop: any EventLoop, action: @escaping () -> Void) { (self.loop, self.action) = (loop, action) }

  var isSet: Bool { time != nil }

  func set(in amount: TimeAmount) { set(.now() + amount) }

  /// Sets it unless it is already earlier.
  func shorten(to amount: TimeAmount) {
    let new = NIODeadline.now() + amount
    set(time.map { min($0, new) } ?? new)
  }

  /// The event has happened.
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
