#!/usr/bin/env python3
"""Executors, workers and the driver are killed, and a worker hangs: the same files, none half, none too many, and nothing done
twice that was done.

    failures.py [kills,slow,driver]
"""

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


PARTITIONS = 8


def made_up(folder):
    """Ratings of many members; where they and the films are."""
    rng = random.Random(3)
    films = range(1, 301)
    lines = [f"{user},{film},{rng.randint(1, 10) / 2},{1_000_000_000 + user}"
             for user in range(1, int(os.environ.get("MARQUEE_MEMBERS", "6000")) + 1) for film in rng.sample(films, 20)]
    return cluster.write_ratings(f"{folder}/data", lines), [cluster.write_films(f"{folder}/data", films)]


def run(test, name):
    """Makes the members of `made_up` anew: the sorted ratings and the site are taken over where they were made before."""
    before = getattr(test, "work", None)
    if before:
        shutil.rmtree(before.work)
    test.given = getattr(test, "given", None) or made_up(test.folder)
    test.work = test.run(*test.given, f"{test.folder}/{name}", PARTITIONS)
    return tree(f"{test.folder}/{name}"), test.work.facts["stages"]["members"]["files"]


def check_same(test, made, quiet):
    test.expect("… and the files are the same, none half, none too many", made[0] == quiet[0])
    test.expect("… and the manifest counts them", made[1] == quiet[1])


def kills(test):
    """Executors and workers are killed while members are written."""
    quiet = run(test, "quiet")
    for what, words, times, pause in (
            ("an executor", "CoarseGrainedExecutorBackend", 3, 4), ("marquee shard", " shard --site", 4, 1)):
        name = what.split()[-1]
        killer = Killer(f"{test.folder}/{name}", words, times, pause)
        killer.start()
        made = run(test, name)
        killer.over.set()
        killer.join()
        test.expect(f"{what} was killed {killer.killed} times while members were written", killer.killed > 0)
        check_same(test, made, quiet)


def slow(test):
    """A worker stands still: its task is begun a second time elsewhere, and ends there."""
    quiet = run(test, "quiet")
    stopper = Stopper(f"{test.folder}/slow", 600)
    stopper.start()
    started = time.monotonic()
    made = run(test, "slow")
    took = time.monotonic() - started
    stopper.over.set()
    stopper.join()
    test.expect(f"a task that hung was done a second time ({len(stopper.seen)} workers for {PARTITIONS} tasks at most, "
                f"{took:.0f} s)", stopper.stopped and took < 600)
    check_same(test, made, quiet)


def driver(test):
    """The driver is killed behind a stage, and the same is run again."""
    folder, (ratings, films) = test.folder, made_up(test.folder)
    cluster.write(f"{folder}/site/content/site.yaml", cluster.SITE)
    environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    submit = os.path.join(os.path.dirname(sys.executable), "spark-submit")

    def command(name):
        return [
            submit, "--master", "local[2]", "--conf", "spark.ui.enabled=false", "--conf", "spark.driver.host=127.0.0.1",
            "--conf", "spark.ui.showConsoleProgress=false", cluster.JOB, "--bundle", cluster.bundle(),
            "--site", f"{folder}/site", "--ratings", ratings, "--films", films[0], "--work", f"{folder}/work-{name}",
            "--output", f"{folder}/{name}", "--partitions", str(PARTITIONS)]

    quiet = subprocess.run(command("quiet"), env=environment, capture_output=True, text=True)
    test.expect("a run that nobody disturbs ends well", quiet.returncode == 0)
    finished = set()
    for stage in ("ingest", "build", "members"):
        with open(f"{folder}/words", "wb") as words:
            process = subprocess.Popen(command("driver"), env=environment, stdout=words, stderr=words, start_new_session=True)
            while process.poll() is None:
                time.sleep(0.2)
                with open(f"{folder}/words", errors="replace") as file:
                    if re.search(f"marquee: {stage}: (taken|[0-9])", file.read()):
                        os.killpg(process.pid, signal.SIGKILL)
                        process.wait()
        with open(f"{folder}/words", errors="replace") as file:
            text = file.read()
        taken = set(re.findall("marquee: (\\w+): taken over", text))
        test.expect(f"the driver was killed behind {stage}; what was finished before was taken over: {sorted(taken)}",
                    process.returncode == -signal.SIGKILL and finished <= taken)
        finished |= taken | set(re.findall("marquee: (\\w+): [0-9]", text))
    last = subprocess.run(command("driver"), env=environment, capture_output=True, text=True)
    test.expect("the last run ends well", last.returncode == 0)
    test.expect("… with the same files", tree(f"{folder}/driver") == tree(f"{folder}/quiet"))


def main():
    parts = sys.argv[1].split(",") if len(sys.argv) > 1 else ["kills", "slow", "driver"]
    status = 0
    if "kills" in parts:
        with cluster.Trial("local-cluster[2,1,1024]") as test:
            kills(test)
        status |= test.status
    if "slow" in parts:
        with tempfile.TemporaryDirectory(prefix="marquee-spark-") as folder, cluster.Standalone(folder) as address:
            # Whether a task is slow is told by its time alone: what reads little at once has no rate to go by.
            with cluster.Trial(address, speculation="true", speculation_interval="200ms", speculation_multiplier="2",
                               speculation_quantile="0.5", speculation_efficiency_enabled="false") as test:
                slow(test)
            status |= test.status
    if "driver" in parts:
        with cluster.Trial() as test:
            driver(test)
        status |= test.status
    return status


if __name__ == "__main__":
    sys.exit(main())
