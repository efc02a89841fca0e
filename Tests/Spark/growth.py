#!/usr/bin/env python3
"""Memory and speed for more and more made-up members, beside marquee build.

    growth.py [--worker 10000,100000] [--job 10000,100000]

The first are sent to a worker, marquee shard, as tasks send them. The second go through the whole job on one core, each
number in a process of its own, beside the same plan of Spark without the worker. Memory must stay flat, and the worker must make
at least 0.8 of the members a second of processor that marquee build makes on the same data.
"""

import argparse
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib

import numpy

import cluster

FILMS = 2000
RATED = 30
# Ratings that the job trains on, whatever the number of members.
SAMPLE = 150_000
MODELS = "models: [biases, als, ials]\n"


def peak(process):
    """MB that a process had at most, so far."""
    with open(f"/proc/{process}/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmHWM")) / 1024


def processor(process):
    """Seconds of processor of a process, so far, and of its children that ended."""
    with open(f"/proc/{process}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def ratings(module, users):
    """What made-up members rated: place of the member in `users`, film, stars, time. Popular films come more often."""
    hashes = module.mixed(users[:, None].astype(numpy.uint64) * numpy.uint64(64) + numpy.arange(RATED, dtype=numpy.uint64))
    share = (hashes >> numpy.uint64(11)) / 2.0 ** 53
    films = numpy.sort((FILMS * share * share).astype(numpy.int32), axis=1)
    first = numpy.ones(films.shape, dtype=bool)
    first[:, 1:] = films[:, 1:] != films[:, :-1]
    owner = numpy.broadcast_to(numpy.arange(len(users))[:, None], films.shape)[first]
    film = films[first]
    stars = module.mixed(users[owner].astype(numpy.uint64) * numpy.uint64(FILMS) + film.astype(numpy.uint64))
    return (owner, film, ((stars % numpy.uint64(10)).astype(numpy.float32) + 1) / 2,
            (1_000_000_000 + users[owner]).astype(numpy.uint32))


def frames(module, members, shards):
    """The members' frames, sorted as tasks send them."""
    order = numpy.array(sorted(
        range(1, members + 1), key=lambda user: (zlib.crc32(str(user).encode()) % shards, str(user))))
    for start in range(0, members, 2000):
        users = order[start:start + 2000]
        owner, film, stars, moment = ratings(module, users)
        names = [str(user).encode() for user in users]
        yield (struct.pack("<Q", len(owner)) + (owner + start).astype("<i8").tobytes() + film.astype("<i4").tobytes() +
               stars.astype("<f4").tobytes() + moment.astype("<u4").tobytes() + struct.pack("<I", len(names)) +
               numpy.array([len(name) for name in names], dtype="<u4").tobytes() + b"".join(names))
    yield struct.pack("<Q", 0)


def write_parquet(module, members, path):
    import pyarrow
    import pyarrow.parquet as parquet

    schema = pyarrow.schema([("userId", pyarrow.int64()), ("movieId", pyarrow.int64()), ("rating", pyarrow.float32()),
                             ("timestamp", pyarrow.int64())])
    with parquet.ParquetWriter(path, schema) as writer:
        for start in range(1, members + 1, 20_000):
            users = numpy.arange(start, min(members + 1, start + 20_000))
            owner, film, stars, moment = ratings(module, users)
            writer.write_table(pyarrow.table(
                [users[owner], film.astype("i8") + 1, stars, moment.astype("i8")], schema=schema))


def worker(counts):
    module = cluster.job()
    folder = tempfile.mkdtemp(prefix="marquee-spark-")
    data, site = f"{folder}/data", f"{folder}/alone"
    users = numpy.arange(1, counts[0] + 1)
    owner, film, stars, moment = ratings(module, users)
    cluster.write_ratings(data, (f"{user},{film + 1},{star:g},{time}" for user, film, star, time in zip(
        users[owner].tolist(), film.tolist(), stars.tolist(), moment.tolist())))
    cluster.write_films(data, range(1, FILMS + 1), cluster.drama_or_comedy)
    cluster.write(f"{site}/content/site.yaml", cluster.SITE + MODELS)

    def build(name, *more):
        report = f"{folder}/{name}.json"
        cluster.marquee("build", "--site", site, "--data", data, "--output", f"{folder}/site-{name}", "--jobs", "1",
                        "--report", report, *more)
        with open(report) as file:
            stages = json.load(file)["stages"]
        return sum(stage["cpu_seconds"] for stage in stages if stage["name"] in ("precompute", "render", "index"))

    def apart(count):
        return cluster.write(f"{folder}/apart.json", f'{{"folder": "a", "members": {count}}}')

    try:
        # What members take is what a build takes beyond the same without them.
        alone = counts[0] / (build("with") - build("without", "--apart", apart(counts[0])))
        print(f"marquee build: {alone:.0f} of {counts[0]} members a second of processor", flush=True)
        peaks, rates = [], []
        for count in counts:
            build(f"of-{count}", "--apart", apart(count))
            shards = max(1, (count + 96) // 192)
            child = subprocess.Popen([cluster.PROGRAM, "shard", "--site", site], stdin=subprocess.PIPE,
                                     stdout=subprocess.PIPE, env={"MARQUEE_HOME": cluster.REPOSITORY, **os.environ})
            files = []

            def read():
                while True:
                    head = child.stdout.read(12)
                    if len(head) < 12:
                        return
                    user, length = struct.unpack("<qI", head)
                    child.stdout.read(length)
                    if user < 0:
                        files.append(user)

            reader = threading.Thread(target=read)
            reader.start()
            for frame in frames(module, count, shards):
                child.stdin.write(frame)
                child.stdin.flush()
                last = peak(child.pid)
            # The last shard's work is still to come; it ends as soon as its output is read.
            usage = os.wait4(child.pid, 0)[2]
            reader.join()
            peaks.append(last)
            rates.append(count / (usage.ru_utime + usage.ru_stime))
            print(f"marquee shard: {count} members, {len(files)} of {shards} files, peak {peaks[-1]:.0f} MB, "
                  f"{rates[-1]:.0f} members a second of processor, {rates[-1] / alone:.2f} of marquee build", flush=True)
            if len(files) != shards:
                return 1
        return 0 if max(peaks) < 1.2 * min(peaks) + 20 and max(rates) >= 0.8 * alone else 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def floor(job):
    """What Spark takes by itself for the same plan: the rows are read and handed to Python, and as many rows as members have in
    lists come back and are written."""
    manifest = cluster.job().MANIFEST

    def drain(batches):
        import numpy
        import pyarrow

        names = [column.split()[0] for column in manifest.split(", ")]
        for batch in batches:
            users = batch.column(0).unique()
            count = 20 * len(users)
            columns = {
                "kind": pyarrow.array(["list"] * count, pyarrow.string()),
                "user": users.take(pyarrow.array(numpy.repeat(numpy.arange(len(users)), 20))),
                "rank": pyarrow.array(numpy.tile(numpy.arange(1, 21, dtype="i4"), len(users))),
                "film": pyarrow.array([str(place) for place in range(20)] * len(users), pyarrow.string())}
            for name in ("score", "stars", "low", "high"):
                columns[name] = pyarrow.array(numpy.full(count, 4, dtype="f4"))
            for name, kind in (("path", pyarrow.string()), ("size", pyarrow.int64()), ("sha256", pyarrow.string()),
                               ("members", pyarrow.int32()), ("left_out", pyarrow.int64())):
                columns[name] = pyarrow.nulls(count, kind)
            yield pyarrow.RecordBatch.from_arrays([columns[name] for name in names], names=names)

    job.table(whole_files=True).select("user", "film", "rating", "time").mapInArrow(drain, manifest).write.mode(
        "overwrite").partitionBy("kind").parquet(f"{job.work}/floor")


class Watch(threading.Thread):
    """Looks at the processes below this one: what the workers have in memory at most, and processor of those that were there
    before."""

    def __init__(self):
        super().__init__(daemon=True)
        self.over, self.most = threading.Event(), 0

    def run(self):
        while not self.over.wait(0.5):
            for process in cluster.below(os.getpid(), " shard --site"):
                try:
                    self.most = max(self.most, peak(process))
                except (OSError, StopIteration):
                    pass


def used():
    """Seconds of processor of all processes below this one, ended ones too, as far as somebody waited for them."""
    total = 0
    for process in cluster.below(os.getpid(), ""):
        try:
            total += processor(process)
        except OSError:
            pass
    return total


def one_job(count):
    with cluster.Trial("local-cluster[1,1,1024]") as test:
        module, folder, spark = test.module, test.folder, test.spark
        films = cluster.write_films(folder, range(1, FILMS + 1), cluster.drama_or_comedy)
        write_parquet(module, count, f"{folder}/ratings.parquet")
        members = module.Job.members

        def measured(job, ingested):
            watch, before = Watch(), used()
            watch.start()
            facts = members(job, ingested)
            watch.over.set()
            watch.join()
            return {**facts, "processor": used() - before, "worker": watch.most}

        module.Job.members = measured
        job = test.run(f"{folder}/ratings.parquet", [films], f"{folder}/public", 4,
                       ["--sample", str(SAMPLE), "--models", "biases,als,ials"])
        stages = job.facts["stages"]
        java = cluster.below(os.getpid(), "org.apache.spark.deploy.SparkSubmit") or [spark.sparkContext._gateway.proc.pid]
        driver = max(peak(process) for process in java)
        before, started = used(), time.monotonic()
        floor(job)
        bare, seconds = used() - before, time.monotonic() - started
        made = sum(len(names) for _, _, names in os.walk(f"{folder}/public/users/packed")) - 1
        print(json.dumps({
            "members": count, "files": made, "bytes": stages["members"]["bytes"],
            "stages": {name: facts["seconds"] for name, facts in stages.items()}, "floor": round(seconds, 1),
            "members a second of processor": round(count / stages["members"]["processor"]),
            "of the floor": round(count / bare), "without the floor": round(count / (stages["members"]["processor"] - bare)),
            "worker, MB": round(stages["members"]["worker"]), "driver in Python, MB": round(peak(os.getpid())),
            "driver in Java, MB": round(driver), "load": os.getloadavg()[0]}), flush=True)
        return 0 if stages["members"]["members"] == count and made == stages["members"]["files"] else 1


def main():
    parser = argparse.ArgumentParser()
    numbers = lambda text: [int(word) for word in text.split(",") if word]
    parser.add_argument("--worker", type=numbers, default=[10_000, 100_000])
    parser.add_argument("--job", type=numbers, default=[10_000, 100_000])
    parser.add_argument("--one-job", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one_job:
        return one_job(arguments.one_job)
    status = worker(arguments.worker) if arguments.worker else 0
    peaks, workers = [], []
    for count in arguments.job:
        run = subprocess.run([sys.executable, __file__, "--one-job", str(count)], stdout=subprocess.PIPE, text=True)
        print(run.stdout, end="", flush=True)
        status = status or run.returncode
        if run.returncode == 0:
            told = json.loads(run.stdout.splitlines()[-1])
            peaks.append(told["driver in Python, MB"])
            workers.append(told["worker, MB"])
    for who, found in (("driver", peaks), ("worker", workers)):
        if found and max(found) > 1.2 * min(found) + 20:
            print(f"the {who} grows: {found} MB", flush=True)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
