import Platform
import Site

/// Why a build, or a part of it, failed.
package enum PipelineError: Error, Equatable {
  case mixedData(paths: [String])
  case noRatings(source: String)
  case scaleOfDatabase(path: String)
  case gatesFailed([GateResult])
  case tooLittleMemory(model: String, needed: Int, there: Int)
  case apartUnusable(path: String, problem: String)
  case notFactors(path: String)
  case sparkMissing
}

extension PipelineError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .mixedData(let paths):
      "\(paths.joined(separator: ", ")): a database cannot be combined with other data; ingest the files into it first"
    case .noRatings(let source): "\(source): contains no ratings; a model needs at least one"
    case .scaleOfDatabase(let path):
      "\(path): a database knows the scale of its ratings; leave --scale out, or ingest the ratings again with it"
    case .gatesFailed(let gates):
      "the new site is not published: "
        + gates.map {
          let before = $0.accepted.map { ", was \(Numerals.short($0, places: 4))" } ?? ""
          return "\($0.name) is \(Numerals.short($0.value, places: 4))\(before) and may change by \($0.margin)"
        }
        .joined(separator: "; ") + "; fix it, widen the gates in site.yaml, or build with --accept"
    case .tooLittleMemory(let model, let needed, let there):
      "\(model) needs about \(needed >> 20) MB of memory for this data, and \(there >> 20) MB are available; choose smaller models "
        + "(als for stars, ials for lists), or a machine with more memory"
    case .apartUnusable(let path, let problem):
      "\(path): \(problem); marquee spark writes this file, and docs/cluster.md describes it"
    case .notFactors(let path): "\(path): contains no film factors; docs/cluster.md describes their format"
    case .sparkMissing:
      "there is no spark-submit in PATH or in SPARK_HOME/bin; install Apache Spark 3.5 or 4 (pip install pyspark brings it)"
    }
  }
}
