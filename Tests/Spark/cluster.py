"""What the tests of marquee spark share: data, the program, a session on loopback, and what came out."""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
REPOSITORY = os.path.dirname(os.path.dirname(HERE))
JOB = f"{REPOSITORY}/Sources/CSparkJob/spark/marquee_spark.py"
PROGRAM = os.environ.get("MARQUEE", f"{REPOSITORY}/.build/release/marquee")
SHARED = os.environ.get("MARQUEE_SHARED", f"{os.path.dirname(REPOSITORY)}/shared")
SITE = "title: Cluster\nquality: quick\nmembers: packed\nsame-taste: absent\nlinks: folders\nurl: https://example.org/\n"


def job():
    spec = importlib.util.spec_from_file_location("marquee_spark", JOB)
    module = importlib.util.module_from_spec(spec)
    sys.modules["marquee_spark"] = module
    spec.loader.exec_module(module)
    return module


def session(master):
    """A session on loopback alone, with the job's module where tasks find it."""
    os.environ.update(SPARK_LOCAL_IP="127.0.0.1", PYSPARK_PYTHON=sys.executable, PYSPARK_DRIVER_PYTHON=sys.executable)
    os.environ.pop("OPENBLAS_CORETYPE", None)
    from pyspark.sql import SparkSession

    spark = (
        SparkSession.builder.master(master).appName("marquee-test").config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1").config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "1g").config("spark.executor.memory", "1g")
        .config("spark.sql.shuffle.partitions", "4").config("spark.task.maxFailures", "8")
        .config("spark.sql.execution.arrow.pyspark.enabled", "true").getOrCreate())
    spark.sparkContext.setLogLevel("ERROR")
    spark.sparkContext.addPyFile(JOB)
    return spark


def marquee(*words, check=True):
    run = subprocess.run([PROGRAM, *words], capture_output=True, text=True,
                         env={"MARQUEE_HOME": REPOSITORY, **os.environ, "OPENBLAS_CORETYPE": "Haswell"})
    if check and run.returncode:
        raise AssertionError(f"marquee {' '.join(words)}: {run.returncode}\n{run.stderr[-2000:]}")
    return run


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def bundle(folder):
    path = f"{folder}/marquee.tar.gz"
    if not os.path.exists(path):
        marquee("bundle", path)
    return path


def baseline(folder, data):
    """What marquee build makes of the data on one machine: the packed files by number, and the site's folder."""
    site = f"{folder}/alone"
    write(f"{site}/content/site.yaml", SITE)
    marquee("build", "--site", site, "--data", data, "--output", f"{site}/output")
    return site, packed(f"{site}/output")


def packed(output):
    """Name and bytes of the members' files of a site, under the folder that template.json names."""
    with open(f"{output}/users/packed/template.json", encoding="utf-8") as file:
        template = json.load(file)
    folder = f"{output}/users/packed/{template['folder']}"
    files = {}
    for name in os.listdir(folder):
        if name.endswith(".json") and name != "template.json":
            with open(f"{folder}/{name}", "rb") as file:
                files[name] = file.read()
    return files


def run(spark, module, folder, ratings, films=(), output=None, partitions=7, more=(), work=None):
    """Runs the whole job in this session; the facts of its stages."""
    site = f"{folder}/site"
    write(f"{site}/content/site.yaml", SITE)
    words = ["--bundle", bundle(folder), "--site", site, "--work", work or f"{folder}/work",
             "--output", output or f"{folder}/public", "--partitions", str(partitions)]
    for path in ratings if isinstance(ratings, list) else [ratings]:
        words += ["--ratings", path]
    for path in films:
        words += ["--films", path]
    arguments = module.parsed([*words, *more])
    module.settle(spark)
    work = module.Job(spark, arguments)
    try:
        work.run()
    finally:
        shutil.rmtree(work.scratch, ignore_errors=True)
    return work


def lists(spark, module, work):
    """Of each member the films of the list, in its order, with scores and stars."""
    found = {}
    rows = spark.read.schema(module.MANIFEST).parquet(f"{work.work}/made").filter("kind = 'list'").select(
        "user", "rank", "film", "score", "stars", "low", "high").collect()
    for row in sorted(rows, key=lambda row: (row["user"], row["rank"])):
        found.setdefault(row["user"], []).append((row["film"], row["score"], row["stars"], row["low"], row["high"]))
    return found


def digest(files):
    total = hashlib.sha256()
    for name in sorted(files):
        total.update(name.encode() + hashlib.sha256(files[name]).digest())
    return total.hexdigest()[:16]
