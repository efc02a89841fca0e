#!/usr/bin/env python3
"""Executors, workers and the driver are killed: the same files, none half, none too many, and nothing done twice that was done."""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

import cluster


def tree(folder):
    """All files under a folder with their bytes' hash."""
    files = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            with open(path, "rb") as file:
                files[os.path.relpath(path, folder)] = cluster.digest({"": file.read()})
    return files


class Killer(threading.Thread):
    """Kills processes again and again, from the moment on that members are written."""

    def __init__(self, output, words, times, pause):
        super().__init__(daemon=True)
        self.output, self.words, self.times, self.pause = output, words, times, pause
        self.killed = 0
        self.over = threading.Event()

    def run(self):
        packed = f"{self.output}/users/packed"
        while self.killed < self.times and not self.over.is_set():
            time.sleep(0.05)
            written = os.path.isdir(packed) and any(os.listdir(f"{packed}/{name}") for name in os.listdir(packed)
                                                    if os.path.isdir(f"{packed}/{name}"))
            if not written:
                continue
            for process in cluster.below(os.getpid(), self.words)[:1]:
                try:
                    os.kill(process, signal.SIGKILL)
                    self.killed += 1
                except ProcessLookupError:
                    pass
            self.over.wait(self.pause)


class Stopper(threading.Thread):
    """Stops the first worker that has written something for a while, as a machine that hangs does."""

    def __init__(self, output, seconds):
        super().__init__(daemon=True)
        self.output, self.seconds = output, seconds
        self.stopped, self.seen = 0, set()
        self.over = threading.Event()

    def run(self):
        began = None
        while not self.over.is_set():
            time.sleep(0.1)
            workers = cluster.below(os.getpid(), " shard --site")
            self.seen.update(workers)
            try:
                if not self.stopped and workers and os.path.isdir(f"{self.output}/users/packed"):
                    os.kill(workers[0], signal.SIGSTOP)
                    self.stopped, began = workers[0], time.monotonic()
                elif self.stopped and began and time.monotonic() - began > self.seconds:
                    began = None
                    os.kill(self.stopped, signal.SIGCONT)
            except ProcessLookupError:
                pass
        if self.stopped:
            try:
                os.kill(self.stopped, signal.SIGKILL)
            except ProcessLookupError:
                pass


def main():
    folder = tempfile.mkdtemp(prefix="marquee-spark-")
    failures = []

    def expect(what, isTrue):
        print(f"{'ok' if isTrue else 'FAILED'}: {what}", flush=True)
        if not isTrue:
            failures.append(what)

    module = cluster.job()
    data = f"{folder}/data"
    rng = random.Random(3)
    films = list(range(1, 301))
    lines = ["userId,movieId,rating,timestamp"]
    for user in range(1, int(os.environ.get("MARQUEE_MEMBERS", "6000")) + 1):
        for film in rng.sample(films, 20):
            lines.append(f"{user},{film},{rng.randint(1, 10) / 2},{1_000_000_000 + user}")
    cluster.write(f"{data}/ratings.csv", "\n".join(lines) + "\n")
    cluster.write(f"{data}/movies.csv", "movieId,title,genres\n" + "".join(
        f"{film},Film {film} ({1900 + film % 100}),Drama\n" for film in films))
    given = (f"{data}/ratings.csv", [f"{data}/movies.csv"])
    spark = cluster.session("local-cluster[2,1,1024]")
    try:
        work = cluster.run(spark, module, folder, *given, f"{folder}/quiet", 8)
        quiet = tree(f"{folder}/quiet")
        for what, words, times, pause in (
                ("an executor", "CoarseGrainedExecutorBackend", 3, 4), ("marquee shard", " shard --site", 4, 1)):
            name = what.split()[-1]
            # The sorted ratings and the site are taken over; members are made anew.
            shutil.rmtree(work.work)
            killer = Killer(f"{folder}/{name}", words, times, pause)
            killer.start()
            again = cluster.run(spark, module, folder, *given, f"{folder}/{name}", 8)
            killer.over.set()
            killer.join()
            expect(f"{what} was killed {killer.killed} times while members were written", killer.killed > 0)
            expect("… and the files are the same, none half, none too many", tree(f"{folder}/{name}") == quiet)
            expect("… and the manifest counts them", again.facts["stages"]["members"]["files"] ==
                   work.facts["stages"]["members"]["files"])
    finally:
        spark.stop()

    with cluster.Standalone(folder) as address:
        spark = cluster.session(address, speculation="true", speculation_interval="200ms", speculation_multiplier="2",
                                speculation_quantile="0.5")
        try:
            shutil.rmtree(work.work)
            stopper = Stopper(f"{folder}/slow", 90)
            stopper.start()
            started = time.monotonic()
            again = cluster.run(spark, module, folder, *given, f"{folder}/slow", 8)
            took = time.monotonic() - started
            stopper.over.set()
            stopper.join()
            expect(f"a task that hung was done a second time ({len(stopper.seen)} workers for 8 tasks, {took:.0f} s)",
                   stopper.stopped and len(stopper.seen) > 8)
            expect("… and the files are the same, none half, none too many", tree(f"{folder}/slow") == quiet)
            expect("… and the manifest counts them", again.facts["stages"]["members"]["files"] ==
                   work.facts["stages"]["members"]["files"])
        finally:
            spark.stop()

    # The driver is killed behind a stage, and the same is run again.
    environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    submit = os.path.join(os.path.dirname(sys.executable), "spark-submit")
    command = [
        submit, "--master", "local[2]", "--conf", "spark.ui.enabled=false", "--conf", "spark.driver.host=127.0.0.1",
        "--conf", "spark.ui.showConsoleProgress=false", cluster.JOB, "--bundle", cluster.bundle(folder),
        "--site", f"{folder}/site", "--ratings", given[0], "--films", given[1][0], "--work", f"{folder}/driver-work",
        "--output", f"{folder}/driver", "--partitions", "8"]
    finished = set()
    for stage in ("ingest", "build", "members"):
        with open(f"{folder}/words", "wb") as words:
            process = subprocess.Popen(command, env=environment, stdout=words, stderr=words, start_new_session=True)
            while process.poll() is None:
                time.sleep(0.2)
                with open(f"{folder}/words", errors="replace") as file:
                    if re.search(f"marquee: {stage}: (taken|[0-9])", file.read()):
                        os.killpg(process.pid, signal.SIGKILL)
                        process.wait()
        with open(f"{folder}/words", errors="replace") as file:
            text = file.read()
        taken = set(re.findall("marquee: (\\w+): taken over", text))
        expect(f"the driver was killed behind {stage}; what was finished before was taken over: {sorted(taken)}",
               process.returncode == -signal.SIGKILL and finished <= taken)
        finished |= taken | set(re.findall("marquee: (\\w+): [0-9]", text))
    run = subprocess.run(command, env=environment, capture_output=True, text=True)
    expect("the last run ends well", run.returncode == 0)
    expect("… with the same files", tree(f"{folder}/driver") == quiet)
    shutil.rmtree(folder, ignore_errors=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
