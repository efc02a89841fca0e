#!/usr/bin/env python3
"""Records what load.sh said: load-figures.py TOLD MB"""
import os
import re
import statistics
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../peers"))
from figures import record  # noqa: E402

told = {}
with open(sys.argv[1]) as file:
    for line in file:
        name, rest = line.split(" ", 1)
        told.setdefault(name, []).append({key: float(value) for key, value in re.findall(r"(requests/s|p50|p99|not 2xx) ([0-9.]+)", rest)})
rate = lambda name: statistics.median(run["requests/s"] for run in told[name])
record("server-pages", rate("page"), rate("hello"), "Hummingbird's hello", "pages a second", marquee_mb=float(sys.argv[2]))
for name in ("ratings", "ratings-while-rebuilding"):
    run = told[name][0]
    record(f"server-{name}", run["requests/s"], None, None, "ratings a second", p50=run["p50"], p99=run["p99"], refused=run["not 2xx"])
