#!/usr/bin/env python3
"""What it costs in accuracy to fold members' ratings in, as packed members are made, instead of using what fitting found for
each of them: the same models, measured both ways on the same held-out ratings.

    folding.py DATA [MODELS]
"""

import json
import os
import statistics
import subprocess
import sys

REPOSITORY = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = os.environ.get("MARQUEE", f"{REPOSITORY}/.build/release/marquee")


def measure(data, models, seed, *more):
    run = subprocess.run(
        [PROGRAM, "evaluate", "--data", data, "--holdout-per-user", "0.2", "--seed", str(seed), "--models", models, "--no-dates",
         "--no-intervals", "--json", *more], capture_output=True, text=True)
    if run.returncode:
        sys.exit(run.stderr)
    return {model["name"]: model["metrics"] for model in json.loads(run.stdout)["models"]}


def main():
    data, models = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "als,bayesian,ease,ials"
    fitted = [measure(data, models, seed) for seed in (1, 2, 3)]
    folded = [measure(data, models, seed, "--fold-in") for seed in (1, 2, 3)]
    for name in fitted[0]:
        figure = "rmse" if "rmse" in fitted[0][name] else "ndcg@10"
        before, after = (statistics.mean(part[name][figure] for part in parts) for parts in (fitted, folded))
        print(f"{name}: {figure} {before:.4f} fitted, {after:.4f} folded in ({(after / before - 1) * 100:+.2f} %)", flush=True)


if __name__ == "__main__":
    sys.exit(main())
