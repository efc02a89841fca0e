/// The result of a search.
public struct SearchResult: Sendable, Equatable {
  /// The best settings on the largest sample, and their loss there; lower is better.
  public let settings: [String: Double]
  /// As `ModelEvaluation.loss` measures it: root mean squared error in stars, or −nDCG@10.
  public let loss: Double
  /// The loss of the defaults on the same sample.
  public let defaultLoss: Double
  /// The number of fitted candidates, on any sample.
  public let trials: Int
  /// Share of the users in the sample of the losses.
  public let share: Double
}

extension SettingSearch {
  /// Shares of the users in the samples: each four times the one before.
  public static let shares = [1.0 / 16, 1.0 / 4, 1]
  /// How many fits of the defaults should fit into the time on the deciding sample.
  static let fewestTrials = 10.0
  /// How many candidates are tried on the smaller sample for each that advances to the larger.
  static let screening = 4
  /// Share of the time for global exploration; the rest is for the neighbourhood of the best.
  static let explorationShare = 0.6

  /// Searches until `deadline`, by successive halving: candidates are tried on a sample of the users first if all of
  /// them take too long, and the best few on a larger one.
  ///
  /// - Parameters:
  ///   - clock: the clock of `deadline`.
  ///   - shares: the samples that are large enough to distinguish candidates.
  ///   - loss: fits a candidate on a sample and returns its loss; nil once the time is up.
  ///   - improved: called for every candidate that is the best so far on the deciding sample, the defaults first.
  /// - Returns: nil if not even the defaults could be tried in time.
  public func run<Watch: Clock>(
    until deadline: Watch.Instant, by clock: Watch = ContinuousClock(), shares: [Double] = SettingSearch.shares,
    loss: (_ settings: [String: Double], _ share: Double) throws -> Double?,
    improved: (_ settings: [String: Double], _ loss: Double) -> Void
  ) throws -> SearchResult? where Watch.Duration == Duration {
    let start = clock.now
    var trials = 0
    func tried(_ settings: [String: Double], _ share: Double) throws -> Double? {
      guard clock.now < deadline, let loss = try loss(settings, share) else { return nil }
      trials += 1
      return loss
    }

    // The defaults on growing samples, as long as many more fits of that size fit into the time.
    var defaultLosses: [Double] = []
    for (rung, share) in shares.enumerated() {
      let before = clock.now
      guard let loss = try tried(defaults, share) else { break }
      defaultLosses.append(loss)
      let seconds = before.duration(to: clock.now) / .seconds(1)
      let left = clock.now.duration(to: deadline) / .seconds(1)
      if rung > 0, seconds * Self.fewestTrials > left {
        defaultLosses.removeLast()
        break
      }
      if rung + 1 < shares.count, seconds * 4 * Self.fewestTrials > left { break }
    }
    guard let rung = defaultLosses.indices.last else { return nil }
    let share = shares[rung]
    var best = (settings: defaults, loss: defaultLosses[rung])
    improved(best.settings, best.loss)
    func result() -> SearchResult {
      SearchResult(
        settings: best.settings, loss: best.loss, defaultLoss: defaultLosses[rung], trials: trials, share: share)
    }
    guard !isEmpty else { return result() }

    var seen: Set<[String: Double]> = [defaults]
    var repeats = 0
    var number = 0
    let whole = start.duration(to: deadline) / .seconds(1)
    /// The next candidate that was not tried yet; nil if there seem to be no more.
    func next() -> [String: Double]? {
      while repeats < 200 {
        number += 1
        let spent = whole > 0 ? start.duration(to: clock.now) / .seconds(1) / whole : 1
        let isExploring = spent < Self.explorationShare
        let breadth = max(0, (1 - spent) / (1 - Self.explorationShare))
        let candidate = isExploring ? random(number) : near(best.settings, number, breadth: min(1, breadth))
        if seen.insert(candidate).inserted {
          repeats = 0
          return candidate
        }
        repeats += 1
      }
      return nil
    }
    search: while clock.now < deadline {
      var candidates: [[String: Double]] = []
      for _ in 0..<(rung > 0 ? Self.screening : 1) {
        if let candidate = next() { candidates.append(candidate) }
      }
      guard !candidates.isEmpty else { break }
      var promoted = candidates[0]
      if rung > 0, candidates.count > 1 {
        var screened: [(settings: [String: Double], loss: Double)] = []
        for candidate in candidates {
          guard let loss = try tried(candidate, shares[rung - 1]) else { break search }
          screened.append((candidate, loss))
        }
        promoted = screened.min { $0.loss < $1.loss }?.settings ?? promoted
      }
      guard let loss = try tried(promoted, share) else { break }
      if loss < best.loss {
        best = (promoted, loss)
        improved(promoted, loss)
      }
    }
    return result()
  }
}
