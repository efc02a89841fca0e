import Evaluation
import Models
import Platform
import Precompute
import Ratings
import Site

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Film factors that were fitted to more ratings than a build is given.
struct FactorsApart: Sendable {
  /// Fitted to all but the validation part: what figures are measured with.
  let part: ImportedFactors
  /// Fitted to everything: what is used.
  let whole: ImportedFactors
  /// How many ratings everything is.
  let ratingCount: Int
  /// Of both files' bytes.
  let hash: UInt64

  /// - Throws: `PlatformError.unreadable`, `PipelineError.apartUnusable` for the file at `path` that names them.
  init(part: String, whole: String, ratingCount: Int, path: String) throws {
    var fingerprint = Fingerprint()
    func factors(_ file: String) throws -> ImportedFactors {
      let bytes = try ImportedFactors.bytes(of: file)
      fingerprint.add(bytes)
      guard let factors = try? ImportedFactors(bytes), factors.regularization != nil else {
        throw PipelineError.apartUnusable(path: path, problem: "names \(file), which holds no film factors")
      }
      return factors
    }
    self.part = try factors(part)
    self.whole = try factors(whole)
    guard self.part.factorCount == self.whole.factorCount, self.part.alpha == self.whole.alpha,
      self.part.regularization == self.whole.regularization
    else {
      throw PipelineError.apartUnusable(path: path, problem: "names film factors that were fitted in two ways")
    }
    self.ratingCount = ratingCount
    hash = fingerprint.value
  }
}

extension ImportedFactors {
  /// - Throws: `PlatformError.unreadable`.
  static func bytes(of path: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else { throw PlatformError.unreadable(path: path) }
    return [UInt8](data)
  }
}

/// The lists of iALS and those of film factors that were fitted elsewhere, on the same validation part.
package struct ImportedOutcome: Sendable, CustomStringConvertible {
  /// nDCG@10.
  package let own: Double
  package let imported: Double

  /// Whether the imported ones took the place of the own.
  package var isTaken: Bool { imported > own }

  package var description: String {
    "lists of film factors from the cluster: nDCG@10 \(Numerals.short(imported, places: 4)), of ials on what was read here "
      + "\(Numerals.short(own, places: 4)): \(isTaken ? "the cluster's are taken" : "ials keeps its own")"
  }
}

extension Training {
  /// Takes the film factors of `imported` instead of those that the model at `index` was fitted with, if their lists are
  /// better on the validation part.
  mutating func weigh(_ imported: FactorsApart, against index: Int, on testCase: TestCase, context: FitContext) {
    guard let own = models[index].report, let regularization = imported.whole.regularization else { return }
    let part = imported.part.model(
      of: testCase.training, settings: models[index].settings, regularization: regularization, threads: context.threads)
    var report = ModelReport(
      of: part.model, models[index].descriptor, settings: part.settings, on: testCase,
      evaluationProtocol: evaluationProtocol, context: context)
    report.measuredOn?.importedRatings = imported.ratingCount
    report.evaluationProtocol +=
      "; film factors by MLlib from \(imported.ratingCount) ratings, without those of this part"
    let outcome = ImportedOutcome(own: own.gain, imported: report.gain)
    importedOutcome = outcome
    guard outcome.isTaken else { return }
    models[index].report = report
    models[index].model =
      imported.whole.model(
        of: everything, settings: models[index].settings, regularization: regularization, threads: context.threads
      ).model
  }

  /// Makes the list model with the best lists the site's first choice; of equals the first.
  mutating func putBestListFirst() {
    let lists = models.indices.filter { models[$0].descriptor.job == .lists }
    guard let first = lists.first,
      let best = lists.max(by: { (models[$0].report?.gain ?? 0, $1) < (models[$1].report?.gain ?? 0, $0) })
    else { return }
    models.insert(models.remove(at: best), at: first)
  }
}

extension ModelReport {
  /// How right the lists are.
  fileprivate var gain: Double { metrics.first { $0.name == "ndcg@10" }?.value ?? 0 }
}
