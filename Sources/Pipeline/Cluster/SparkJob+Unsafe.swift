// Unsafe: reads the job that is compiled into the program.

import CSparkJob

/// The job that Apache Spark runs.
package enum SparkJob {
  /// What its file is called.
  package static let name = "marquee_spark.py"

  /// The text of `marquee_spark.py`, as it stood when the program was compiled.
  package static var text: [UInt8] {
    Array(UnsafeBufferPointer(start: marquee_spark_job(), count: marquee_spark_job_length()))
  }
}
