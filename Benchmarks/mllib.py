#!/usr/bin/env python3
"""The lists of MLlib's film factors under Marquee's fold-in compared with those of `ials`: ML-100k, a quarter of each user's ratings
held out, seeds 1 to 3. Settings are chosen on a validation part of the rest. The job would leave MLlib's factors out where those of
`ials` do as well on that part; here `ials` gets a single factor in the job, so that MLlib's lists are what is measured.

    mllib.py ML-100K [SEEDS]

Needs Python with Spark: make test-spark sets it up in .build.
"""

import json
import math
import os
import shutil
import sys
import tempfile

sys.path.insert(0, f"{os.path.dirname(os.path.dirname(os.path.abspath(__file__)))}/Tests/Spark")
import cluster  # noqa: E402


def ndcg(lists, wanted):
    """nDCG@10 over the users with held-out films, as evaluate has it."""
    gains = []
    for user, films in wanted.items():
        found = sum(1 / math.log2(place + 2) for place, film in enumerate(lists.get(user, [])[:10]) if film in films)
        gains.append(found / sum(1 / math.log2(place + 2) for place in range(min(10, len(films)))))
    return sum(gains) / len(gains)


def one(spark, module, data, seed, folder):
    export = f"{folder}/export"
    told = json.loads(cluster.marquee(
        "evaluate", "--data", data, "--holdout-per-user", "0.25", "--seed", str(seed), "--models", "ials", "--export", export,
        "--json").stdout)
    own = told["models"][0]["metrics"]["ndcg@10"]
    wanted, films = {}, set()
    with open(f"{export}/part-1/qrels.txt") as file:
        for line in file:
            user, _, film, _ = line.split()
            wanted.setdefault(user, set()).add(film)
    run = {}
    with open(f"{export}/part-1/runs/ials.txt") as file:
        for line in file:
            user, _, film, *_ = line.split()
            run.setdefault(user, []).append(film)
    with open(f"{export}/part-1/train.csv") as file:
        films = sorted({line.split(",")[1] for line in list(file)[1:]}, key=int)
    titles = cluster.write(f"{folder}/movies.csv", "movieId,title,genres\n" + "".join(
        f"{film},Film {film} (1990),Drama\n" for film in films))
    cluster.write(f"{folder}/site/content/models.yaml", "ials:\n  factors: 1\n")
    work = cluster.run(
        spark, module, folder, f"{export}/part-1/train.csv", [titles], f"{folder}/public", 4,
        ["--columns", "user=user,movie=movie,rating=rating,time=timestamp", "--mllib", "--models", "als,ials"])
    lists = {user: [entry[0] for entry in entries] for user, entries in cluster.lists(spark, module, work).items()}
    facts = work.facts["stages"]
    if not facts["build"]["mllib"]["taken"]:
        raise AssertionError("one factor of ials was better than MLlib's")
    return {"seed": seed, "ials": own, "ials again": ndcg(run, wanted), "mllib": ndcg(lists, wanted),
            "on the validation part": facts["build"]["mllib"]["ndcg@10"], "trials": facts["factors"]["trials"]}


def main():
    data, seeds = sys.argv[1], [int(word) for word in (sys.argv[2] if len(sys.argv) > 2 else "1,2,3").split(",")]
    module = cluster.job()
    spark = cluster.session("local[2]")
    worse = 0
    try:
        for seed in seeds:
            folder = tempfile.mkdtemp(prefix="marquee-mllib-")
            result = one(spark, module, data, seed, folder)
            print(json.dumps(result), flush=True)
            worse += result["mllib"] < result["ials"] - 0.005
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        spark.stop()
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
