import NIOCore

/// The deadlines of consecutive requests and responses, in an HTTP/1 connection or an HTTP/2 stream: a client that
/// sends or reads a byte now and then cannot keep a slot.
///
/// Requests and responses end in any order. The time of a request starts with the connection, or with the end of the last
/// response, and ends with its body. A response that ends before the body leaves the body a
/// moment. During a response, the client has some time in which it may receive nothing at all.
final class RequestTimes {
  private let limits: ConnectionLimits
  /// When a request must be there. Not set while only an answer is due.
  private let arrival: Deadline
  /// When the other side must have taken something. Not set while there is room for more.
  private let taking: Deadline
  private let setBusy: (Bool) -> Void
  private var isBusy = false
  private var isStopping = false
  /// Heads of requests whose answers have not ended.
  private(set) var answersDue = 0
  /// Whether the body of the last request still comes.
  private(set) var isBodyOpen = false

  /// - Parameters:
  ///   - setBusy: called when a request begins to be answered, and when none is any more.
  ///   - expire: ends the connection, or the stream.
  init(
    _ limits: ConnectionLimits, on loop: any EventLoop, setBusy: @escaping (Bool) -> Void,
    expire: @escaping () -> Void
  ) {
    self.limits = limits
    self.setBusy = setBusy
    arrival = Deadline(on: loop, action: expire)
    taking = Deadline(on: loop, action: expire)
  }

  /// What has not arrived whole is waited for so long.
  private var arrivalTime: TimeAmount {
    isStopping ? min(limits.timeout, ConnectionLimits.lastArrival) : limits.timeout
  }

  func begin() { arrival.set(in: arrivalTime) }

  func requestBegins() {
    answersDue += 1
    isBodyOpen = true
  }

  func requestEnds() {
    isBodyOpen = false
    guard answersDue > 0 else { return }
    arrival.clear()
    report(true)
  }

  func answerEnds() {
    answersDue = max(0, answersDue - 1)
    guard answersDue == 0 else { return }
    report(false)
    arrival.set(in: isBodyOpen ? min(arrivalTime, ConnectionLimits.lingering) : arrivalTime)
  }

  func writabilityChanges(_ isWritable: Bool) {
    if isWritable { taking.clear() } else { taking.set(in: limits.timeout) }
    report(isWritable && answersDue > 0 && !isBodyOpen)
  }

  /// The server stops: a body that still comes is not waited for as long as otherwise.
  func stop() {
    isStopping = true
    if isBodyOpen { arrival.shorten(to: arrivalTime) }
  }

  func end() {
    report(false)
    arrival.end()
    taking.end()
  }

  private func report(_ isBusy: Bool) {
    guard self.isBusy != isBusy else { return }
    self.isBusy = isBusy
    setBusy(isBusy)
  }
}
