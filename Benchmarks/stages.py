#!/usr/bin/env python3
"""Times the stages of whole builds from nothing and prints the median of each: `make bench`.

    Benchmarks/stages.py                  the sample, a made-up million, and the MovieLens sets where they are
    Benchmarks/stages.py PATH...          other data
    QUALITY=quick RUNS=5 Benchmarks/stages.py
    BEFORE=../old Benchmarks/stages.py    beside the program of another checkout, built there, in turns

Sites are in memory (/dev/shm) where there is room.
"""
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
shared = os.environ.get("MARQUEE_SHARED", os.path.join(root, "../shared"))
quality, runs = os.environ.get("QUALITY", "best"), int(os.environ.get("RUNS", 3))
checkouts = ([os.path.abspath(os.environ["BEFORE"])] if os.environ.get("BEFORE") else []) + [root]


def build(checkout, data, folder):
    """The stages of one build: (name, seconds, processor seconds, peak MB), and all of them together."""
    site = os.path.join(folder, "site")
    shutil.rmtree(site, ignore_errors=True)
    os.makedirs(site)
    report = os.path.join(folder, "report.json")
    done = subprocess.run(
        [os.path.join(checkout, ".build/release/marquee"), "build", "--site", site, "--data", data, "--quality", quality, "--report", report],
        env={**os.environ, "MARQUEE_HOME": checkout}, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr[-2000:])
    with open(report) as file:
        rows = [(stage["name"], stage["seconds"], stage["cpu_seconds"], stage["peak_mb"]) for stage in json.load(file)["stages"]]
    return rows + [("all", sum(row[1] for row in rows), sum(row[2] for row in rows), max(row[3] for row in rows))]


folder = tempfile.mkdtemp(prefix="stages-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
try:
    sets = [os.path.abspath(path) for path in sys.argv[1:]]
    if not sets:
        made = os.path.join(folder, "million")
        subprocess.run(
            [os.path.join(root, ".build/release/marquee"), "synthesize", made, "--users", "6040", "--movies", "3706", "--ratings", "1000000",
             "--seed", "1"], check=True, capture_output=True)
        sets = [os.path.join(root, "content/sample"), made]
        sets += [path for path in (os.path.join(shared, "data", name) for name in ("ml-100k", "ml-latest-small")) if os.path.isdir(path)]
    print(f"{os.cpu_count()} cores, quality {quality}, medians of {runs}: seconds, processor seconds, peak MB"
          + (" before | now" if len(checkouts) > 1 else ""), flush=True)
    for data in sets:
        builds = [[build(checkout, data, folder) for checkout in checkouts] for _ in range(runs)]
        print(f"\n{os.path.basename(data)}")
        for place, (name, *_) in enumerate(builds[0][0]):
            columns = [
                [statistics.median(turn[side][place][column] for turn in builds) for column in (1, 2, 3)] for side in range(len(checkouts))]
            print(f"{name:<12}" + " |".join(f"{seconds:9.3f}{processor:9.3f}{peak:7.0f}" for seconds, processor, peak in columns), flush=True)
finally:
    shutil.rmtree(folder, ignore_errors=True)
