#!/usr/bin/env python3
"""How right every model is on MovieLens 100k, at its defaults: `models.py stars` on the five official folds (dates of the test ratings hidden,
and told to the models that use them), `models.py lists` on a random quarter of each user's ratings, seeds 1, 2 and 3, and
`models.py discovery` on the same and on MovieLens latest-small: lists before and after the step that lets more films be found.

DATA    folder of MovieLens 100k; shared/data/ml-100k beside the repository where nothing is said (ml-latest-small beside it)
MODELS  those, separated by commas; all (ease and list-blend for `discovery`)
"""
import json
import os
import statistics
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "peers"))
from figures import record  # noqa: E402

marquee = os.environ.get("MARQUEE", os.path.join(here, "../.build/release/marquee"))
data = os.path.abspath(os.environ.get("DATA", os.path.join(here, "../../shared/data/ml-100k")))
chosen = os.environ.get("MODELS", "").split(",") if os.environ.get("MODELS") else None


def catalogue():
    return json.loads(subprocess.run([marquee, "models", "--json"], capture_output=True, text=True, check=True).stdout)["models"]


def measure(names, arguments):
    command = [marquee, "evaluate", "--models", ",".join(names), "--no-intervals", "--json", *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return {model["name"]: model["metrics"] for model in json.loads(done.stdout)["models"]}


def means(parts, figure):
    return {name: statistics.mean(part[name][figure] for part in parts) for name in parts[0]}


def stars(names):
    def folds(*arguments):
        return [measure(names, ["--data", f"{data}/u{fold}.base", "--test", f"{data}/u{fold}.test", *arguments]) for fold in range(1, 6)]
    hidden, told = folds("--no-dates"), folds()
    rmse, mae, dated = means(hidden, "rmse"), means(hidden, "mae"), means(told, "rmse")
    for name in sorted(rmse, key=rmse.get, reverse=True):
        print(f"{name}: RMSE {rmse[name]:.4f}, MAE {mae[name]:.4f}, told the dates {dated[name]:.4f}", flush=True)
        record(f"stars-{name}", rmse[name], None, None, "RMSE", model=name, mae=mae[name], dated=dated[name])


def lists(names):
    # `session-weight` knows which ratings were given together, which helps to find ratings left out at random and nothing else.
    blind = [f"{name}.session-weight=0" for name in ("ease", "list-blend") if name in names]
    plain = ["--settings", ",".join(blind)] if blind else []
    parts = [measure(names, ["--data", data, "--holdout-per-user", "0.25", "--seed", str(seed), *plain]) for seed in (1, 2, 3)]
    ndcg, recall, coverage = (means(parts, figure) for figure in ("ndcg@10", "recall@10", "coverage@10"))
    for name in sorted(ndcg, key=ndcg.get):
        print(f"{name}: nDCG@10 {ndcg[name]:.4f}, Recall@10 {recall[name]:.4f}, coverage {coverage[name]:.4f}", flush=True)
        record(f"lists-{name}", ndcg[name], None, None, "nDCG@10", model=name, recall=recall[name], coverage=coverage[name])


def discovery(names):
    for place in ("ml-100k", "ml-latest-small"):
        for seed in (1, 2, 3):
            found = measure(names, [
                "--data", os.path.join(os.path.dirname(data), place), "--holdout-per-user", "0.25", "--seed", str(seed), "--discovery"])
            for name in names:
                plain, moved = found[name], found[f"{name}+discovery"]
                times = moved["coverage@10"] / plain["coverage@10"]
                print(f"{name}, {place}, seed {seed}: nDCG@10 {plain['ndcg@10']:.4f} to {moved['ndcg@10']:.4f}, "
                      f"{times:.2f} times as many films", flush=True)
                record(f"discovery-{place}-{seed}-{name}", moved["ndcg@10"], plain["ndcg@10"], "as the model has them", "nDCG@10",
                       marquee_coverage=moved["coverage@10"], peer_coverage=plain["coverage@10"])


def main():
    jobs = sys.argv[1:] or ["stars", "lists"]
    for job in jobs:
        if job == "discovery":
            discovery(chosen or ["ease", "list-blend"])
            continue
        names = [model["name"] for model in catalogue() if model["job"] == job and (not chosen or model["name"] in chosen)]
        {"stars": stars, "lists": lists}[job](names)


main()
