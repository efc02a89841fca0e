#!/usr/bin/env python3
"""Marquee on Apache Spark 3.5 and 4: from ratings on any Hadoop file system to lists and a website.

    spark-submit --master … marquee_spark.py --bundle marquee.tar.gz --site my-films \
        --ratings 's3a://data/ratings/*.parquet' --films movies.csv --work s3a://data/marquee --output s3://site

Spark reads, sorts, shuffles and retries; the program in the bundle trains on the driver, and `marquee shard`, which each task
starts, makes the members' lists and pages. `marquee bundle` writes the bundle, `marquee spark` runs this; docs/cluster.md
tells the rest. Python packages on driver and executors: pyspark, pyarrow, pandas < 3.
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import platform
import queue
import re
import shutil
import struct
import subprocess
import sys
import tarfile
import tempfile
import threading
import time

# Rows of a frame to `marquee shard`, and of an Arrow batch from Spark.
ROWS_PER_BATCH = 1 << 16
# As PackedMembers.membersPerShard: how many members a file has, about.
MEMBERS_PER_FILE = 192
# Beyond any file: a task reads one file of sorted ratings, whole.
WHOLE_FILE = 1 << 50
# What stands for "not rated" (formats.json).
UNRATED = ["", "\\n", "nan", "na", "n/a", "#n/a", "null", "nil", "none", "nat", "-", "--", "—", "?", "not rated",
           "unrated", "notrated"]
# Of BLAS, by processor: those that all of its kind have, so that bits do not depend on the machine. Those of Haswell and Zen will not do:
# they round a row of a product by its place among the rows, and a list would depend on who else is in the batch.
KERNELS = {"x86_64": "Sandybridge", "aarch64": "ARMV8"}
# A bucket takes its time for each request, and for many at once no longer.
REQUESTS_AT_ONCE = 16
PACKED = "users/packed/"
TEMPLATE = PACKED + "template.json"


def note(line):
    print(f"marquee: {line}", file=sys.stderr, flush=True)


class Trouble(Exception):
    """What its reader can mend."""


# Files ------------------------------------------------------------------------------------------------------------------


class Storage:
    """Small files and whole folders on any Hadoop file system, through Spark's own classes; on the driver alone."""

    def __init__(self, spark):
        self.jvm = spark.sparkContext._jvm
        self.configuration = spark.sparkContext._jsc.hadoopConfiguration()

    def place(self, uri):
        path = self.jvm.org.apache.hadoop.fs.Path(uri)
        return path.getFileSystem(self.configuration), path

    def absolute(self, uri):
        files, path = self.place(uri)
        return files.makeQualified(path).toString()

    def exists(self, uri):
        files, path = self.place(uri)
        return files.exists(path)

    def read(self, uri):
        """The text of a file; None where there is none."""
        with tempfile.TemporaryDirectory() as folder:
            if not self.exists(uri):
                return None
            self.fetch(uri, folder + "/file")
            with open(folder + "/file", encoding="utf-8") as file:
                return file.read()

    def write(self, text, uri):
        """Writes a file in one step: it is there whole or not at all."""
        with tempfile.TemporaryDirectory() as folder:
            with open(folder + "/file", "w", encoding="utf-8") as file:
                file.write(text)
            self.send(folder + "/file", uri)

    def send(self, local, uri):
        files, path = self.place(uri)
        files.mkdirs(path.getParent())
        aside = self.jvm.org.apache.hadoop.fs.Path(path.getParent(), "." + path.getName() + ".new")
        files.copyFromLocalFile(False, True, self.jvm.org.apache.hadoop.fs.Path("file://" + os.path.abspath(local)), aside)
        files.delete(path, False)
        if not files.rename(aside, path):
            raise Trouble(f"{uri}: cannot be written")

    def fetch(self, uri, local):
        files, path = self.place(uri)
        # No checksum files beside what the program reads.
        files.copyToLocalFile(False, path, self.jvm.org.apache.hadoop.fs.Path("file://" + os.path.abspath(local)), True)

    def remove(self, uri):
        files, path = self.place(uri)
        files.delete(path, True)

    def files(self, uri):
        """Path, size and time of all files that a path with wildcards stands for, sorted."""
        files, path = self.place(uri)
        found = []
        matches = files.globStatus(path)
        for status in list(matches) if matches is not None else []:
            inside = files.listFiles(status.getPath(), True)
            while inside.hasNext():
                file = inside.next()
                name = file.getPath().getName()
                if not name.startswith(("_", ".")):
                    found.append((file.getPath().toString(), file.getLen(), file.getModificationTime()))
        return sorted(found)


def target(uri, options):
    """The output as pyarrow sees it, on the driver and in tasks, and the path in it."""
    from pyarrow import fs

    options = dict(options)
    scheme, _, rest = uri.partition("://")
    if scheme in ("s3", "s3a", "s3n"):
        # A small file is one request, so it is there whole or not at all.
        return fs.S3FileSystem(allow_delayed_open=True, **options), rest.rstrip("/")
    if rest and scheme != "file":
        files, path = fs.FileSystem.from_uri(uri)
        return files, path.rstrip("/")
    return fs.LocalFileSystem(), os.path.abspath(rest if scheme == "file" else uri)


def put(files, root, name, content, aside):
    """Writes a file under its final name: whole or not at all, and the same bytes whoever does it again."""
    from pyarrow import fs

    path = f"{root}/{name}"
    if isinstance(files, fs.LocalFileSystem):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        os.makedirs(f"{root}/{aside}", exist_ok=True)
        place, temporary = tempfile.mkstemp(dir=f"{root}/{aside}")
        with os.fdopen(place, "wb") as file:
            file.write(content)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    else:
        with files.open_output_stream(path) as stream:
            stream.write(content)


# Ids --------------------------------------------------------------------------------------------------------------------


def is_number(text):
    """Whether Marquee takes an id for a number (SourceID)."""
    return re.fullmatch("0|[1-9][0-9]{0,17}", text) is not None


def id_key(text):
    """The order of ids: numbers before texts, those by their bytes."""
    return (0, int(text), b"") if is_number(text) else (1, 0, text.encode())


def mixed(words):
    """CounterRandom.mix of an array of unsigned numbers."""
    import numpy

    with numpy.errstate(over="ignore"):
        z = words + numpy.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
        return z ^ (z >> numpy.uint64(31))


def id_word(text):
    """What SourceID.stableHash mixes."""
    if is_number(text):
        return int(text)
    word = 0xCBF29CE484222325
    for byte in text.encode():
        word = ((word ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return word


def id_hashes(ids, seed):
    """For each id the hash by which Marquee's own splits draw it: SourceID.stableHash, mixed with a seed."""
    import numpy

    words = numpy.array([id_word(text) for text in ids], dtype=numpy.uint64)
    return mixed(mixed(words) ^ numpy.uint64(seed))


# MLlib ------------------------------------------------------------------------------------------------------------------

# The finest share that a bound of keys tells apart.
KEY_BITS = 16


def key_counts_task(settings):
    """How many ratings of the sample's members have which key, to `KEY_BITS` bits: the validation part is those with the
    lowest."""

    def task(batches):
        import numpy
        import pyarrow

        films, counts = settings["films"].value, numpy.zeros(1 << KEY_BITS, dtype=numpy.int64)
        for batch in batches:
            user = batch.column(0).dictionary_encode()
            owner, names = user.indices.to_numpy(), user.dictionary.to_pylist()
            film = batch.column(1).to_numpy()
            if settings["chosen"] is not None:
                kept = (id_hashes(names, settings["sample_seed"]) < settings["chosen"])[owner]
                owner, film = owner[kept], film[kept]
            keys = mixed(id_hashes(names, settings["seed"])[owner] ^ films[film])
            counts += numpy.bincount((keys >> numpy.uint64(64 - KEY_BITS)).astype(numpy.int64), minlength=len(counts))
        some = numpy.flatnonzero(counts)
        yield pyarrow.RecordBatch.from_arrays([pyarrow.array(some), pyarrow.array(counts[some])], names=["key", "ratings"])

    return task


def likes_task(settings):
    """The likes of a file of sorted ratings by Marquee's rule (ListSignal): user, film, whether the pair is of the validation
    part, and whether it is a like with and without what is in that part."""

    def task(batches):
        import numpy
        import pyarrow

        threshold, floor, gap, usual = (settings[name] for name in ("threshold", "floor", "gap", "usual"))
        films = settings["films"].value
        # Of the shard that is open: its number, and how many of its members went by.
        place = [None, 0]

        def found(rows):
            shard, user = rows.column(0).to_numpy(), rows.column(1).dictionary_encode()
            film, value = rows.column(2).to_numpy(), rows.column(3).to_numpy()
            owner = user.indices.to_numpy()
            begins = numpy.empty(len(owner), dtype=bool)
            begins[0], begins[1:] = True, owner[1:] != owner[:-1]
            starts = numpy.flatnonzero(begins)
            numbers = numpy.empty(len(starts), dtype=numpy.int64)
            for index, number in enumerate(shard[starts].tolist()):
                if number != place[0]:
                    place[:] = [number, 0]
                numbers[index] = place[1] * settings["shards"] + number
                place[1] += 1
            lengths = numpy.diff(numpy.append(starts, len(owner)))
            hashes = id_hashes(user.dictionary.to_pylist(), settings["seed"])
            held = mixed(hashes[owner] ^ films[film]) < settings["bound"]

            def liked(counted):
                high = counted & (value >= threshold)
                total = numpy.add.reduceat(numpy.where(high, value, 0.0), starts)
                count = numpy.add.reduceat(high.astype(float), starts)
                lowest = numpy.clip((5 * usual + total) / (5 + count) - gap, floor, threshold)
                return value >= numpy.repeat(lowest, lengths)

            whole, part = liked(numpy.ones(len(owner), dtype=bool)), liked(~held) & ~held
            kept = whole | part
            return pyarrow.RecordBatch.from_arrays(
                [pyarrow.array(numpy.repeat(numbers, lengths)[kept].astype("i4")), pyarrow.array(film[kept].astype("i4")),
                 pyarrow.array(whole[kept]), pyarrow.array(part[kept])], names=["user", "film", "whole", "part"])

        rest = None
        for batch in batches:
            if batch.num_rows == 0:
                continue
            rows = pyarrow.Table.from_batches([batch] if rest is None else [rest, batch]).combine_chunks().to_batches()[0]
            # The last member may go on in the next batch.
            owner = rows.column(1).dictionary_encode().indices.to_numpy()
            other = numpy.flatnonzero(owner != owner[-1])
            cut = int(other[-1]) + 1 if len(other) else 0
            rest = rows.slice(cut)
            if cut:
                yield found(pyarrow.Table.from_batches([rows.slice(0, cut)]).combine_chunks().to_batches()[0])
        if rest is not None and rest.num_rows:
            yield found(pyarrow.Table.from_batches([rest]).combine_chunks().to_batches()[0])

    return task


def factor_file(path, rank, alpha, regularization, films, rows):
    """What the program reads as ImportedFactors: factors of films, by number."""
    import numpy

    rows = sorted(rows)
    values = numpy.array([features for _, features in rows], dtype="<f4")
    with open(path, "wb") as file:
        file.write(struct.pack("<QddQ", rank, alpha, regularization, len(rows)))
        for film, _ in rows:
            name = films[film].encode()
            file.write(struct.pack("<Q", len(name)) + name)
        file.write(struct.pack("<Q", values.size) + values.tobytes())


def with_regularization(path, regularization):
    with open(path, "r+b") as file:
        file.seek(16)
        file.write(struct.pack("<d", regularization))


# The program ------------------------------------------------------------------------------------------------------------


def program(folder):
    """The program of a bundle that was unpacked, and the environment that makes its bits the same everywhere."""
    environment = dict(os.environ)
    if platform.machine() in KERNELS:
        environment["OPENBLAS_CORETYPE"] = KERNELS[platform.machine()]
    environment["MARQUEE_HOME"] = f"{folder}/share/marquee"
    environment["LD_LIBRARY_PATH"] = f"{folder}/lib/marquee"
    return f"{folder}/bin/marquee", environment


def unpacked(archive, folder):
    """Where an archive's one folder, or its content, is."""
    with tarfile.open(archive) as tar:
        if hasattr(tarfile, "data_filter"):
            tar.extractall(folder, filter="tar")
        else:
            tar.extractall(folder)
    return inner(folder)


def inner(folder):
    """The folder that holds `bin/`: the one given, or the only one in it."""
    if os.path.isdir(f"{folder}/bin"):
        return folder
    for name in sorted(os.listdir(folder)):
        if os.path.isdir(f"{folder}/{name}/bin"):
            return f"{folder}/{name}"
    raise Trouble(f"{folder}: holds no bin/marquee; write the bundle with marquee bundle")


# Members: in the tasks --------------------------------------------------------------------------------------------------


def frame(count, users, films, ratings, times, names):
    """Rows as `marquee shard` reads them (docs/cluster.md): columns that lie in memory as they are sent, and the ids of the
    members who begin in them."""
    texts = [name.encode() for name in names]
    return [struct.pack("<Q", count), memoryview(users).cast("B"), memoryview(films).cast("B"), memoryview(ratings).cast("B"),
            memoryview(times).cast("B"), struct.pack(f"<I{len(texts)}I", len(texts), *map(len, texts)), b"".join(texts)]


# One of no rows.
LAST_FRAME = [struct.pack("<Q", 0)]


class Shard:
    """`marquee shard` as a child of a task, its output read by threads of their own."""

    def __init__(self, command, environment, keep):
        self.child = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.keep = keep
        self.failure = None
        self.words = b""
        self.threads = [threading.Thread(target=work, daemon=True) for work in (self.read, self.listen)]
        for thread in self.threads:
            thread.start()

    def read(self):
        out = self.child.stdout
        try:
            while True:
                head = out.read(12)
                if not head:
                    return
                user, length = struct.unpack("<qI", head)
                content = out.read(length)
                if len(content) < length:
                    return
                self.keep(user, content)
        except Exception as error:  # whatever it is, the task's own thread tells it
            self.failure = error
            self.child.kill()

    def listen(self):
        for line in self.child.stderr:
            self.words = (self.words + line)[-(1 << 16):]

    def send(self, parts):
        try:
            for part in parts:
                self.child.stdin.write(part)
        except BrokenPipeError:
            self.end()
            raise RuntimeError("marquee shard closed its input")

    def end(self):
        """Waits for the last record; raises what went wrong."""
        try:
            self.child.stdin.close()
        except BrokenPipeError:
            pass
        code = self.child.wait()
        for thread in self.threads:
            thread.join()
        self.child.stdout.close()
        self.child.stderr.close()
        if self.failure:
            raise self.failure
        if code:
            raise RuntimeError(f"marquee shard: exit {code}: {self.words.decode(errors='replace').strip()}")

    def kill(self):
        if self.child.poll() is None:
            self.child.kill()
            self.child.wait()


MANIFEST = ("kind string, user string, rank int, film string, score float, stars float, low float, high float, "
            "path string, size long, sha256 string, members int, left_out long")


def members_task(settings):
    """What each task does with the ratings of its partition, which come by shard, member and film."""

    def task(batches):
        import numpy
        import pyarrow
        import pyarrow.compute as compute
        from pyspark import SparkFiles

        schema = pyarrow.schema([
            ("kind", pyarrow.string()), ("user", pyarrow.string()), ("rank", pyarrow.int32()),
            ("film", pyarrow.string()), ("score", pyarrow.float32()), ("stars", pyarrow.float32()),
            ("low", pyarrow.float32()), ("high", pyarrow.float32()), ("path", pyarrow.string()),
            ("size", pyarrow.int64()), ("sha256", pyarrow.string()), ("members", pyarrow.int32()),
            ("left_out", pyarrow.int64())])
        films = settings["films"].value
        places, ids = films["places"], pyarrow.array(films["ids"], pyarrow.string())
        files, root = target(settings["output"], settings["options"])
        entry = numpy.dtype([("film", "<i4"), ("score", "<f4"), ("stars", "<f4"), ("low", "<f4"), ("high", "<f4")])
        rows = queue.SimpleQueue()
        names = {}
        waiting = []

        def batch_of(kind, count, columns):
            made = []
            for field in schema:
                if field.name == "kind":
                    made.append(pyarrow.array([kind] * count, pyarrow.string()))
                else:
                    made.append(columns.get(field.name, pyarrow.nulls(count, field.type)))
            return pyarrow.RecordBatch.from_arrays(made, schema=schema)

        def keep(user, content):
            if user >= 0:
                waiting.append((names.pop(user), numpy.frombuffer(content, dtype=entry)))
                return
            # A shard is whole: its file, and the lists of its members.
            name = f"{PACKED}{settings['folder']}{-1 - user}.json"
            put(files, root, name, content, settings["aside"])
            rows.put(batch_of("file", 1, {
                "path": pyarrow.array([name]), "size": pyarrow.array([len(content)], pyarrow.int64()),
                "sha256": pyarrow.array([hashlib.sha256(content).hexdigest()]),
                "members": pyarrow.array([len(waiting)], pyarrow.int32())}))
            lengths = [len(entries) for _, entries in waiting]
            entries = numpy.concatenate([entries for _, entries in waiting])
            owners = numpy.repeat(numpy.arange(len(waiting)), lengths)
            columns = {name: pyarrow.array(entries[name]) for name in ("score", "stars", "low", "high")}
            columns["user"] = pyarrow.array([name for name, _ in waiting], pyarrow.string()).take(pyarrow.array(owners))
            columns["film"] = ids.take(pyarrow.array(entries["film"]))
            columns["rank"] = pyarrow.array(
                numpy.concatenate([numpy.arange(1, count + 1, dtype="i4") for count in lengths]))
            rows.put(batch_of("list", len(entries), columns))
            waiting.clear()

        shard, number, last, left_out = None, -1, None, 0
        try:
            for batch in batches:
                film = places[batch.column(1).to_numpy(zero_copy_only=False)]
                known = film >= 0
                left_out += int(len(known) - known.sum())
                if not known.all():
                    batch = batch.filter(pyarrow.array(known))
                    film = film[known]
                count = batch.num_rows
                if count == 0:
                    continue
                if shard is None:
                    binary, environment = program(inner(SparkFiles.get(settings["bundle"])))
                    command = [binary, "shard", "--site", SparkFiles.get(settings["model"])]
                    shard = Shard(command, environment, keep)
                user = batch.column(0)
                begins = numpy.empty(count, dtype=bool)
                begins[0] = user[0].as_py() != last
                if count > 1:
                    begins[1:] = compute.not_equal(
                        user.slice(1), user.slice(0, count - 1)).to_numpy(zero_copy_only=False)
                last = user[count - 1].as_py()
                users = number + numpy.cumsum(begins, dtype=numpy.int64)
                new = user.filter(pyarrow.array(begins)).to_pylist()
                for offset, name in enumerate(new):
                    names[number + 1 + offset] = name
                number += len(new)
                shard.send(frame(
                    count, users.astype("<i8"), film.astype("<i4"),
                    batch.column(2).to_numpy(zero_copy_only=False).astype("<f4"),
                    batch.column(3).to_numpy(zero_copy_only=False).astype("<u4"), new))
                while not rows.empty():
                    yield rows.get()
            if shard is not None:
                shard.send(LAST_FRAME)
                shard.end()
            while not rows.empty():
                yield rows.get()
            if left_out:
                yield batch_of("left out", 1, {"left_out": pyarrow.array([left_out], pyarrow.int64())})
        finally:
            if shard is not None:
                shard.kill()

    return task


# The job ----------------------------------------------------------------------------------------------------------------


class Job:
    def __init__(self, spark, arguments):
        self.spark = spark
        self.arguments = arguments
        self.storage = Storage(spark)
        self.scratch = tempfile.mkdtemp(prefix="marquee-")
        self.options = dict(pair.split("=", 1) for pair in arguments.storage_option)
        self.facts = {"stages": {}}
        # How many ratings were drawn to train on; None as long as they were not.
        self.trained = None

    # What was done is found again by a fingerprint of all that it depends on.

    def prepare(self):
        arguments = self.arguments
        local = self.scratch + "/marquee.tar.gz"
        self.storage.fetch(arguments.bundle, local)
        self.bundle = unpacked(local, self.scratch + "/bundle")
        self.program, self.environment = program(self.bundle)
        with open(local, "rb") as file:
            bundle = hashlib.sha256(file.read()).hexdigest()
        self.inputs = [file for path in arguments.ratings for file in self.storage.files(path)]
        if not self.inputs:
            raise Trouble(f"{', '.join(arguments.ratings)}: no such files")
        site = self.scratch + "/site"
        if arguments.site:
            self.storage.fetch(arguments.site, site)
        os.makedirs(site + "/content", exist_ok=True)
        for leftover in (".marquee", "output", ".output.next"):
            shutil.rmtree(f"{site}/{leftover}", ignore_errors=True)
        if not os.path.exists(site + "/content/site.yaml"):
            with open(site + "/content/site.yaml", "w") as file:
                file.write("title: Marquee\nquality: quick\n")
        self.site = site
        self.data = self.scratch + "/data"
        os.makedirs(self.data)
        for films in arguments.films:
            self.storage.fetch(films, f"{self.data}/{films.rstrip('/').rsplit('/', 1)[-1]}")
        ingest = json.dumps([
            self.inputs, arguments.columns, arguments.format, arguments.separator, arguments.range])
        made = json.dumps([
            ingest, bundle, digest_of(site), digest_of(self.data), arguments.sample, arguments.quality, arguments.models,
            arguments.seed])
        self.divided = hashlib.sha256(json.dumps([ingest, arguments.partitions]).encode()).hexdigest()[:16]
        self.ingested = f"{arguments.work}/ratings-{self.divided}"
        if arguments.mllib:
            made += json.dumps([arguments.mllib_settings, arguments.mllib_factors, arguments.mllib_sweeps])
            self.fitted = f"{arguments.work}/factors-{hashlib.sha256(made.encode()).hexdigest()[:16]}"
        self.made = made
        self.name_version([])

    def name_version(self, factors):
        """The version of the members depends on what is in their files and not on how the work was divided."""
        self.version = hashlib.sha256((self.made + "".join(factors)).encode()).hexdigest()[:16]
        self.built = f"{self.arguments.work}/site-{self.version}"
        self.work = f"{self.arguments.work}/members-{self.version}-{self.divided}"
        self.folder = self.version + "/"
        self.aside = f".marquee-writing-{self.version}"

    def stage(self, name, place, work, isValid=lambda facts: True):
        """What a stage found out: done now, or taken over from a run that got so far."""
        kept = self.storage.read(f"{place}/{name}.json")
        if kept is not None and isValid(json.loads(kept)):
            note(f"{name}: taken over")
            facts = json.loads(kept)
        else:
            note(f"{name} …")
            started = time.monotonic()
            facts = work()
            facts["seconds"] = round(time.monotonic() - started, 1)
            self.storage.write(json.dumps(facts), f"{place}/{name}.json")
            note(f"{name}: {facts['seconds']} s")
        self.facts["stages"][name] = facts
        return facts

    def run(self):
        self.prepare()
        ingested = self.stage("ingest", self.ingested, self.ingest)
        tell_of(ingested)
        counted = self.stage("count", self.ingested, self.count)
        if not counted["ratings"]:
            raise Trouble("the files hold no rating")
        fitted = None
        if self.arguments.mllib:
            fitted = self.stage("factors", self.fitted, lambda: self.factors(ingested, counted))
            self.name_version([fitted["part"], fitted["whole"]])
        built = self.stage("build", self.built, lambda: self.build(ingested, counted, fitted))
        # Another version that was published meanwhile has removed this one.
        made = self.stage("members", self.work, lambda: self.members(ingested), lambda facts: self.stray() is not None)
        # What is there already is not written again.
        self.stage("publish", self.work, lambda: self.publish(made), lambda facts: False)
        report = json.dumps(self.facts, indent=1, ensure_ascii=False)
        self.storage.write(report, f"{self.work}/report.json")
        if self.arguments.report:
            with open(self.arguments.report, "w", encoding="utf-8") as file:
                file.write(report)
        note(f"{ingested['members']} members, {counted['ratings']} ratings, {built['films']} films: "
             f"{self.arguments.output}")

    # 1 Ratings in, sorted by shard, member and film.

    def rows(self):
        """The input's rows as texts, each with what orders equally late ratings of a pair."""
        from pyspark.sql import functions as F

        arguments = self.arguments
        reader = self.spark.read
        if arguments.format == "csv":
            reader = reader.option("header", True).option("sep", arguments.separator).option("mode", "PERMISSIVE").option(
                "quote", '"').option("escape", '"').option("ignoreLeadingWhiteSpace", True).option(
                "ignoreTrailingWhiteSpace", True).option("enforceSchema", False)
        paths = [path for path, _, _ in self.inputs]
        table = reader.csv(paths) if arguments.format == "csv" else reader.parquet(*paths)
        # As the program reads them: capitals and blanks make no difference.
        there = {}
        for name in table.columns:
            there.setdefault(name.strip().lower(), name)
        columns = {key: there.get(name.strip().lower()) for key, name in arguments.columns.items()}
        missing = [arguments.columns[key] for key, name in columns.items() if name is None and key != "time"]
        if missing:
            raise Trouble(f"{paths[0]}: no column {', '.join(missing)}; name them with --columns user=…,movie=…,rating=…,time=…")
        types = dict(table.dtypes)
        cut = F.lit(False)
        if arguments.format == "csv":
            # A row with fewer fields than are needed is a bad one; more of them do no harm.
            needed = [name for name in table.columns if name in columns.values()]
            table = reader.schema(table.schema.add("_cut", "string")).option("columnNameOfCorruptRecord", "_cut").csv(paths)
            cut = F.col("_cut").isNotNull() & F.col(f"`{needed[-1]}`").isNull()

        def text(key):
            name = columns[key]
            column = F.col(f"`{name}`")
            if types[name] in ("double", "float") or types[name].startswith("decimal"):
                whole = column.cast("decimal(38,0)")
                return F.when(column == whole, whole.cast("string")).otherwise(column.cast("string"))
            return F.trim(column.cast("string"))

        if columns["time"] is None:
            seconds = F.lit(0).cast("long")
        elif types[columns["time"]].startswith(("timestamp", "date")):
            seconds = F.unix_timestamp(F.col(f"`{columns['time']}`").cast("timestamp"))
        else:
            written = F.trim(F.col(f"`{columns['time']}`").cast("string"))
            seconds = F.when(written.rlike("^[0-9]{1,10}([.]0*)?$"), F.regexp_extract(written, "^[0-9]+", 0).cast("long"))
        name = columns["rating"]
        rating = F.lower(F.trim(F.col(f"`{name}`").cast("string")))
        if types[name] == "string":
            rating = F.regexp_replace(rating, "^([^.,]*),", "$1.")
        order = self.spark.createDataFrame(
            [(re.sub("^file:/+", "file:/", path), index) for index, (path, _, _) in enumerate(self.inputs)],
            "path string, file long")
        return table.select(
            cut.alias("cut"), text("user").alias("user"), text("movie").alias("film"), rating.alias("text"),
            F.when(seconds.between(0, 0xFFFFFFFF), seconds).otherwise(0).alias("time"),
            F.expr("regexp_replace(url_decode(replace(_metadata.file_path, '+', '%2B')), '^file:/+', 'file:/')").alias("path"),
            F.col("_metadata.file_block_start").alias("block"), F.monotonically_increasing_id().alias("row")
        ).join(F.broadcast(order), "path", "left").drop("path")

    def judged(self):
        """The rows with their rating and, for bad ones, the reason."""
        from pyspark.sql import functions as F

        low, high = self.arguments.range
        number = F.when(
            F.col("text").rlike(r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]{1,3})?$"), F.col("text").cast("double"))
        rows = self.rows().withColumn("rating", number)
        unrated = ~F.col("cut") & (F.coalesce(F.col("text"), F.lit("")).isin(UNRATED) | F.coalesce(
            F.col("rating").isin(-1.0, -2.0) | ((F.col("rating") == 0) & (F.lit(low) > 0)), F.lit(False)))
        # In the order in which the program looks at a row.
        flaw = F.when(F.col("cut"), "fewer fields than are needed").when(unrated, None).when(
            F.col("rating").isNull(), "the rating is not a number").when(
            ~F.col("rating").between(low, high), f"the rating is not within {low:g} to {high:g}")
        for name, word in (("user", "user"), ("film", "movie")):
            flaw = flaw.when(F.coalesce(F.col(name), F.lit("")) == "", f"the {word} is empty").when(
                F.octet_length(name) > 200, f"the {word} id is longer than 200 bytes").when(
                F.col(name).rlike("[\\x00-\\x1f\\x7f]"), f"the {word} id contains a control character")
        return rows.withColumn("unrated", unrated).withColumn("flaw", flaw)

    def ingest(self):
        from pyspark.sql import Window
        from pyspark.sql import functions as F

        rows = self.judged()
        good = rows.filter("flaw is null and not unrated")
        facts = rows.groupBy().agg(
            F.count("*").alias("rows"), F.sum(F.col("flaw").isNotNull().cast("long")).alias("bad"),
            F.sum(F.col("unrated").cast("long")).alias("unrated"),
            F.countDistinct(F.when(F.col("flaw").isNull() & ~F.col("unrated"), F.col("user"))).alias("members")
        ).first().asDict()
        facts = {name: value or 0 for name, value in facts.items()}
        facts["samples"] = []
        if facts["bad"]:
            facts["samples"] = [row.asDict() for row in rows.filter("flaw is not null").select(
                "flaw", "user", "film", F.col("text").alias("rating")).limit(10).collect()]
        if facts["bad"] * 100 > facts["rows"]:
            tell_of(facts)
            raise Trouble(f"{facts['bad']} of {facts['rows']} rows are bad, more than 1 in 100; fix them, or name other --columns")
        films = sorted((row[0] for row in good.select("film").distinct().collect()), key=id_key)
        facts["shards"] = max(1, (facts["members"] + MEMBERS_PER_FILE // 2) // MEMBERS_PER_FILE)
        self.storage.write(json.dumps(films), f"{self.ingested}/films.json")
        dense = self.spark.createDataFrame([(name, index) for index, name in enumerate(films)], "film string, dense int")
        # By key and not by turns: a task that is done again gives the same rows to the same files.
        partitioned = good.join(F.broadcast(dense), "film").select(
            F.expr(f"cast(pmod(crc32(cast(user as binary)), {facts['shards']}) as int)").alias("shard"), "user",
            F.col("dense").alias("film"), F.col("rating").cast("float"), F.col("time"), "file", "block", "row"
        ).repartition(self.arguments.partitions, "shard")
        latest = Window.partitionBy("shard", "user", "film").orderBy(
            F.desc("time"), F.desc("file"), F.desc("block"), F.desc("row"))
        partitioned.withColumn("place", F.row_number().over(latest)).filter("place = 1").select(
            "shard", "user", "film", (F.col("rating") + F.lit(0).cast("float")).alias("rating"), "time"
        ).sortWithinPartitions("shard", "user", "film").write.mode("overwrite").parquet(f"{self.ingested}/ratings")
        return facts

    def table(self, whole_files=False):
        # One task for each file, so that no shard is cut.
        for name in ("maxPartitionBytes", "openCostInBytes"):
            key = f"spark.sql.files.{name}"
            if whole_files:
                self.spark.conf.set(key, WHOLE_FILE)
            else:
                self.spark.conf.unset(key)
        return self.spark.read.parquet(f"{self.ingested}/ratings")

    # 2 Counts of films, all that pages tell of everybody.

    def count(self):
        counts = self.table().groupBy("film", "rating").count().collect()
        films = json.loads(self.storage.read(f"{self.ingested}/films.json"))
        table = {}
        for row in counts:
            table.setdefault(films[row["film"]], []).append([float(row["rating"]), row["count"]])
        self.storage.write(json.dumps(table), f"{self.ingested}/counts.json")
        return {"ratings": sum(row["count"] for row in counts), "films": len(table)}

    # 3 Whole members to train on, on the driver.

    def share(self, counted):
        return min(1.0, self.arguments.sample / counted["ratings"])

    def sample(self, counted):
        """Writes the ratings of the members drawn beside the films; how many there are."""
        from pyspark.sql import functions as F

        arguments, share = self.arguments, self.share(counted)
        if self.trained is not None:
            return self.trained
        films = json.loads(self.storage.read(f"{self.ingested}/films.json"))
        names = self.spark.createDataFrame([(index, name) for index, name in enumerate(films)], "film int, id string")
        ratings = self.table()
        if share < 1:
            bound, seed = int(share * 2.0 ** 64), arguments.seed

            def chosen(batches):
                import pyarrow

                for batch in batches:
                    users = batch.column(0).dictionary_encode()
                    kept = id_hashes(users.dictionary.to_pylist(), seed) < bound
                    yield batch.filter(pyarrow.array(kept[users.indices.to_numpy()]))

            # Whole members, by the hash with which Marquee draws its splits.
            ratings = ratings.select("user", "film", "rating", "time").mapInArrow(
                chosen, "user string, film int, rating float, time long")
        sample = f"{self.ingested}/sample"
        ratings.join(F.broadcast(names), "film").select("user", "id", "rating", "time").write.mode("overwrite").option(
            "escape", '"').option("emptyValue", "").csv(sample)
        local = f"{self.scratch}/sample"
        self.storage.fetch(sample, local)
        with open(f"{self.data}/ratings.csv", "wb") as all_ratings:
            columns = arguments.columns
            all_ratings.write(f"{columns['user']},{columns['movie']},{columns['rating']},{columns['time']}\n".encode())
            for part in sorted(os.listdir(local)):
                if part.startswith("part-"):
                    with open(f"{local}/{part}", "rb") as file:
                        shutil.copyfileobj(file, all_ratings)
        self.storage.remove(sample)
        shutil.rmtree(local)
        with open(f"{self.data}/ratings.csv", "rb") as file:
            self.trained = sum(1 for _ in file) - 1
        return self.trained

    # 3a MLlib's ALS on all likes, of which the films' factors come back.

    def factors(self, ingested, counted):
        import numpy

        arguments, spark = self.arguments, self.spark
        if ingested["members"] >= 1 << 30:
            raise Trouble("MLlib numbers users by 31 bits, and there are too many; leave --mllib out")
        self.sample(counted)
        seed = int(self.call([self.program, "factors", "--site", self.site, "--seed"]))
        films = json.loads(self.storage.read(f"{self.ingested}/films.json"))
        values = [pair for pairs in json.loads(self.storage.read(f"{self.ingested}/counts.json")).values() for pair in pairs]
        low, high = min(value for value, _ in values), max(value for value, _ in values)
        width = high - low
        threshold = low + 0.5 * width - 1e-4 * width
        above = [(value, count) for value, count in values if value >= threshold]
        words = spark.sparkContext.broadcast(mixed(numpy.array([id_word(name) for name in films], dtype=numpy.uint64)))
        bound = self.validation_bound(words, seed, counted)
        task = likes_task({
            "threshold": threshold, "floor": low + 1e-3 * width, "gap": 0.46 * width, "seed": seed,
            "usual": sum(value * count for value, count in above) / sum(count for _, count in above),
            "shards": ingested["shards"], "bound": numpy.uint64(bound), "films": words})
        # ALS goes wrong where its input differs when it is read again: from files, it does not.
        likes = f"{self.fitted}/likes"
        self.table(whole_files=True).select("shard", "user", "film", "rating").mapInArrow(
            task, "user int, film int, whole boolean, part boolean").write.mode("overwrite").parquet(likes)
        # Without a folder for checkpoints MLlib says nothing and makes none.
        spark.sparkContext.setCheckpointDir(f"{self.fitted}/checkpoints")
        trials = []
        for index, (alpha, regularization) in enumerate(arguments.mllib_settings):
            trials.append(f"{self.scratch}/trial-{index}.bin")
            rows = self.fit(likes, "part", alpha, regularization, counted)
            factor_file(trials[-1], arguments.mllib_factors, alpha, 0, films, rows)
        command = [self.program, "factors", "--site", self.site, "--data", self.data, *trials]
        outcomes = [json.loads(line) for line in self.call(command).splitlines()]
        best = max(range(len(trials)), key=lambda index: outcomes[index]["ndcg@10"])
        alpha, regularization = arguments.mllib_settings[best]
        whole = f"{self.scratch}/whole.bin"
        factor_file(whole, arguments.mllib_factors, alpha, 0, films, self.fit(likes, "whole", alpha, regularization, counted))
        facts = {"alpha": alpha, "regularization": regularization, "bound": bound, "fold_in": outcomes[best]["regularization"], "trials": [
            {"alpha": alpha, "regularization": regularization, "fold_in": outcome["regularization"],
             "ndcg@10": outcome["ndcg@10"]} for (alpha, regularization), outcome in zip(arguments.mllib_settings, outcomes)]}
        for name, local in (("part", trials[best]), ("whole", whole)):
            with_regularization(local, facts["fold_in"])
            with open(local, "rb") as file:
                facts[name] = hashlib.sha256(file.read()).hexdigest()
            self.storage.send(local, f"{self.fitted}/{name}.bin")
        for name in ("likes", "checkpoints"):
            self.storage.remove(f"{self.fitted}/{name}")
        return facts

    def validation_bound(self, films, seed, counted):
        """A key below which all of the validation part is: the tenth of the sample's ratings with the lowest keys. Data that
        were divided before, by the same hash, have no low ones."""
        share = self.share(counted)
        task = key_counts_task({
            "films": films, "seed": seed, "sample_seed": self.arguments.seed,
            "chosen": int(share * 2.0 ** 64) if share < 1 else None})
        counts = sorted((row["key"], row["ratings"]) for row in self.table().select("user", "film").mapInArrow(
            task, "key long, ratings long").groupBy("key").agg({"ratings": "sum"}).withColumnRenamed(
            "sum(ratings)", "ratings").collect())
        left = 0.1 * sum(ratings for _, ratings in counts) + 1
        for key, ratings in counts:
            left -= ratings
            if left <= 0:
                break
        return min((key + 1) << (64 - KEY_BITS), (1 << 64) - 1)

    def fit(self, likes, column, alpha, regularization, counted):
        """The films' factors of an implicit ALS on the likes that a column names."""
        from pyspark.ml.recommendation import ALS
        from pyspark.sql import functions as F

        arguments = self.arguments
        # Of the data alone. Users are sent to each block of films that they touch: few of those.
        blocks = max(2, min(2000, counted["ratings"] // 5_000_000))
        model = ALS(
            rank=arguments.mllib_factors, maxIter=arguments.mllib_sweeps, regParam=regularization, alpha=alpha,
            implicitPrefs=True, userCol="user", itemCol="film", ratingCol="like", seed=arguments.seed, numUserBlocks=blocks,
            numItemBlocks=min(16, blocks), checkpointInterval=4).fit(
                self.spark.read.parquet(likes).filter(column).select("user", "film", F.lit(1.0).cast("float").alias("like")))
        return [(row["id"], row["features"]) for row in model.itemFactors.collect()]

    # 3b Training, and the site without its members, by the program.

    def build(self, ingested, counted, fitted):
        arguments, share = self.arguments, self.share(counted)
        trained = self.sample(counted)
        apart = {"folder": self.folder, "members": ingested["members"]}
        if share < 1:
            apart["films"] = json.loads(self.storage.read(f"{self.ingested}/counts.json"))
        if fitted:
            apart["factors"] = {"ratings": counted["ratings"]}
            for name in ("part", "whole"):
                apart["factors"][name] = f"{self.scratch}/{name}.bin"
                self.storage.fetch(f"{self.fitted}/{name}.bin", apart["factors"][name])
        # What the quality gates of site.yaml compare with.
        accepted = f"{arguments.work}/accepted.json"
        if self.storage.exists(accepted):
            os.makedirs(f"{self.site}/.marquee", exist_ok=True)
            self.storage.fetch(accepted, f"{self.site}/.marquee/accepted.json")
        with open(f"{self.scratch}/apart.json", "w") as file:
            json.dump(apart, file)
        output, report = f"{self.scratch}/output", f"{self.scratch}/build.json"
        command = [self.program, "build", "--site", self.site, "--data", self.data, "--output", output, "--report", report,
                   "--apart", f"{self.scratch}/apart.json"]
        if arguments.accept:
            command.append("--accept")
        if arguments.quality:
            command += ["--quality", arguments.quality]
        if arguments.models:
            command += ["--models", arguments.models]
        self.call(command)
        # What the tasks need of it.
        # A session sends an archive of a name once.
        model = f"model-{self.version}.tar.gz"
        pack(f"{self.scratch}/{model}", self.site, ["content", "site-templates", ".marquee/precomputed.bin",
                                                         ".marquee/models"])
        pack(f"{self.scratch}/site.tar.gz", output, ["."])
        for name in (model, "site.tar.gz"):
            self.storage.send(f"{self.scratch}/{name}", f"{self.built}/{name}")
        known = self.call([self.program, "shard", "--site", self.site, "--films"]).split("\n")[:-1]
        self.storage.write(json.dumps(known), f"{self.built}/known-films.json")
        if os.path.exists(f"{self.site}/.marquee/accepted.json"):
            self.storage.send(f"{self.site}/.marquee/accepted.json", accepted)
        with open(report) as file:
            told = json.load(file)
        return {"share": share, "trained": trained, "films": len(known), "gates": told["gates"],
                "mllib": told.get("imported_factors")}

    def call(self, command):
        run = subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, text=True)
        if run.returncode:
            raise Trouble(f"{' '.join(command[:2])} ended with {run.returncode}")
        return run.stdout

    # 4 Members, in all tasks.

    def members(self, ingested):
        import numpy

        spark = self.spark
        films = json.loads(self.storage.read(f"{self.ingested}/films.json"))
        known = json.loads(self.storage.read(f"{self.built}/known-films.json"))
        places = {name: index for index, name in enumerate(known)}
        broadcast = spark.sparkContext.broadcast({
            "places": numpy.array([places.get(name, -1) for name in films], dtype=numpy.int32), "ids": known})
        bundle, model = f"marquee-{self.version}", f"model-{self.version}"
        spark.sparkContext.addArchive(f"{self.storage.absolute(self.arguments.bundle)}#{bundle}")
        spark.sparkContext.addArchive(f"{self.storage.absolute(f'{self.built}/{model}.tar.gz')}#{model}")
        task = members_task({
            "films": broadcast, "output": self.arguments.output, "options": self.options, "folder": self.folder,
            "aside": self.aside, "bundle": bundle, "model": model})
        made = f"{self.work}/made"
        self.table(whole_files=True).select("user", "film", "rating", "time").mapInArrow(task, MANIFEST).write.mode(
            "overwrite").partitionBy("kind").parquet(made)
        found = {row["kind"]: row for row in spark.read.schema(MANIFEST).parquet(made).groupBy("kind").agg(
            {"size": "sum", "members": "sum", "path": "count", "left_out": "sum"}).collect()}
        files = found.get("file")
        facts = {"files": files["count(path)"], "bytes": files["sum(size)"], "members": files["sum(members)"],
                 "left_out": found["left out"]["sum(left_out)"] if "left out" in found else 0}
        if facts["left_out"]:
            note(f"{facts['left_out']} ratings are of films that the sample does not have")
        if facts["files"] > ingested["shards"] or facts["members"] > ingested["members"]:
            raise Trouble(f"{facts['files']} files of {facts['members']} members were made where there are "
                          f"{ingested['shards']} of {ingested['members']}")
        return facts

    # 5 Publication: all that is new, then one small file, then away with what is old.

    def stray(self):
        """Files beside those that the manifest names; None where one of those is not there with its size."""
        from pyarrow import fs

        files, root = target(self.arguments.output, self.options)
        manifest = self.spark.read.schema(MANIFEST).parquet(f"{self.work}/made").filter("kind = 'file'")
        sizes = {info.path[len(root) + 1:]: info.size for info in files.get_file_info(
            fs.FileSelector(f"{root}/{PACKED}{self.folder.rstrip('/')}", allow_not_found=True))}
        for row in manifest.select("path", "size").toLocalIterator():
            if sizes.pop(row["path"], None) != row["size"]:
                return None
        return list(sizes)

    def publish(self, made):
        from pyarrow import fs

        files, root = target(self.arguments.output, self.options)
        stray = self.stray()
        if stray is None:
            raise Trouble(f"{self.arguments.output}: files of members are not there as they were made; run this again")
        for path in stray:
            files.delete_file(f"{root}/{path}")
        self.storage.fetch(f"{self.built}/site.tar.gz", f"{self.scratch}/site.tar.gz")
        site = f"{self.scratch}/published"
        with tarfile.open(f"{self.scratch}/site.tar.gz") as tar:
            tar.extractall(site)
        names = sorted(os.path.relpath(os.path.join(folder, name), site)
                       for folder, _, inside in os.walk(site) for name in inside if name != ".marquee-files")
        now = {}
        for name in names:
            with open(f"{site}/{name}", "rb") as file:
                now[name] = hashlib.sha256(file.read()).hexdigest()
        state = f"{self.arguments.work}/published-{hashlib.sha256(self.arguments.output.encode()).hexdigest()[:16]}.json"
        before = json.loads(self.storage.read(state) or "{}")
        pages = [name for name in names if name != TEMPLATE and before.get("files", {}).get(name) != now[name]]

        def send(name):
            with open(f"{site}/{name}", "rb") as file:
                put(files, root, name, file.read(), self.aside)

        def remove(name):
            if files.get_file_info(f"{root}/{name}").type != fs.FileType.NotFound:
                files.delete_file(f"{root}/{name}")

        with concurrent.futures.ThreadPoolExecutor(REQUESTS_AT_ONCE) as pool:
            # Pages behind what they show.
            for is_page in (False, True):
                for _ in pool.map(send, [name for name in pages if name.endswith(".html") == is_page]):
                    pass
            send(TEMPLATE)
            for _ in pool.map(remove, set(before.get("files", {})) - set(now)):
                pass
        versions = files.get_file_info(fs.FileSelector(f"{root}/{PACKED.rstrip('/')}"))
        for info in versions:
            if info.type == fs.FileType.Directory and re.fullmatch("[0-9a-f]{16}", info.base_name) and (
                    info.base_name != self.version):
                files.delete_dir(info.path)
        for info in files.get_file_info(fs.FileSelector(root)):
            if info.type == fs.FileType.Directory and info.base_name.startswith(".marquee-writing-"):
                files.delete_dir(info.path)
        self.storage.write(json.dumps({"version": self.version, "files": now}), state)
        return {"files": len(names) + made["files"], "written": len(pages) + 1}


def tell_of(ingested):
    note(f"{ingested['rows']} rows, {ingested['bad']} bad, {ingested['unrated']} without a rating")
    for sample in ingested["samples"]:
        note(f"  {sample['flaw']}: {sample['user']}, {sample['film']}, {sample['rating']}")


def digest_of(folder):
    """One number for all that a folder holds."""
    digest = hashlib.sha256()
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(place, name)
            digest.update(os.path.relpath(path, folder).encode() + b"\0")
            with open(path, "rb") as file:
                digest.update(hashlib.sha256(file.read()).digest())
    return digest.hexdigest()


def pack(archive, folder, names):
    with tarfile.open(archive, "w:gz", compresslevel=1) as tar:
        for name in names:
            if os.path.exists(f"{folder}/{name}"):
                tar.add(f"{folder}/{name}", arcname=name)


def columns(text):
    names = {"user": "userId", "movie": "movieId", "rating": "rating", "time": "timestamp"}
    for pair in text.split(","):
        key, equals, name = pair.partition("=")
        if not equals or key not in names:
            raise argparse.ArgumentTypeError(f"“{pair}”: write user=…,movie=…,rating=…,time=…")
        names[key] = name
    return names


def pairs(text):
    try:
        found = [tuple(float(number) for number in pair.split(":")) for pair in text.split(",")]
        if all(len(pair) == 2 and pair[0] >= 0.1 and pair[1] > 0 for pair in found):
            return found
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"“{text}”: write alpha:regularization,… like 1:0.1,3:0.3")


def bounds(text):
    low, _, high = text.partition("..")
    try:
        return [float(low), float(high)]
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”: write the lowest and the highest rating like 0.5..5")


def parsed(words):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--bundle", required=True, help="what marquee bundle wrote")
    parser.add_argument("--site", help="the site's folder: content/ and what else it has")
    parser.add_argument("--ratings", required=True, action="append", help="files or folders; * stands for anything")
    parser.add_argument("--films", action="append", default=[], help="movies.csv and other files on films, for the program")
    parser.add_argument("--columns", type=columns, default=columns("user=userId"),
                        help="user=userId,movie=movieId,rating=rating,time=timestamp")
    parser.add_argument("--format", choices=["csv", "parquet"], help="of the ratings; found out from their names")
    parser.add_argument("--separator", default=",", help="between the fields of CSV")
    parser.add_argument("--range", type=bounds, help="ratings beyond it are bad rows")
    parser.add_argument("--work", required=True, help="a folder that driver and executors see, for what lies between stages")
    parser.add_argument("--output", required=True, help="where the site goes: a folder or s3://bucket/prefix")
    parser.add_argument("--storage-option", action="append", default=[], metavar="NAME=VALUE",
                        help="for the bucket of --output, as pyarrow's S3FileSystem has it: endpoint_override=…")
    parser.add_argument("--partitions", type=int, default=0, help="files of sorted ratings; twice the cores, at least")
    parser.add_argument("--sample", type=int, default=100_000_000, help="about how many ratings are trained on")
    parser.add_argument("--seed", type=int, default=1, help="draws the sample")
    parser.add_argument("--quality", choices=["quick", "best"], help="how much time the models get")
    parser.add_argument("--models", help="models to train, separated by commas")
    parser.add_argument("--accept", action="store_true", help="accept figures that the site's quality gates refuse")
    parser.add_argument("--mllib", action="store_true",
                        help="fit MLlib's ALS to all ratings too, and take its lists where they are better than ials's")
    parser.add_argument("--mllib-settings", type=pairs, default=pairs("0.5:0.1,1:0.1,1:0.2,3:0.2,3:0.4,10:0.4"),
                        metavar="ALPHA:REGULARIZATION,…", help="the validation part decides between them")
    parser.add_argument("--mllib-factors", type=int, default=64, help="length of each film's vector")
    parser.add_argument("--mllib-sweeps", type=int, default=12, help="alternations between members and films")
    parser.add_argument("--report", help="a local file for what every stage found, as JSON")
    # What begins with a minus is no argument of its own here.
    words = [*words]
    while "--range" in words[:-1]:
        place = words.index("--range")
        words[place:place + 2] = [f"--range={words[place + 1]}"]
    arguments = parser.parse_args(words)
    if arguments.format is None:
        arguments.format = "parquet" if all(".parquet" in path for path in arguments.ratings) else "csv"
    if arguments.range is None:
        # As the program has it: MovieLens by its columns, all other tables.
        is_movielens = arguments.columns["user"].lower() == "userid" and arguments.columns["movie"].lower() == "movieid"
        arguments.range = [0.5, 5.0] if is_movielens else [0.0, 100.0]
    arguments.work = arguments.work.rstrip("/")
    return arguments


def settle(spark):
    """What the job asks of a session."""
    for name, value in {
        "spark.sql.session.timeZone": "UTC", "spark.sql.ansi.enabled": "false",
        # Else rows that are cut short are not seen.
        "spark.sql.csv.parser.columnPruning.enabled": "false",
        "spark.sql.execution.arrow.maxRecordsPerBatch": ROWS_PER_BATCH,
        # Two kinds of rows are written side by side, without sorting them apart.
        "spark.sql.maxConcurrentOutputFileWriters": 4,
    }.items():
        spark.conf.set(name, value)


def main(words):
    from pyspark.sql import SparkSession

    arguments = parsed(words)
    spark = SparkSession.builder.appName("marquee").getOrCreate()
    spark.sparkContext.setLogLevel("WARN")
    settle(spark)
    if arguments.partitions < 1:
        arguments.partitions = max(1, 2 * spark.sparkContext.defaultParallelism)
    job = Job(spark, arguments)
    try:
        job.run()
    except Trouble as trouble:
        note(f"error: {trouble}")
        return 1
    finally:
        shutil.rmtree(job.scratch, ignore_errors=True)
        spark.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
