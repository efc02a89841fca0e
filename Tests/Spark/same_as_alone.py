#!/usr/bin/env python3
"""Whether a cluster makes what one machine makes: lists, figures and the members' files, byte for byte.

    same_as_alone.py [--executors 1,2] [--partitions 1,7,64] [--sets made-up,latest-small,movietweetings] [--formats csv,parquet]

Each number of executors is a process of its own, as a session has one master. Data that are not there are passed over, and it
says so.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys

import cluster


def sets(folder):
    """Ratings as CSV with MovieLens' columns, and films, of each data set that is there."""
    found = {}
    # Made up, with several files of members: for machines without the others.
    data = f"{folder}/made-up"
    rng = random.Random(11)
    cluster.write_ratings(data, [
        f"{user},{film},{rng.randint(1, 10) / 2},{1_000_000_000 + rng.randint(0, 10 ** 8)}"
        for user in range(1, 701) for film in sorted(rng.sample(range(1, 101), 12))])
    cluster.write_films(data, range(1, 101), cluster.drama_or_comedy)
    found["made-up"] = (data, [])
    small = f"{cluster.SHARED}/data/ml-latest-small"
    if os.path.isdir(small):
        data = f"{folder}/latest-small"
        os.makedirs(data)
        for name in ("ratings.csv", "movies.csv"):
            shutil.copy(f"{small}/{name}", f"{data}/{name}")
        found["latest-small"] = (data, [])
    tweets = f"{cluster.SHARED}/data/movietweetings-100k"
    if os.path.isdir(tweets):
        data = f"{folder}/movietweetings"
        os.makedirs(data)
        with open(f"{tweets}/ratings.dat") as file:
            lines = [line.rstrip("\n").split("::") for line in file if line.strip()]
        cluster.write(f"{data}/ratings.csv", "user,movie,rating,time\n" + "".join(
            ",".join(line) + "\n" for line in lines))
        with open(f"{tweets}/movies.dat", encoding="utf-8") as file:
            films = [line.rstrip("\n").split("::") for line in file if line.strip()]
        quoted = ['{},"{}",{}\n'.format(film[0], film[1].replace('"', '""'), film[2] if len(film) > 2 else "")
                  for film in films]
        cluster.write(f"{data}/movies.csv", "movieId,title,genres\n" + "".join(quoted))
        found["movietweetings"] = (data, ["--columns", "user=user,movie=movie,rating=rating,time=time"])
    for name in ("latest-small", "movietweetings"):
        if name not in found:
            print(f"skipped: {name} is not in {cluster.SHARED}/data (set MARQUEE_SHARED)", flush=True)
    return found


def lists_alone(site, users):
    """The lists of one machine by marquee recommend, of some members."""
    found = {}
    for user in users:
        answer = json.loads(cluster.marquee("recommend", "--site", site, "--user", user, "--top", "20", "--json").stdout)
        films = next(iter(answer["models"].values()))
        found[user] = [(str(film["id"]), film["score"], film["stars"], film["low"], film["high"]) for film in films]
    return found


def agree(mine, alone):
    """Whether two lists have the same films in the same order, and the numbers that one machine prints with four places."""
    return len(mine) == len(alone) and all(
        one[0] == other[0] and all(abs(a - b) < 0.000051 for a, b in zip(one[1:], other[1:]))
        for one, other in zip(mine, alone))


def printed(files):
    """Of each member the first list in the packed files: films with the stars that a page prints, rounded to a place."""
    found = {}
    for content in files.values():
        file = json.loads(content)
        texts, schemas = file["texts"], file["schemas"]

        def value(packed):
            if isinstance(packed, list):
                rest = [value(one) for one in packed[1:]]
                return rest if packed[0] < 0 else dict(zip(schemas[packed[0]], rest))
            return texts[packed] if isinstance(packed, int) and not isinstance(packed, bool) else packed

        for member, packed in file["members"].items():
            found[member] = [(entry["movie"]["id"], *(float(entry[name]) for name in ("stars", "low", "high")))
                             for shown in value(packed)["lists"][:1] for entry in shown["entries"]]
    return found


def shown(mine, alone):
    """Whether a list begins with what a page shows of it: every film in its place, and numbers that print alike."""
    return bool(alone) and len(mine) >= len(alone) and all(
        one[0] == other[0] and all(abs(a - b) < 0.050001 for a, b in zip(one[2:], other[1:]))
        for one, other in zip(mine, alone))


def compare(executors, arguments):
    failures = 0
    with cluster.Trial(f"local-cluster[{executors},1,1024]" if executors else "local[2]") as test:
        folder, spark = test.folder, test.spark
        for name, (data, more) in sets(folder).items():
            if name not in arguments.sets:
                continue
            place = f"{folder}/{name}-run"
            os.makedirs(place)
            site, expected = cluster.baseline(place, data)
            pages = printed(expected)
            alone = lists_alone(site, sorted(pages)[:: max(1, len(pages) // 25)])
            names = {"csv": f"{data}/ratings.csv", "parquet": f"{data}/ratings.parquet"}
            table = spark.read.option("header", True).csv(names["csv"])
            table.selectExpr(*[f"cast(`{column}` as {kind}) `{column}`" for column, kind in zip(
                table.columns, ["long", "string", "double", "long"])]).repartition(3).write.parquet(names["parquet"])
            for form in arguments.formats:
                for partitions in arguments.partitions:
                    output = f"{place}/public-{form}-{partitions}"
                    work = cluster.run(
                        spark, test.module, place, names[form], [f"{data}/movies.csv"], output, partitions, more)
                    made = cluster.packed(output)
                    same = made == expected
                    lists = test.lists(work)
                    listed = lists.keys() == pages.keys() and all(
                        shown(lists[user], pages[user]) for user in pages) and all(
                        agree(lists[user], alone[user]) for user in alone)
                    figures = json.load(open(f"{output}/api/models.json")) == json.load(open(f"{site}/output/api/models.json"))
                    print(f"{name} {form} partitions={partitions} executors={executors}: files "
                          f"{'equal' if same else 'DIFFER'} ({len(made)}, {cluster.digest(made)}), lists of {len(pages)} "
                          f"{'equal' if listed else 'DIFFER'}, figures {'equal' if figures else 'DIFFER'}, "
                          f"{sum(facts['seconds'] for facts in work.facts['stages'].values()):.0f} s", flush=True)
                    failures += not (same and listed and figures and len(lists) == work.facts["stages"]["ingest"]["members"])
                    shutil.rmtree(output)
    return failures


def main():
    parser = argparse.ArgumentParser()
    listed = lambda kind: lambda text: [kind(word) for word in text.split(",")]
    parser.add_argument("--executors", type=listed(int), default=[1, 2])
    parser.add_argument("--partitions", type=listed(int), default=[1, 7, 64])
    parser.add_argument("--sets", type=listed(str), default=["made-up", "latest-small", "movietweetings"])
    parser.add_argument("--formats", type=listed(str), default=["csv", "parquet"])
    arguments = parser.parse_args()
    if len(arguments.executors) > 1:
        failures = 0
        for executors in arguments.executors:
            failures += subprocess.run([
                sys.executable, __file__, "--executors", str(executors), "--partitions",
                ",".join(map(str, arguments.partitions)), "--sets", ",".join(arguments.sets), "--formats",
                ",".join(arguments.formats)]).returncode != 0
        return 1 if failures else 0
    return 1 if compare(arguments.executors[0], arguments) else 0


if __name__ == "__main__":
    sys.exit(main())
