"""Implicit ALS compared with Spark's (MLlib, local mode, for the record): seconds of an iteration with 64 factors.

    RATINGS=20000000 Benchmarks/peers/run.sh spark-als      (1,000,000 where nothing is said)

Both learn from the same synthesized ratings on two threads. An iteration is the difference between 3 and 1 of them over 2, so that
reading and set-up do not count. Needs Java 17 and PySpark (Benchmarks/peers/setup.sh installs it where there is Java).
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

try:
    from pyspark.ml.recommendation import ALS
    from pyspark.sql import SparkSession
except ImportError as error:
    print(f"spark-als: {error.name} is not installed; run Benchmarks/peers/setup.sh with Java 17 on the machine")
    sys.exit(0)

from figures import record

marquee = os.environ["MARQUEE"]
ratings = int(os.environ.get("RATINGS", 1_000_000))
repeats = int(os.environ.get("REPEATS", 1))
users, movies = (138_493, 26_744) if ratings >= 10_000_000 else (ratings // 140, 4_000)
threads, factors = 2, 64


def own(folder, sweeps):
    settings = {"factors": factors, "sweeps": sweeps, "positive-from": 0, "dislike-gap": 0}
    answer = subprocess.run(
        [marquee, "evaluate", "--data", f"{folder}/ratings.csv", "--test", f"{folder}/test.csv", "--models", "ials", "--jobs", str(threads),
         "--settings", ",".join(f"ials.{name}={value}" for name, value in settings.items()), "--json"],
        capture_output=True, text=True, check=True).stdout
    return json.loads(answer)["models"][0]["fit_seconds"]


def theirs(table, iterations):
    model = ALS(
        rank=factors, maxIter=iterations, implicitPrefs=True, alpha=10.0, regParam=0.05, seed=1, userCol="userId", itemCol="movieId",
        ratingCol="rating", checkpointInterval=-1, numUserBlocks=threads, numItemBlocks=threads)
    start = time.perf_counter()
    fitted = model.fit(table)
    fitted.itemFactors.count()
    return time.perf_counter() - start


with tempfile.TemporaryDirectory() as folder:
    subprocess.run(
        [marquee, "synthesize", folder, "--users", str(users), "--movies", str(movies), "--ratings", str(ratings)],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(f"{folder}/ratings.csv") as source, open(f"{folder}/test.csv", "w") as test:
        test.writelines(next(source) for _ in range(1001))
    session = (
        SparkSession.builder.master(f"local[{threads}]").config("spark.driver.memory", "10g").config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", threads * 2).getOrCreate())
    session.sparkContext.setLogLevel("ERROR")
    table = session.read.csv(f"{folder}/ratings.csv", header=True, schema="userId int, movieId int, rating float, timestamp long")
    table = table.select("userId", "movieId", "rating").cache()
    print(f"{table.count():,} ratings, {factors} factors, {threads} threads, Spark {session.version}", flush=True)
    spark, ours = [], []
    for _ in range(repeats):
        one, three = theirs(table, 1), theirs(table, 3)
        spark.append((three - one) / 2)
        one, three = own(folder, 1), own(folder, 3)
        ours.append((three - one) / 2)
    slow, fast = statistics.median(spark), statistics.median(ours)
    print(f"implicit ALS, an iteration: Spark {slow:.2f} s, marquee {fast:.2f} s, {slow / fast:.1f} times as fast", flush=True)
    record("spark-als-iteration", fast, slow, "Spark's ALS, local mode", "seconds", ratings=ratings)
    session.stop()
