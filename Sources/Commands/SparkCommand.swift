import ArgumentParser
import Pipeline

struct SparkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spark",
    abstract: "Builds a site on Apache Spark, for more ratings than one machine can handle.",
    discussion: """
      Writes a bundle, calls spark-submit with its job, and shows the job's progress. Arguments after -- go to
      spark-submit. See docs/cluster.md for sizes, for platforms that submit jobs in other ways, and for what such a site
      leaves out.

      EXAMPLES
        marquee spark --site my-films --ratings 's3a://data/ratings/*.parquet' --films movies.csv \\
                      --work s3a://data/marquee --output s3://site -- --master yarn --num-executors 100
        marquee spark --ratings ratings.csv --work work --output public -- --master 'local[4]'
      """)

  @Option(name: .long, help: "The site folder; without it, a plain site.")
  var site: String?

  @Option(
    name: .long, parsing: .singleValue,
    help: "Files or folders of ratings, Parquet or CSV; * matches anything. May be given more than once.")
  var ratings: [String]

  @Option(
    name: .long, parsing: .singleValue,
    help: "movies.csv and other film files, as for build. May be given more than once.")
  var films: [String] = []

  @Option(name: .long, help: "Column names: user=userId,movie=movieId,rating=rating,time=timestamp.")
  var columns: String?

  @Option(name: .long, help: "A folder that driver and executors can access, for intermediate files.")
  var work: String

  @Option(name: .long, help: "Where to write the site: a folder that all machines can access, or s3://bucket/prefix.")
  var output: String

  @Option(name: .long, help: "A bundle that marquee bundle wrote; without it, one is written.")
  var bundle: String?

  @Option(
    name: .long, parsing: .singleValue,
    help: "Another argument for the job, such as --job=--sample=1000000; marquee_spark.py --help lists them.")
  var job: [String] = []

  @Argument(parsing: .postTerminator, help: "Arguments for spark-submit.")
  var submit: [String] = []

  func run() throws {
    var arguments = site.map { ["--site", $0] } ?? []
    for path in ratings { arguments += ["--ratings", path] }
    for path in films { arguments += ["--films", path] }
    if let columns { arguments += ["--columns", columns] }
    arguments += ["--work", work, "--output", output] + job
    let code = try SparkJob.submit(bundle: bundle, submit: submit, job: arguments)
    if code != 0 { throw ExitCode(code) }
  }
}
