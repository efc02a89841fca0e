#!/usr/bin/env python3
"""MLlib's ALS on everything: only the better lists are taken, whichever those are, and a quality gate refuses worse ones."""

import os
import random
import sys

import numpy

import cluster

QUICK = ["--mllib", "--models", "als,ials", "--mllib-factors", "16", "--mllib-sweeps", "6"]
GATE = "gates:\n  ndcg: 0.01\n"


def check(test):
    folder, expect = test.folder, test.expect

    def ratings(name, is_telling):
        """Two camps that each rate films of their own, or people who rate anything."""
        rng = random.Random(9)
        lines = []
        for user in range(1, 401):
            own = range(1 + user % 2 * 40, 41 + user % 2 * 40) if is_telling else range(1, 81)
            lines += [f"{user},{film},{rng.randint(6, 10) / 2},{1_000_000_000 + film}" for film in rng.sample(own, 15)]
        path = f"{folder}/{name}/ratings.csv"
        # A file that is written again is another one.
        return path if os.path.exists(path) else cluster.write_ratings(f"{folder}/{name}", lines)

    def run(name, is_telling, *more):
        return test.run(ratings(name, is_telling), [movies], f"{folder}/public", 4, [*QUICK, *more], settings=GATE)

    def published():
        with open(f"{folder}/public/users/packed/template.json") as file:
            return file.read()

    movies = cluster.write_films(folder, range(1, 81))
    work = run("camps", True, "--mllib-settings", "0.1:50,1:0.1,3:0.3")
    stages = work.facts["stages"]
    trials, told = stages["factors"]["trials"], stages["build"]["mllib"]
    best = max(trials, key=lambda trial: trial["ndcg@10"])
    expect(f"the best of {len(trials)} pairs is fitted to everything: {best}", len(trials) == 3 and all(
        stages["factors"][name] == best[name] for name in ("alpha", "regularization", "fold_in")))
    expect(f"what the build measures is what was chosen by: {told}", abs(told["ndcg@10"] - best["ndcg@10"]) < 1e-9)
    expect("the better lists are taken", told["taken"] == (told["ndcg@10"] > told["own_ndcg@10"]))
    lists = test.lists(work)
    stray = sum(len([film for film, *_ in entries[:10] if (int(film) > 40) != (int(user) % 2 == 1)])
                for user, entries in lists.items())
    expect(f"every member has a list of the own camp's films ({stray} others in all)",
           len(lists) == 400 and stray < 0.02 * 4000)
    left = sorted(os.listdir(work.fitted))
    expect(f"neither likes nor checkpoints are left: {left}", not {"likes", "checkpoints"} & set(left))

    again = run("camps", True, "--mllib-settings", "0.1:50,1:0.1,3:0.3", "--partitions", "3")
    expect("with another division into files, the factors are taken over and the version is the same",
           again.version == work.version and again.divided != work.divided)

    # Data that were divided before, by the hash that also draws the validation part: its low keys are gone.
    halves = [f"{folder}/{name}" for name in ("once", "twice")]
    for source, share, place in ((f"{folder}/camps/ratings.csv", "0.3", halves[0]),
                                 (f"{halves[0]}/part-1/train.csv", "0.1", halves[1])):
        cluster.marquee("evaluate", "--data", source, "--holdout", share, "--seed", "1", "--models", "popularity", "--export", place)
    divided = test.run(
        f"{halves[0]}/part-1/train.csv", [movies], f"{folder}/public", 4,
        [*QUICK, "--mllib-settings", "1:0.1", "--accept", "--columns", "user=user,movie=movie,rating=rating,time=timestamp"])
    bound, lowest, kept = divided.facts["stages"]["factors"]["bound"], 0, 0
    for name in ("test", "train"):
        with open(f"{halves[1]}/part-1/{name}.csv") as file:
            pairs = [line.split(",")[:2] for line in file][1:]
        keys = test.module.mixed(test.module.id_hashes([user for user, _ in pairs], 1) ^ test.module.mixed(
            numpy.array([int(film) for _, film in pairs], dtype=numpy.uint64)))
        below = (keys < numpy.uint64(bound)).mean()
        lowest, kept = (below, kept) if name == "test" else (lowest, 1 - below)
    expect(f"none of the validation part is fitted to ({lowest:.4f} of it left out), all of the rest ({kept:.4f})",
           lowest == 1 and kept > 0.99)

    worse = run("camps", True, "--mllib-settings", "0.1:1000", "--accept")
    told = worse.facts["stages"]["build"]["mllib"]
    expect(f"factors that are worse than the program's own are not taken: {told}",
           not told["taken"] and told["ndcg@10"] < told["own_ndcg@10"])

    before = published()
    try:
        run("noise", False, "--mllib-settings", "1:0.1")
        expect("a quality gate refuses worse lists", False)
    except test.module.Trouble as trouble:
        expect(f"a quality gate refuses worse lists: {trouble}", published() == before)
    run("noise", False, "--mllib-settings", "1:0.1", "--accept")
    expect("… unless they are accepted", published() != before)


def main():
    with cluster.Trial("local[2]") as test:
        check(test)
    return test.status


if __name__ == "__main__":
    sys.exit(main())
