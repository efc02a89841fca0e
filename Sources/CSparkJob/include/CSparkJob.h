// The job that Apache Spark runs (spark/marquee_spark.py), as it stood when the program was compiled.
#pragma once

#include <stddef.h>

const unsigned char *marquee_spark_job(void);
size_t marquee_spark_job_length(void);
