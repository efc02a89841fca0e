#!/usr/bin/env python3
"""What the settings that models choose themselves are worth: the lists of a model as it is fitted where nobody gives settings, beside its
lists with settings given by hand, on each data set, with the same splits.

    Benchmarks/defaults.py ials|bpr|ease|slim|rp3beta [--data FOLDER ...] [--seeds 1,2,3] [--sampled] [--grid small|whole]

--data     folders of ratings; those of shared/data beside the repository (or of the folder DATA) where nothing is said. Data sets that are not there are
           made by `marquee synthesize`, as in `--data made:6040x3706x1000000`
--sampled  leave one out, the film among 99 others (HR@10 and nDCG@10); otherwise a random quarter of each person's ratings over the
           full catalogue (nDCG@10)

Settings by hand are measured on test parts, to know what a choice could reach: they are never what the program takes over. MovieLens and
MovieTweetings are dated, but no model is told here who rated films together (`ease.session-weight` 0).
"""
import argparse
import itertools
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

here = pathlib.Path(__file__).resolve().parent
marquee = os.environ.get("MARQUEE", str(here.parent / ".build/release/marquee"))
shared = pathlib.Path(os.environ.get("DATA", here.parent.parent / "shared/data"))

# The published forms, and what is tried by hand.
plain = {
    "ials": {"factors": 64, "unobserved-weight": 0.1, "regularization": 8},
    "ease": {"lambda": 300, "popularity-regularization": 0, "user-scaling": 0, "feature-weight": 0},
    "slim": {"negative": 0, "positive-from": 0, "dislike-gap": 0, "dislike-weight": 0},
    "rp3beta": {"positive-from": 0, "dislike-gap": 0, "dislike-weight": 0},
    "bpr": {"positive-from": 0, "dislike-gap": 0, "dislike-weight": 0},
}
grids = {
    "ials": {"factors": [32, 64, 128, 192], "unobserved-weight": [0.01, 0.03, 0.1, 0.3, 1], "regularization": [3, 8, 20]},
    "ease": {"lambda": [50, 100, 200, 300, 500], "popularity-regularization": [0], "user-scaling": [0], "feature-weight": [0, 2]},
    "slim": {"l1": [0.3, 1, 3], "l2": [30, 100, 300]},
    "rp3beta": {"alpha": [0.6, 0.8, 1, 1.2], "beta": [0.2, 0.3, 0.4, 0.5, 0.6]},
    "bpr": {"epochs": [20, 40, 80], "learning-rate": [0.05, 0.1], "sgd-regularization": [0.003, 0.01, 0.03]},
}


def combinations(model, size):
    names = list(grids[model])
    rows = [dict(zip(names, values)) for values in itertools.product(*grids[model].values())]
    if size == "small" and model == "ials":  # one setting at a time around the middle
        rows = [row for row in rows if row["regularization"] == 8 and (row["factors"] == 64 or row["unobserved-weight"] in (0.1, 0.3))]
    return rows


def measure(model, data, seed, sampled, settings):
    words = dict(settings)
    if model == "ease": words["session-weight"] = 0
    protocol = ["--leave-one-out", "--negatives", "99"] if sampled else ["--holdout-per-user", "0.25"]
    command = [marquee, "evaluate", "--data", str(data), *protocol, "--seed", str(seed), "--models", model, "--no-intervals", "--json"]
    if words: command += ["--settings", ",".join(f"{model}.{name}={value}" for name, value in words.items())]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode: sys.exit(done.stderr)
    answer = json.loads(done.stdout)["models"][0]
    return answer["metrics"], answer["settings"], answer["fit_seconds"]


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("model", choices=sorted(grids))
    words.add_argument("--data", nargs="+", default=[str(shared / name) for name in ("ml-100k", "ml-latest-small", "filmtrust", "movietweetings-100k")])
    words.add_argument("--seeds", default="1")
    words.add_argument("--sampled", action="store_true")
    words.add_argument("--grid", choices=["none", "small", "whole"], default="small")
    options = words.parse_args()
    seeds = [int(seed) for seed in options.seeds.split(",")]
    for data in options.data:
        folder = None
        if data.startswith("made:"):
            users, movies, ratings = data[5:].split("x")
            folder = tempfile.TemporaryDirectory()
            subprocess.run(
                [marquee, "synthesize", f"{folder.name}/data", "--users", users, "--movies", movies, "--ratings", ratings],
                check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        path = f"{folder.name}/data" if folder else data

        def line(name, settings):
            rows = [measure(options.model, path, seed, options.sampled, settings) for seed in seeds]
            ndcg = statistics.mean(row[0]["ndcg@10"] for row in rows)
            hits = statistics.mean(row[0]["hit-rate@10"] for row in rows)
            seconds = statistics.mean(row[2] for row in rows)
            print(f"{os.path.basename(data)} {options.model} {name}: nDCG@10 {ndcg:.4f}, HR@10 {hits:.4f}, {seconds:.1f} s to fit", flush=True)
            return ndcg, rows

        ndcg, rows = line("as chosen", {})
        own = {name for name in grids[options.model]}
        for seed, row in zip(seeds, rows):
            print("   ", ", ".join(f"{name} {value:.4g}" for name, value in sorted(row[1].items()) if name in own), f"(seed {seed})")
        # Once more with what was chosen as if it were given: what is left is the time of the choice.
        given = [measure(options.model, path, seed, options.sampled, {name: row[1][name] for name in own if name in row[1]})[2] for seed, row in zip(seeds, rows)]
        whole = statistics.mean(row[2] for row in rows)
        print(f"    the choice takes {whole - statistics.mean(given):.1f} of {whole:.1f} s", flush=True)
        line(f"plain {plain[options.model]}", plain[options.model])
        if options.grid == "none": continue
        best = max(((line(str(row), row)[0], row) for row in combinations(options.model, options.grid)), key=lambda pair: pair[0])
        print(f"{os.path.basename(data)} {options.model} best by hand: nDCG@10 {best[0]:.4f} ({best[1]}), chosen {100 * (ndcg / best[0] - 1):+.1f} %", flush=True)


main()
