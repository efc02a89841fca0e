#!/usr/bin/env python3
"""What one new rating costs a built site, and what a build costs where nothing changed, in memory (/dev/shm) where there is room.

    Benchmarks/one-rating.py 10000 50000      made-up films; 2,000 members and 400,000 ratings each

Each site is built once with `rebuild: quick`. The first rating after that is not counted, as it makes what such builds keep; the median of the five
behind it is, by the clock and, in brackets, of the stages.
"""
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "peers"))
from figures import record  # noqa: E402

marquee = os.environ.get("MARQUEE", os.path.join(here, "../.build/release/marquee"))
memory = "/dev/shm" if os.path.isdir("/dev/shm") else None


def build(site):
    report = os.path.join(site, "report.json")
    start = time.monotonic()
    done = subprocess.run([marquee, "build", "--site", site, "--report", report], capture_output=True, text=True)
    seconds = time.monotonic() - start
    if done.returncode:
        sys.exit(done.stderr)
    with open(report) as file:
        told = json.load(file)
    return seconds, sum(stage["seconds"] for stage in told["stages"]), told["pages"]["written"]


for movies in [int(word) for word in sys.argv[1:]] or [10_000, 50_000]:
    site = tempfile.mkdtemp(prefix="one-rating-", dir=memory)
    try:
        data = os.path.join(site, "content/data")
        subprocess.run([marquee, "synthesize", data, "--users", "2000", "--movies", str(movies), "--ratings", "400000"],
                       check=True, capture_output=True)
        with open(os.path.join(site, "content/site.yaml"), "w") as file:
            file.write("title: One rating\nurl: https://films.example/\ndata: [data]\nquality: quick\nrebuild: quick\n")
        with open(os.path.join(data, "ratings.csv")) as file:
            pairs = [tuple(line.split(",")[:2]) for line in file.readlines()[1:]]
        # A film that some have rated, by members who have not: the first rating of a film makes a build train anew.
        film = sorted((count, movie) for movie, count in Counter(movie for _, movie in pairs).items() if count >= 20)[0][1]
        others = sorted({user for user, _ in pairs} - {user for user, movie in pairs if movie == film})
        build(site)
        rows = []
        for turn in range(6):
            with open(os.path.join(data, "ratings.csv"), "a") as file:
                file.write(f"{others[turn]},{film},4.0,{1_700_000_000 + turn}\n")
            rows.append(build(site))
        clock, own, files = (statistics.median(row[column] for row in rows[1:]) for column in range(3))
        again = statistics.median(build(site)[0] for _ in range(5))
        print(f"{movies:,} films: one rating {clock:.2f} s ({own:.2f} s), {files:.0f} files written; nothing changed {again:.2f} s", flush=True)
        record(f"one-rating-{movies}", clock, None, None, "seconds", again=again, written=files)
    finally:
        shutil.rmtree(site, ignore_errors=True)
