#!/usr/bin/env python3
"""Measures the rows of RESULTS.md and writes them there and into the table of README.md: `make bench-results`.

    Benchmarks/results.py                  everything (hours)
    Benchmarks/results.py ingest ials      those measurements, by the names below
    Benchmarks/results.py --write          nothing is measured; the tables are written from what is kept

Each measurement runs one command and keeps what it recorded in Benchmarks/figures/NAME.json, with the command, the day, the machine, its
load before and after, and the commit of the sources. Nothing in the tables is written by hand.
"""
import datetime
import json
import os
import subprocess
import sys
import tempfile

here = os.path.dirname(os.path.abspath(__file__))
root = os.path.dirname(here)
kept = os.path.join(here, "figures")

# Name: the command from the repository's folder, with its environment.
MEASUREMENTS = {
    "models-stars": "Benchmarks/models.py stars",
    "models-lists": "Benchmarks/models.py lists",
    "discovery": "Benchmarks/models.py discovery",
    "newcomers": "Benchmarks/newcomers.py ../shared/data/ml-latest-small --seed 7",
    "folds": "Benchmarks/peers/run.sh folds",
    "lists": "Benchmarks/peers/run.sh closed-form",
    "ingest": "Benchmarks/peers/run.sh ingest",
    "ials": "RATINGS=20000000 PARTS=als REPEATS=1 Benchmarks/peers/run.sh lists",
    "spark-als": "RATINGS=20000000 Benchmarks/peers/run.sh spark-als",
    "ease": "MOVIES=10000 PARTS=ease REPEATS=1 Benchmarks/peers/run.sh lists",
    "stars": "PARTS=gibbs,svd,neighbours,als Benchmarks/peers/run.sh stars",
    "descent": "RATINGS=20000000 Benchmarks/peers/run.sh descent",
    "pages": "PAGES_FOLDER=/dev/shm Benchmarks/peers/pages.py 10000 50000",
    "builds": "Benchmarks/builds.py latest-small-quick latest-small-best",
    "million-build": "REPEATS=1 Benchmarks/builds.py million-best",
    "server": "Benchmarks/endpoint/load.sh ../shared/data/ml-latest-small 6",
    "large-build": "Benchmarks/builds.py twenty-million-quick",
    "large-best": "Benchmarks/builds.py twenty-million-best",
    "one-rating": "Benchmarks/one-rating.py 10000 50000",
}

# What a figure is called in the tables. Of those with `less` a smaller number is better.
FIGURES = {
    "folds-rmse": ("error of predicted stars on the five official folds of MovieLens 100k (RMSE)", "less", 4),
    "list-blend-ndcg": ("films held out that are found, MovieLens 100k (nDCG@10, a quarter of each user's ratings held out)", "more", 4),
    "ease-ndcg": ("the same by the linear model alone", "more", 4),
    "ingest": ("20 million ratings from CSV into a database, seconds", "less", 1),
    "ials-iteration": ("an iteration of implicit ALS, 64 factors, 20 million ratings, seconds", "less", 2),
    "spark-als-iteration": ("an iteration of implicit ALS, 64 factors, 20 million ratings, beside Spark for the record, seconds", "less", 2),
    "top-lists": ("the top 10 of 138,493 users among 26,744 films, seconds", "less", 1),
    "ease-fit": ("EASE of 10,000 films, seconds", "less", 1),
    "ease-memory": ("the same, MB", "less", 0),
    "gibbs-seconds": ("a Gibbs sweep of Bayesian factorization, rank 32, a million ratings, seconds", "less", 3),
    "svd-seconds": ("SVD by gradient descent, a million ratings, seconds", "less", 2),
    "neighbours-seconds": ("item neighbours, fit and predict, a million ratings, seconds", "less", 2),
    "als-seconds": ("ALS of stars, a million ratings, seconds", "less", 2),
    "descent-epoch": ("an epoch of gradient descent, 64 factors, 20 million ratings, seconds", "less", 3),
    "pages-10000": ("film pages a second, 10,000 films", "more", 0),
    "pages-50000": ("film pages a second, 50,000 films", "more", 0),
    **{f"newcomers-{given}": (f"lists of visitors who gave {given} ratings, latest-small (nDCG@10)", "more", 3) for given in (5, 10, 20)},
    **{f"discovery-{place}-{seed}-{model}": (f"lists of `{model}` with more films to be found, {place}, seed {seed} (nDCG@10)", "more", 4)
       for place in ("ml-100k", "ml-latest-small") for seed in (1, 2, 3) for model in ("ease", "list-blend")},
    "server-pages": ("a film's page from the server, 64 connections: pages a second", "more", 0),
    "server-ratings": ("single ratings of 64 clients, each on the disk before its answer: a second", "more", 0),
    "server-ratings-while-rebuilding": ("the same while the site is rebuilt", "more", 0),
    "build-latest-small-quick": ("MovieLens latest-small, `quick`: 9,742 films, 610 members, seconds", "less", 1),
    "build-latest-small-best": ("the same, `best`, seconds", "less", 1),
    "build-million-best": ("a million made-up ratings, 6,040 members, 3,706 films, `best`, seconds", "less", 0),
    "build-twenty-million-quick": ("20 million made-up ratings, 138,493 members, 26,744 films, `quick`, seconds", "less", 0),
    "build-twenty-million-best": ("the same, `best`, seconds", "less", 0),
    **{f"one-rating-{films}": (f"one new rating, `rebuild: quick`, {films:,} films and 2,000 members, seconds", "less", 2)
       for films in (10_000, 50_000)},
}
README = [
    "folds-rmse", "list-blend-ndcg", "ingest", "ials-iteration", "top-lists", "gibbs-seconds", "neighbours-seconds", "pages-10000",
]


def run(command):
    done = subprocess.run(command, shell=True, cwd=root, capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else ""


def machine():
    name = run("sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1") or run("sysctl -n machdep.cpu.brand_string")
    return f"{os.cpu_count()} cores of {name}"


def measure(name):
    command = MEASUREMENTS[name]
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
        before = os.getloadavg()[0]
        print(f"# {name}: {command}", file=sys.stderr, flush=True)
        done = subprocess.run(
            command, shell=True, cwd=root, env={**os.environ, "MARQUEE_FIGURES": file.name}, stdout=subprocess.PIPE, text=True)
        print(done.stdout, file=sys.stderr, flush=True)
        if done.returncode:
            sys.exit(f"results: {name} failed ({done.returncode}); what was kept of it stays")
        figures = [json.loads(line) for line in file]
    if not figures:
        sys.exit(f"results: {name} recorded nothing: is its peer installed?")
    changed = " with changes" if run("git status --porcelain -- Sources Benchmarks Package.swift") else ""
    os.makedirs(kept, exist_ok=True)
    with open(os.path.join(kept, f"{name}.json"), "w") as file:
        json.dump({
            "command": command, "date": datetime.date.today().isoformat(), "machine": machine(),
            "load": [round(before, 1), round(os.getloadavg()[0], 1)], "commit": run("git rev-parse --short HEAD") + changed,
            "figures": figures}, file, indent=1)
        file.write("\n")


def load():
    """What is kept, in the order of MEASUREMENTS."""
    runs = []
    for name in MEASUREMENTS:
        path = os.path.join(kept, f"{name}.json")
        if os.path.exists(path):
            with open(path) as file:
                runs.append((name, json.load(file)))
    return runs


def number(value, places):
    return "–" if value is None else f"{value:,.{places}f}"


def ratio(figure, better):
    """How much better, in words that need no sign."""
    if figure["peer"] is None:
        return ""
    ours, theirs = figure["marquee"], figure["peer"]
    times = theirs / ours if better == "less" else ours / theirs
    return f"{times:.1f} times" if times >= 1.5 or times < 0.95 else f"{100 * (times - 1):+.1f} %"


def row(figure):
    if "model" in figure:
        return f"`{figure['model']}`", number(figure["marquee"], 4), "", figure["unit"]
    words, better, places = FIGURES[figure["name"]]
    peer = f"{number(figure['peer'], places)} ({figure['peer_name']})" if figure["peer"] is not None else ""
    return words, number(figure["marquee"], places), peer, ratio(figure, better)


def besides(figure):
    """What else was recorded with a figure, in words."""
    names = {"mb": "MB", "rmse": "RMSE", "ndcg": "nDCG@10", "seconds": "s"}
    parts = []
    for key, word in names.items():
        ours, theirs = figure.get(f"marquee_{key}"), figure.get(f"peer_{key}")
        if ours is not None:
            places = 0 if key == "mb" else 1 if key == "seconds" else 3
            parts.append(f"{number(ours, places)}{'' if theirs is None else ' beside ' + number(theirs, places)} {word}")
    if "mae" in figure:
        parts.append(f"MAE {figure['mae']:.4f}; told the dates of the test ratings, RMSE {figure['dated']:.4f}")
    if "coverage" in figure:
        parts.append(f"Recall@10 {figure['recall']:.4f}; {100 * figure['coverage']:.1f} % of the catalogue on somebody's list")
    if "marquee_coverage" in figure:
        parts.append(f"{figure['marquee_coverage'] / figure['peer_coverage']:.2f} times as many films on somebody's list")
    if "films" in figure:
        parts.append(f"different films on all lists: {figure['films']} beside {figure['peer_films']}")
    if "p99" in figure:
        parts.append(f"p50 {figure['p50']:.1f} ms, p99 {figure['p99']:.1f} ms")
    if "written" in figure:
        parts.append(f"{figure['written']:,.0f} files written; nothing changed {figure['again']:.2f} s")
    if "files" in figure:
        parts.append(f"{figure['files']:,} files; nothing changed {figure['again']:.2f} s")
    return "; ".join(parts)


def results(runs):
    lines = [
        "# Results", "",
        "Measured by `make bench-results`, never written by hand; the numbers behind each table, with the load of the machine, are in",
        "`Benchmarks/figures/`. Peers run beside Marquee in the same run, in turns (`Benchmarks/peers/`), with as many threads as stand in",
        "their scripts. Ratios are to be compared, not seconds: the next machine has others.", "",
    ]
    for name, run in runs:
        lines += [
            f"## {name}", "", f"    {run['command']}", "",
            f"{run['date']}, {run['machine']}, commit {run['commit']}, load {run['load'][0]} before and {run['load'][1]} after.", "",
            "| | Marquee | beside | better by | |", "|---|---:|---:|---:|---|",
        ]
        lines += ["| " + " | ".join((*row(figure), besides(figure))) + " |" for figure in run["figures"]
                  if figure["name"] in FIGURES or "model" in figure]
        lines.append("")
    return "\n".join(lines)


def readme_table(runs):
    figures = {figure["name"]: figure for _, run in runs for figure in run["figures"]}
    lines = ["| | Marquee | beside | better by |", "|---|---:|---:|---:|"]
    lines += ["| " + " | ".join(row(figures[name])) + " |" for name in README if name in figures]
    return "\n".join(lines)


def write(runs):
    with open(os.path.join(here, "RESULTS.md"), "w") as file:
        file.write(results(runs))
    path = os.path.join(root, "README.md")
    with open(path) as file:
        text = file.read()
    begin, end = "<!-- measured: make bench-results -->\n", "\n<!-- end -->"
    before, rest = text.split(begin, 1)
    with open(path, "w") as file:
        file.write(before + begin + readme_table(runs) + end + rest.split(end, 1)[1])


def main():
    names = [name for name in sys.argv[1:] if name != "--write"]
    unknown = [name for name in names if name not in MEASUREMENTS]
    if unknown:
        sys.exit(f"results: there is no {unknown[0]}; there are {', '.join(MEASUREMENTS)}")
    if "--write" not in sys.argv:
        for name in names or MEASUREMENTS:
            measure(name)
    write(load())


main()
