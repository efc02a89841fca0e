#!/usr/bin/env python3
"""MLlib's ALS on everything: only the better lists are taken, whichever those are, and a quality gate refuses worse ones."""

import os
import random
import shutil
import sys
import tempfile

import cluster

QUICK = ["--mllib", "--models", "als,ials", "--mllib-factors", "16", "--mllib-sweeps", "6"]
GATE = "gates:\n  ndcg: 0.01\n"


def main():
    folder = tempfile.mkdtemp(prefix="marquee-spark-")
    module = cluster.job()
    spark = cluster.session("local[2]")
    failures = []

    def expect(what, isTrue):
        print(f"{'ok' if isTrue else 'FAILED'}: {what}", flush=True)
        if not isTrue:
            failures.append(what)

    def ratings(name, isTelling):
        """Two camps that each rate films of their own, or people who rate anything."""
        rng = random.Random(9)
        lines = ["userId,movieId,rating,timestamp"]
        for user in range(1, 401):
            own = range(1 + user % 2 * 40, 41 + user % 2 * 40) if isTelling else range(1, 81)
            lines += [f"{user},{film},{rng.randint(6, 10) / 2},{1_000_000_000 + film}" for film in rng.sample(own, 15)]
        path = f"{folder}/{name}/ratings.csv"
        # A file that is written again is another one.
        return path if os.path.exists(path) else cluster.write(path, "\n".join(lines) + "\n")

    def run(name, isTelling, *more):
        return cluster.run(spark, module, folder, ratings(name, isTelling), [movies], f"{folder}/public", 4,
                           [*QUICK, *more], settings=GATE)

    def published():
        with open(f"{folder}/public/users/packed/template.json") as file:
            return file.read()

    try:
        movies = cluster.write(f"{folder}/movies.csv", "movieId,title,genres\n" + "".join(
            f"{film},Film {film} ({1930 + film}),Drama\n" for film in range(1, 81)))
        work = run("camps", True, "--mllib-settings", "0.1:50,1:0.1,3:0.3")
        stages = work.facts["stages"]
        trials, told = stages["factors"]["trials"], stages["build"]["mllib"]
        best = max(trials, key=lambda trial: trial["ndcg@10"])
        expect(f"the best of {len(trials)} pairs is fitted to everything: {best}", len(trials) == 3 and all(
            stages["factors"][name] == best[name] for name in ("alpha", "regularization", "fold_in")))
        expect(f"what the build measures is what was chosen by: {told}", abs(told["ndcg@10"] - best["ndcg@10"]) < 1e-9)
        expect("the better lists are taken", told["taken"] == (told["ndcg@10"] > told["own_ndcg@10"]))
        lists = cluster.lists(spark, module, work)
        stray = sum(len([film for film, *_ in entries[:10] if (int(film) > 40) != (int(user) % 2 == 1)])
                    for user, entries in lists.items())
        expect(f"every member has a list of the own camp's films ({stray} others in all)",
               len(lists) == 400 and stray < 0.02 * 4000)
        left = sorted(os.listdir(work.fitted))
        expect(f"neither likes nor checkpoints are left: {left}", not {"likes", "checkpoints"} & set(left))

        again = run("camps", True, "--mllib-settings", "0.1:50,1:0.1,3:0.3", "--partitions", "3")
        expect("with another division into files, the factors are taken over and the version is the same",
               again.version == work.version and again.divided != work.divided)

        worse = run("camps", True, "--mllib-settings", "0.1:1000", "--accept")
        told = worse.facts["stages"]["build"]["mllib"]
        expect(f"factors that are worse than the program's own are not taken: {told}",
               not told["taken"] and told["ndcg@10"] < told["own_ndcg@10"])

        before = published()
        try:
            run("noise", False, "--mllib-settings", "1:0.1")
            expect("a quality gate refuses worse lists", False)
        except module.Trouble as trouble:
            expect(f"a quality gate refuses worse lists: {trouble}", published() == before)
        run("noise", False, "--mllib-settings", "1:0.1", "--accept")
        expect("… unless they are accepted", published() != before)
    finally:
        spark.stop()
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
