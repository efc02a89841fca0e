import ArgumentParser
import Ingest
import LinearAlgebra
import Models
import Pipeline
import Ratings
import Settings
import Workbench

/// The options that several commands share.
struct DataOptions: ParsableArguments {
  @Option(
    name: .long, parsing: .singleValue,
    help: "A folder, file or archive of ratings, or a Marquee database. May be given more than once.")
  var data: [String] = []

  @Option(name: .long, help: "The site folder; its data are used without --data.")
  var site: String = "."

  @OptionGroup var scale: ScaleOption

  @Option(name: .long, help: "Random seed: the same one gives the same results.")
  var seed: UInt64 = 1

  @Option(name: .long, help: "Threads to use. Changes the time, never the result.")
  var jobs: Int?

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be 1 or more") }
  }

  var threads: ThreadCount { jobs.map { ThreadCount($0) } ?? .allCores }

  /// Reads the data and prepares for queries.
  func workbench() throws -> Workbench {
    let bar = ProgressBar()
    defer { bar.clear() }
    var options = IngestOptions()
    options.progress = { bar.show($0.file, $0.fraction) }
    options.scale = try scale.declared()
    return try Workbench(data: data, site: site, seed: seed, threads: threads, options: options, note: Console.note)
  }
}

/// The meaning of the ratings in the data, if it cannot be inferred from them.
struct ScaleOption: ParsableArguments {
  @Option(
    name: .long,
    help:
      "The ratings' scale: thumbs, likes, or as in site.yaml, such as \"minimum: 1, maximum: 6, best-is-low: true\".")
  var scale: String?

  func declared() throws -> DeclaredScale? { try scale.map { try DeclaredScale(argument: $0) } }
}

/// Names separated by commas.
struct NameList: ExpressibleByArgument {
  let names: [String]

  init(argument: String) {
    names = argument.split(separator: ",").map { String($0).trimmed }
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...].drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
