#include "CSparkJob.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char job[] = {
#embed "spark/marquee_spark.py"
};

const unsigned char *marquee_spark_job(void) { return job; }
size_t marquee_spark_job_length(void) { return sizeof job; }
