#!/usr/bin/env python3
"""Whole builds from nothing, in memory (/dev/shm) where there is room: seconds by the clock, processor seconds, peak memory.

    Benchmarks/builds.py latest-small-quick latest-small-best ...      see BUILDS below
    DATA=~/data Benchmarks/builds.py ...                               folder with ml-latest-small/

REPEATS  how often, the median is kept; 3, and 1 for more than a million ratings
"""
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "peers"))
from figures import record  # noqa: E402

marquee = os.environ.get("MARQUEE", os.path.join(here, "../.build/release/marquee"))
data = os.path.abspath(os.environ.get("DATA", os.path.join(here, "../../shared/data")))
# Name: quality, and the data: a folder of DATA, or the numbers of made-up users, movies and ratings.
BUILDS = {
    "latest-small-quick": ("quick", "ml-latest-small"),
    "latest-small-best": ("best", "ml-latest-small"),
    "million-best": ("best", (6_040, 3_706, 1_000_000)),
    "twenty-million-quick": ("quick", (138_493, 26_744, 20_000_000)),
    "twenty-million-best": ("best", (138_493, 26_744, 20_000_000)),
}
RUN = """
import json, resource, subprocess, sys, time
start = time.monotonic()
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
if done.returncode: sys.exit(done.stderr[-2000:])
print(json.dumps([time.monotonic() - start, used.ru_utime + used.ru_stime]))
"""


def measure(command, folder):
    done = subprocess.run([sys.executable, "-c", RUN, *command], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout)


def main():
    memory = "/dev/shm" if os.path.isdir("/dev/shm") else None
    for name in sys.argv[1:] or BUILDS:
        quality, source = BUILDS[name]
        folder = tempfile.mkdtemp(prefix="builds-", dir=memory)
        try:
            path, many = os.path.join(data, source) if isinstance(source, str) else os.path.join(folder, "data"), False
            if not isinstance(source, str):
                users, movies, ratings = source
                many = ratings > 1_000_000
                subprocess.run(
                    [marquee, "synthesize", path, "--users", str(users), "--movies", str(movies), "--ratings", str(ratings)],
                    check=True, capture_output=True)
            rows = []
            for _ in range(int(os.environ.get("REPEATS", 1 if many else 3))):
                site = os.path.join(folder, "site")
                shutil.rmtree(site, ignore_errors=True)
                os.makedirs(site)
                report = os.path.join(folder, "report.json")
                seconds, processor = measure([marquee, "build", "--data", path, "--quality", quality, "--report", report], site)
                with open(report) as file:
                    # The system's own figure is reset by the build, which looks at each stage by itself.
                    rows.append((seconds, processor, max(stage["peak_mb"] for stage in json.load(file)["stages"])))
            files = sum(len(names) for _, _, names in os.walk(os.path.join(folder, "site/output")))
            again = measure([marquee, "build", "--data", path, "--quality", quality], site)
            seconds, processor, peak = (statistics.median(column) for column in zip(*rows))
            print(f"{name}: {seconds:.1f} s, {processor:.1f} s of processor, {peak:.0f} MB, {files} files; "
                  f"nothing changed {again[0]:.2f} s", flush=True)
            record(f"build-{name}", seconds, None, None, "seconds", marquee_mb=peak, processor=processor, files=files, again=again[0])
        finally:
            shutil.rmtree(folder, ignore_errors=True)


main()
