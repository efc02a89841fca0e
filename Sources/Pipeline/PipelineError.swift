import Site

/// Why a build, or a part of it, could not be done.
public enum PipelineError: Error, Equatable {
  case noDistribution
  case noSite(folder: String)
  case noData(settings: String)
  case dataMissing(path: String)
  case unreadable(path: String)
  case mixedData(paths: [String])
  case noRatings(source: String)
  case scaleOfDatabase(path: String)
  case settings(path: String, line: Int?, problem: String, mend: String)
  case foreignOutput(path: String)
  case foreignFileInTheWay(path: String)
  case notFolder(path: String, obstacle: String)
  case outputInsideContent(path: String)
  case outputInUse(path: String)
  case gatesFailed([GateResult])
  case notWritable(path: String, reason: String)
  case folderNotEmpty(path: String)
  case libraryMissing(name: String, use: String, package: String)
  case badLine(path: String, line: Int, problem: String)
  case noProcesses
  case notBuilt(folder: String)
  case unknownUser(id: String, range: String)
  case unknownMovie(id: String, nearest: String?)
  case noTarget(settings: String)
  case unknownTarget(String, known: [String])
  case tooLittleMemory(model: String, needed: Int, there: Int)
  case budgetTooSmall(model: String, seconds: Double)
  case apartUnusable(path: String, problem: String)
  case notFactors(path: String)
  case sparkMissing
}

extension PipelineError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noDistribution:
      "the theme that comes with Marquee was not found; set MARQUEE_HOME to the folder that holds site-templates/"
    case .noSite(let folder):
      "\(folder): is no site (content/site.yaml is missing) and no --data was given; make one with: marquee new \(folder)"
    case .noData(let settings):
      "\(settings): names no data; add a line such as “data: [ratings]” or give --data PATH"
    case .apartUnusable(let path, let problem):
      "\(path): \(problem); marquee spark writes this file, docs/cluster.md says what is in it"
    case .notFactors(let path): "\(path): holds no film factors; docs/cluster.md says what is in them"
    case .sparkMissing:
      "there is no spark-submit in PATH or in SPARK_HOME/bin; install Apache Spark 3.5 or 4 (pip install pyspark brings it)"
    case .dataMissing(let path): "\(path): does not exist; check the path"
    case .unreadable(let path): "\(path): is there and cannot be read; check its permissions"
    case .mixedData(let paths):
      "\(paths.joined(separator: ", ")): a database cannot be combined with other data; ingest the files into it first"
    case .noRatings(let source): "\(source): holds no rating; a model needs one at least"
    case .scaleOfDatabase(let path):
      "\(path): a database knows the scale of its ratings; leave --scale out, or ingest the ratings anew with it"
    case .settings(let path, let line, let problem, let mend):
      "\(path)\(line.map { ":\($0)" } ?? ""): \(problem); \(mend)"
    case .foreignOutput(let path):
      "\(path): holds files and no list of those that Marquee wrote (\(SiteManifest.name)), so a build might replace "
        + "somebody's own; choose another --output or empty it"
    case .foreignFileInTheWay(let path):
      "\(path): Marquee did not write it, and the site has a file of that name; move it away (a file of your own goes "
        + "into content/static/)"
    case .notFolder(let path, let obstacle):
      obstacle == path
        ? "\(path): is no folder; choose another --output"
        : "\(path): cannot be made, since \(obstacle) is no folder; choose another --output"
    case .outputInsideContent(let path):
      "\(path): is or holds a folder that the build reads; choose another --output"
    case .outputInUse(let path):
      "\(path): another build is writing it; wait until it is done, or choose another --output"
    case .gatesFailed(let gates):
      "the new site is not published: "
        + gates.map {
          let before = $0.accepted.map { ", was \(Numerals.short($0, places: 4))" } ?? ""
          return "\($0.name) is \(Numerals.short($0.value, places: 4))\(before) and may change by \($0.margin)"
        }
        .joined(separator: "; ") + "; mend it, widen the gates in site.yaml, or build with --accept"
    case .notWritable(let path, let reason): "\(path): cannot be written (\(reason)); check permissions and free space"
    case .libraryMissing(let name, let use, let package):
      "\(name) is not installed, which “\(use)” needs; install it (Debian: apt-get install \(package)) or take that out of site.yaml"
    case .folderNotEmpty(let path): "\(path): is not empty; choose a new folder"
    case .badLine(let path, let line, let problem): "\(path):\(line): \(problem)"
    case .noProcesses: "this system has no /proc, which the program's threads need; mount it: mount -t proc proc /proc"
    case .notBuilt(let folder): "\(folder): has no built site yet; build it with: marquee build --site \(folder)"
    case .unknownUser(let id, let range):
      "no user “\(id)” is in the data (\(range)); for someone new use --ratings FILE"
    case .noTarget(let settings):
      "\(settings): names no target; add “deploy:” and, below it, a line such as “  - folder: /var/www/films”"
    case .unknownTarget(let word, let known):
      "no target is “\(word)”; the site's are \(known.joined(separator: ", "))"
    case .tooLittleMemory(let model, let needed, let there):
      "with \(model) some \(needed >> 20) MB are needed for these data, and \(there >> 20) MB are there; name smaller models "
        + "(als for stars, ials for lists), or work where there is more"
    case .budgetTooSmall(let model, let seconds):
      "\(seconds) seconds are too few to fit \(model) once to a sample of this data; give a larger --budget"
    case .unknownMovie(let id, let nearest):
      "no movie “\(id)” is in the data\(nearest.map { "; did you mean \($0)?" } ?? "; marquee similar takes the id of the data set")"
    }
  }
}
