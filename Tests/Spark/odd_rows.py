#!/usr/bin/env python3
"""Rows that data sets have and nobody wants: on a cluster they become what they become on one machine."""

import os
import random
import shutil
import sys
import zlib

import cluster


def rows(rng):
    """Ratings of 60 plain members and of odd ones, with what is wrong put in between."""
    lines = []
    for user in range(1, 61):
        for film in rng.sample(range(1, 81), 25):
            lines.append(f"{user},{film},{rng.randint(1, 10) / 2},{1_000_000_000 + rng.randint(0, 10 ** 8)}")
    for user in ("3000000000", "2147483648", "9223372036854775808", "99999999999999999999", "007", "Änna", "anna", "Anna",
                 '"a,b"', "x y", "member", "<b>", "a'b", "%41", "+1"):
        for film in rng.sample(range(1, 81), 12):
            lines.append(f"{user},{film},{rng.randint(1, 10) / 2},{1_200_000_000 + rng.randint(0, 10 ** 6)}")
    # A pair again and again: the latest stays, of equally late ones the last.
    for stars, time in ((1, 500), (2, 900), (3, 900), (5, 100)):
        lines.append(f"1,5,{stars},{time}")
        lines.append(f"again,7,{stars},{time}")
    bad = [",5,4,1", "1,,4,1", "1,6,3", "2,6,abc,1", "2,7,9.5,1", "2,8,-3,1", "3", "1,5", f"{'x' * 201},5,4,1", "4,9,4.5.5,1"]
    unrated = ["5,10,NA,1", "5,11,,1", "5,12,null,1", "5,13,0,1", "5,14,-1,1", "5,15,,", ",16,-,1"]
    odd = bad + unrated + ["6,79,\"4,5\",1", "7,78,3.5,", "8,77,4,never", "9,76,4,5,and,more"]
    rng.shuffle(odd)
    for line in odd:
        lines.insert(rng.randint(0, len(lines)), line)
    return lines, len(bad), len(unrated)


def check(test):
    folder, expect = test.folder, test.expect
    # The vectors of the program's own tests.
    vectors = {"": 0, "a": 0xE8B7BE43, "123456789": 0xCBF43926, "IEND": 0xAE426082, "Änna": zlib.crc32("Änna".encode())}
    hashes = test.spark.createDataFrame([(name,) for name in vectors], "name string").selectExpr(
        "name", "crc32(cast(name as binary)) hash").collect()
    expect("Spark's hash of members is the program's", {row["name"]: row["hash"] for row in hashes} == vectors)
    rng = random.Random(7)
    lines, bad, unrated = rows(rng)
    data = f"{folder}/data"
    cluster.write_ratings(data, lines)
    # Films 81 to 90 have no rating; 1 to 80 have.
    cluster.write_films(data, range(1, 91), lambda film: "Drama" if film % 2 else "Comedy|War")
    site, expected = cluster.baseline(folder, data)
    work = test.run(f"{data}/ratings.csv", [f"{data}/movies.csv"], f"{folder}/public", 5)
    facts = work.facts["stages"]["ingest"]
    expect(f"bad rows are counted: {facts['bad']} of {bad}", facts["bad"] == bad)
    expect("bad rows are shown with a reason", len(facts["samples"]) == bad and all(
        sample["flaw"] for sample in facts["samples"]))
    expect(f"rows without a rating are counted: {facts['unrated']} of {unrated}", facts["unrated"] == unrated)
    made = cluster.packed(f"{folder}/public")
    expect("the members' files are those of one machine, byte for byte", made == expected)
    if made != expected:
        for name in sorted(set(made) | set(expected)):
            cluster.write(f"{folder}/../spark-differs/{name}.mine", made.get(name, b"").decode())
            cluster.write(f"{folder}/../spark-differs/{name}.alone", expected.get(name, b"").decode())
    expect("films without ratings are there", work.facts["stages"]["build"]["films"] == 90)

    # One member with a million rows.
    data = f"{folder}/million"
    with open(f"{folder}/data/ratings.csv") as file:
        text = file.read()
    million = "".join(f"busy,{1 + turn % 80},{1 + turn % 9 / 2:g},{turn}\n" for turn in range(1_000_000))
    cluster.write(f"{data}/ratings.csv", text + million)
    shutil.copy(f"{folder}/data/movies.csv", data)
    shutil.rmtree(f"{folder}/alone")
    site, expected = cluster.baseline(folder, data)
    work = test.run(f"{data}/ratings.csv", [f"{data}/movies.csv"], f"{folder}/public", 64)
    expect("one member with a million rows changes nothing of it",
           cluster.packed(f"{folder}/public") == expected and work.facts["stages"]["count"]["ratings"] < 3000)
    versions = [name for name in os.listdir(f"{folder}/public/users/packed") if len(name) == 16]
    expect("the version of before is gone", versions == [work.version])


def main():
    with cluster.Trial("local[2]") as test:
        check(test)
    return test.status


if __name__ == "__main__":
    sys.exit(main())
