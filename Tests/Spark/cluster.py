"""What the tests of marquee spark share: data, the program, a session on loopback, and what came out."""

import atexit
import functools
import hashlib
import importlib.util
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time

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


def session(master, **more):
    """A session on loopback alone, with the job's module where tasks find it; `more` are Spark's settings, dots as _."""
    os.environ.update(SPARK_LOCAL_IP="127.0.0.1", PYSPARK_PYTHON=sys.executable, PYSPARK_DRIVER_PYTHON=sys.executable)
    os.environ.pop("OPENBLAS_CORETYPE", None)
    from pyspark.sql import SparkSession

    builder = SparkSession.builder
    for name, value in more.items():
        builder = builder.config("spark." + name.replace("_", "."), value)
    spark = (
        builder.master(master).appName("marquee-test").config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1").config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "1g").config("spark.executor.memory", "1g")
        .config("spark.sql.shuffle.partitions", "4").config("spark.task.maxFailures", "8")
        .config("spark.sql.execution.arrow.pyspark.enabled", "true").getOrCreate())
    spark.sparkContext.setLogLevel("ERROR")
    spark.sparkContext.addPyFile(JOB)
    return spark


class Standalone:
    """Spark's own master and two workers, each at a loopback address of its own: a task is done a second time only on another
    host."""

    def __init__(self, folder):
        self.folder, self.processes = folder, []

    def start(self, role, host, *words):
        submit = os.path.join(os.path.dirname(sys.executable), "spark-class")
        log = open(f"{self.folder}/{role}-{host}.log", "wb")
        self.processes.append(subprocess.Popen(
            [submit, f"org.apache.spark.deploy.{role}", "--host", host, "--webui-port", "0", *words], stdout=log, stderr=log,
            env={**os.environ, "SPARK_LOCAL_IP": host, "SPARK_MASTER_HOST": host, "PYSPARK_PYTHON": sys.executable}))
        return log.name

    def __enter__(self):
        try:
            return self.started()
        except BaseException:
            self.__exit__()
            raise

    def started(self):
        log = self.start("master.Master", "127.0.0.1", "--port", "0")
        address = "spark://127.0.0.1:" + self.told(log, "started service 'sparkMaster' on port ([0-9]+)")
        for host in ("127.0.0.2", "127.0.0.3"):
            self.told(self.start("worker.Worker", host, "--cores", "1", "--memory", "1g", "--work-dir", self.folder, address),
                      "(Successfully registered)")
        return address

    @staticmethod
    def told(log, words):
        for _ in range(1200):
            time.sleep(0.1)
            with open(log, errors="replace") as file:
                found = re.search(words, file.read())
            if found:
                return found.group(1)
        raise AssertionError(f"{log}: did not say {words}")

    def __exit__(self, *_):
        for process in reversed(self.processes):
            process.terminate()
            process.wait()


class Trial:
    """A test: a folder of its own, the job, a session where a master is named, and what was expected in vain.

        with cluster.Trial("local[2]") as trial:
            trial.expect("one is one", 1 == 1)
        sys.exit(trial.status)
    """

    def __init__(self, master=None, **settings):
        self.folder = tempfile.mkdtemp(prefix="marquee-spark-")
        self.module = job()
        self.failures = []
        self.spark = session(master, **settings) if master else None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.spark:
            self.spark.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def status(self):
        return 1 if self.failures else 0

    def expect(self, what, is_true):
        print(f"{'ok' if is_true else 'FAILED'}: {what}", flush=True)
        if not is_true:
            self.failures.append(what)

    def run(self, *words, **more):
        """The whole job in this test's session and folder."""
        return run(self.spark, self.module, self.folder, *words, **more)

    def lists(self, work):
        return lists(self.spark, self.module, work)


def write_films(folder, numbers, genres=lambda film: "Drama", year=lambda film: 1930 + film % 90):
    return write(f"{folder}/movies.csv", "movieId,title,genres\n" + "".join(
        f"{film},Film {film} ({year(film)}),{genres(film)}\n" for film in numbers))


def write_ratings(folder, lines):
    """Lines of user, film, stars and time, with MovieLens' header."""
    return write(f"{folder}/ratings.csv", "userId,movieId,rating,timestamp\n" + "".join(f"{line}\n" for line in lines))


def drama_or_comedy(film):
    return "Drama" if film % 3 else "Comedy|War"


def environment():
    """That of a program outside of Spark, with the kernels of BLAS that the job asks for."""
    kernel = job().KERNELS.get(platform.machine())
    return {"MARQUEE_HOME": REPOSITORY, **os.environ, **({"OPENBLAS_CORETYPE": kernel} if kernel else {})}


def marquee(*words, check=True):
    run = subprocess.run([PROGRAM, *words], capture_output=True, text=True, env=environment())
    if check and run.returncode:
        raise AssertionError(f"marquee {' '.join(words)}: {run.returncode}\n{run.stderr[-2000:]}")
    return run


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


@functools.cache
def bundle_folder():
    folder = tempfile.mkdtemp(prefix="marquee-bundle-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def bundle():
    """Written once: that takes longer than many a test, and a session takes a file of one name from one place alone."""
    path = os.environ.get("MARQUEE_BUNDLE") or f"{bundle_folder()}/marquee.tar.gz"
    if not os.path.exists(path):
        marquee("bundle", path)
    return path


def baseline(folder, data, settings=SITE):
    """What marquee build makes of the data on one machine: the packed files by number, and the site's folder."""
    site = f"{folder}/alone"
    write(f"{site}/content/site.yaml", settings)
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


def run(spark, module, folder, ratings, films=(), output=None, partitions=7, more=(), work=None, settings=""):
    """Runs the whole job in this session; the facts of its stages."""
    site = f"{folder}/site"
    write(f"{site}/content/site.yaml", SITE + settings)
    words = ["--bundle", bundle(), "--site", site, "--work", work or f"{folder}/work",
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


def below(root, words):
    """The processes under `root` whose command line has the words."""
    parents, lines = {}, {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat") as file:
                    parents[int(name)] = int(file.read().rsplit(")", 1)[1].split()[1])
                with open(f"/proc/{name}/cmdline", "rb") as file:
                    lines[int(name)] = file.read().replace(b"\0", b" ").decode(errors="replace")
            except (OSError, IndexError):
                pass
    found = []
    for process, line in lines.items():
        parent = process
        while parent not in (root, 0, 1) and parent in parents:
            parent = parents[parent]
        if parent == root and words in line:
            found.append(process)
    return found
