#!/usr/bin/env python3
"""A catalogue of very many films, and one member who rated each of them: on a cluster the files are those of one machine.

    busy_member.py [100000]
"""

import os
import random
import shutil
import sys
import time

import cluster

MODELS = "biases,als,ials"


def ratings(films):
    """2,000 members with 60 films each, known ones more often, and one with all."""
    rng = random.Random(5)
    for user in range(1, 2001):
        for film in {1 + int(films * rng.random() ** 3) for _ in range(60)}:
            yield f"{user},{film},{rng.randint(1, 10) / 2},{1_000_000_000 + film}"
    for film in range(1, films + 1):
        yield f"busy,{film},{film % 10 / 2 + 0.5},{1_100_000_000 + film}"


def check(test, films):
    data = f"{test.folder}/data"
    cluster.write_ratings(data, ratings(films))
    cluster.write_films(data, range(1, films + 1), cluster.drama_or_comedy)
    settings = f"film-json: absent\nmodels: [{MODELS.replace(',', ', ')}]\n"
    started = time.monotonic()
    site, expected = cluster.baseline(test.folder, data, cluster.SITE + settings)
    alone = time.monotonic() - started
    shutil.rmtree(f"{site}/output")
    work = test.run(f"{data}/ratings.csv", [f"{data}/movies.csv"], f"{test.folder}/public", 7, ["--models", MODELS],
                    settings="film-json: absent\n")
    stages = work.facts["stages"]
    test.expect(f"all {films} films have pages ({alone:.0f} s alone, {sum(facts['seconds'] for facts in stages.values()):.0f} s as a job)",
                stages["build"]["films"] == films)
    made = cluster.packed(f"{test.folder}/public")
    test.expect(f"the files of 2,001 members are those of one machine ({len(made)}, {cluster.digest(made)})", made == expected)
    test.expect("who rated everything has nothing on the list", not test.lists(work).get("busy"))


def main():
    with cluster.Trial("local[2]") as test:
        check(test, int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    return test.status


if __name__ == "__main__":
    sys.exit(main())
