import Dispatch
import Evaluation
import Foundation
import Models
import Ratings
import TestSupport
import Testing

@Suite struct `Searching settings` {
  private let descriptor = ModelDescriptor(
    name: "searched", family: "tests", job: .stars, purpose: "Has settings.",
    settings: [
      ModelSetting("damping", default: 10, in: 0...1000, "at ratios, by its range"),
      ModelSetting("rate", default: 0.01, in: 0.0001...1, isLogarithmic: true, "at ratios"),
      ModelSetting("share", default: 0.5, in: 0...1, "evenly"),
      ModelSetting("factors", default: 32, in: 1...512, isWhole: true, "whole"),
      ModelSetting("dates", default: 0, in: 0...1, isWhole: true, "on or off"),
      ModelSetting("fixed", default: 3, in: 3...3, "no choice"),
    ], reference: "none")

  /// Lowest, 0, at damping 40, rate 0.03, share 0.8, dates on.
  private func loss(_ values: [String: Double]) -> Double {
    func ratio(_ name: String, _ best: Double) -> Double {
      let quotient = (values[name] ?? 0) / best
      return quotient <= 0 ? 100 : max(quotient, 1 / quotient) - 1
    }
    return ratio("damping", 40) + ratio("rate", 0.03) + abs((values["share"] ?? 0) - 0.8) + 1 - (values["dates"] ?? 0)
  }

  private func isAllowed(_ values: [String: Double]) -> Bool {
    (try? ModelSettings(descriptor, overrides: values)) != nil
  }

  @Test func `every candidate is within the ranges, whole where it must be`() {
    let search = SettingSearch(descriptor, seed: 3)
    var best = search.defaults
    for number in 0..<2000 {
      let random = search.random(number)
      best = search.near(best, number, breadth: Double(number % 10) / 10)
      #expect(isAllowed(random) && isAllowed(best))
    }
  }

  @Test func `the seed fixes the candidates`() {
    let search = SettingSearch(descriptor, seed: 3)
    #expect((0..<50).map(search.random) == (0..<50).map(SettingSearch(descriptor, seed: 3).random))
    #expect((0..<50).map(search.random) != (0..<50).map(SettingSearch(descriptor, seed: 4).random))
    #expect(search.near(search.defaults, 5, breadth: 1) == search.near(search.defaults, 5, breadth: 1))
  }

  @Test func `every setting is tried on both sides of its default`() {
    let search = SettingSearch(descriptor, seed: 1)
    let candidates = (0..<300).map(search.random)
    for (name, value) in search.defaults where name != "fixed" && name != "dates" {
      #expect(candidates.contains { ($0[name] ?? value) < value / 1.5 }, "\(name)")
      #expect(candidates.contains { ($0[name] ?? value) > value * 1.5 }, "\(name)")
    }
    #expect(candidates.contains { $0["dates"] == 1 })
    #expect(candidates.allSatisfy { $0["fixed"] == 3 })
  }

  @Test func `settings are at equal ratios where they say so or their range does`() {
    // 512 is more than a hundred times 1.
    #expect(descriptor.settings.filter(\.isAtRatios).map(\.name) == ["damping", "rate", "factors"])
    #expect(ModelSetting("n", default: 10, in: 1...1000, isWhole: true, "").isAtRatios)
    #expect(!ModelSetting("n", default: 10, in: 1...1000, isWhole: true, isLogarithmic: false, "").isAtRatios)
  }

  @Test func `values have three digits`() {
    let setting = ModelSetting("x", default: 1, in: 0...1000, "")
    #expect(setting.allowed(0.012_345_6) == 0.0123)
    #expect(setting.allowed(123.456) == 123)
    #expect(setting.allowed(0) == 0)
    #expect(setting.allowed(-3) == 0)
    #expect(setting.allowed(2000) == 1000)
  }

  @Test func `a search comes near the best settings`() throws {
    let search = SettingSearch(descriptor, seed: 1)
    var heard: [Double] = []
    let clock = WorkClock()
    let result = try search.run(
      until: clock.now(after: .seconds(4)), by: clock, shares: [1],
      loss: { values, _ in
        clock.work(.milliseconds(1))
        return loss(values)
      },
      improved: { heard.append($1) })
    let found = try #require(result)
    #expect(found.loss < 0.5, "\(found.loss) \(found.settings)")
    #expect(found.defaultLoss == loss(search.defaults))
    #expect(heard.first == found.defaultLoss)
    #expect(heard.last == found.loss)
    #expect(zip(heard, heard.dropFirst()).allSatisfy { $0 > $1 })
    #expect(found.loss == loss(found.settings))
  }

  @Test func `where all users take too long a sample decides, and the best of a smaller one go on to it`() throws {
    let search = SettingSearch(descriptor, seed: 1)
    let clock = WorkClock()
    var shares: [Double: Int] = [:]
    let result = try search.run(
      until: clock.now(after: .seconds(3)), by: clock, shares: [0.0625, 0.25, 1],
      loss: { values, share in
        shares[share, default: 0] += 1
        clock.work(.milliseconds(share == 1 ? 600 : share == 0.25 ? 10 : 2))
        return loss(values)
      }, improved: { _, _ in })
    #expect(result?.share == 0.25)
    #expect((shares[1] ?? 0) <= 1)
    #expect((shares[0.0625] ?? 0) > 2 * (shares[0.25] ?? 0))
  }

  @Test func `a model without choices is tried once`() throws {
    let bare = ModelDescriptor(name: "bare", family: "tests", job: .stars, purpose: "Nothing.", reference: "none")
    var count = 0
    let result = try SettingSearch(bare, seed: 1).run(
      until: ContinuousClock().now + .seconds(5), shares: [1],
      loss: { _, _ in
        count += 1
        return 1
      }, improved: { _, _ in })
    #expect(count == 1)
    #expect(result?.settings == [:])
  }

  @Test func `a small choice ends before the time is up`() throws {
    let small = ModelDescriptor(
      name: "small", family: "tests", job: .stars, purpose: "Two.",
      settings: [ModelSetting("dates", default: 0, in: 0...1, isWhole: true, "on or off")], reference: "none")
    let clock = WorkClock()
    let end = clock.now(after: .seconds(20))
    let result = try SettingSearch(small, seed: 1).run(
      until: end, by: clock, shares: [1],
      loss: { values, _ in
        clock.work(.milliseconds(10))
        return 1 - (values["dates"] ?? 0)
      }, improved: { _, _ in })
    #expect(result?.settings == ["dates": 1])
    #expect(result?.trials == 2)
    #expect(clock.now < end)
  }

  @Test func `no time gives no result, and work that takes too long is given up`() throws {
    let clock = ContinuousClock()
    let late = try SettingSearch(descriptor, seed: 1).run(
      until: clock.now - .seconds(1), shares: [1], loss: { _, _ in 1 }, improved: { _, _ in })
    #expect(late == nil)
    let isOver = DispatchSemaphore(value: 0)
    let value = try TimeLimit.run(until: clock.now + .milliseconds(50)) {
      isOver.wait()
      return 1
    }
    isOver.signal()
    #expect(value == nil)
    #expect(try TimeLimit.run(until: clock.now + .seconds(30)) { 7 } == 7)
    #expect(throws: EvaluationError.noDates) {
      try TimeLimit.run(until: clock.now + .seconds(30)) { () throws -> Int in throw EvaluationError.noDates }
    }
  }

  @Test func `a sample of the users keeps all that is theirs and nothing else`() {
    let dataset = `Evaluation protocols`.dataset()
    let sample = dataset.sample(ofUsers: 0.25, seed: 1)
    #expect(sample.invariantViolations == [])
    #expect(sample.users.count == 13)
    let kept = Set(sample.users.map(\.id))
    #expect(sample.ratings.count == dataset.ratings.users.count { kept.contains(dataset.users[Int($0)].id) })
    #expect(sample.tags.count == dataset.tags.count { kept.contains(dataset.users[Int($0.user)].id) })
    #expect(dataset.sample(ofUsers: 1, seed: 1) == dataset)
  }
}
