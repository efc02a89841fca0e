#!/usr/bin/env python3
"""What can be told of the job without Spark, Java or any package: its arguments, its ids, its bundle, and its talk with
marquee shard, the real one. The tests of Swift run it."""

import array
import os
import random
import signal
import tarfile
import tempfile
import threading
import unittest
import zlib

import cluster

job = cluster.job()
REQUIRED = ["--bundle", "b.tar.gz", "--ratings", "r.csv", "--work", "w/", "--output", "o"]


class Arguments(unittest.TestCase):
    def test_format_and_range_are_found_out(self):
        plain = job.parsed(REQUIRED)
        self.assertEqual((plain.format, plain.range, plain.work), ("csv", [0.5, 5.0], "w"))
        other = job.parsed([*REQUIRED[:2], "--ratings", "r.parquet", "--columns", "user=who,movie=what", *REQUIRED[4:]])
        self.assertEqual((other.format, other.range), ("parquet", [0.0, 100.0]))
        self.assertEqual(other.columns, {"user": "who", "movie": "what", "rating": "rating", "time": "timestamp"})
        self.assertEqual(job.parsed([*REQUIRED, "--range", "-10..10"]).range, [-10.0, 10.0])

    def test_what_is_no_argument_is_refused_with_an_example(self):
        for words in (["--columns", "person=a"], ["--columns", "user"], ["--mllib-settings", "1"],
                      ["--mllib-settings", "0.01:1"], ["--mllib-settings", "1:0"], ["--range", "low..high"]):
            with self.assertRaises(SystemExit), tempfile.TemporaryFile("w+") as said:
                standard, job.sys.stderr = job.sys.stderr, said
                try:
                    job.parsed([*REQUIRED, *words])
                finally:
                    job.sys.stderr = standard
                    said.seek(0)
                    self.assertIn("write ", said.read())


class Ids(unittest.TestCase):
    def test_numbers_come_before_texts_and_keep_their_digits(self):
        order = ["0", "7", "10", "999999999999999999", "", "+1", "007", "1000000000000000000", "Anna", "anna", "Änna"]
        mixed = order[:]
        random.Random(1).shuffle(mixed)
        self.assertEqual(sorted(mixed, key=job.id_key), order)

    def test_texts_are_mixed_by_their_bytes(self):
        # FNV-1a's published vectors.
        for text, word in (("", 0xCBF29CE484222325), ("a", 0xAF63DC4C8601EC8C), ("foobar", 0x85944171F73967E8)):
            self.assertEqual(job.id_word(text), word)
        self.assertEqual(job.id_word("42"), 42)


class Bundles(unittest.TestCase):
    def test_the_program_is_found_with_and_without_a_folder_around_it(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, inside in (("of-dist", "marquee-1.0/"), ("flat", "")):
                cluster.write(f"{folder}/{name}/{inside}bin/marquee", "")
                with tarfile.open(f"{folder}/{name}.tar.gz", "w:gz") as tar:
                    tar.add(f"{folder}/{name}", arcname=".")
                place = job.unpacked(f"{folder}/{name}.tar.gz", f"{folder}/to-{name}")
                self.assertTrue(os.path.exists(job.program(place)[0]))
            os.makedirs(f"{folder}/empty")
            with self.assertRaisesRegex(job.Trouble, "marquee bundle"):
                job.inner(f"{folder}/empty")

    def test_one_number_stands_for_all_that_a_folder_holds(self):
        with tempfile.TemporaryDirectory() as folder:
            cluster.write(f"{folder}/a/b", "1")
            first = job.digest_of(folder)
            cluster.write(f"{folder}/a/b", "2")
            second = job.digest_of(folder)
            os.rename(f"{folder}/a/b", f"{folder}/a/c")
            self.assertEqual(len({first, second, job.digest_of(folder)}), 3)


class Worker(unittest.TestCase):
    """A site of 500 members with ids of all kinds, built once; their ratings sent to the worker as tasks send them."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        rng = random.Random(4)
        cls.members = {}
        names = ["Änna", "007", "9223372036854775808", "x y", "<b>"] + [str(number) for number in range(1, 496)]
        for name in names:
            cls.members[name] = sorted((film, rng.randint(1, 10) / 2, 1_000_000_000 + rng.randint(0, 10 ** 6))
                                       for film in rng.sample(range(1, 61), 12))
        data = f"{cls.folder.name}/data"
        cluster.write(f"{data}/ratings.csv", "userId,movieId,rating,timestamp\n" + "".join(
            f"{name},{film},{stars:g},{time}\n" for name, rows in cls.members.items() for film, stars, time in rows))
        cluster.write(f"{data}/movies.csv", "movieId,title,genres\n" + "".join(
            f"{film},Film {film} ({1930 + film}),Drama\n" for film in range(1, 61)))
        cls.site, cls.expected = cluster.baseline(
            cls.folder.name, data, cluster.SITE + "models: [biases, als, ials]\n")
        cls.films = cluster.marquee("shard", "--site", cls.site, "--films").stdout.split("\n")[:-1]

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def shard(self, keep):
        return job.Shard([cluster.PROGRAM, "shard", "--site", self.site], cluster.environment(), keep)

    def frames(self, rows_in_frame):
        """All ratings by shard, member and film, in frames of so many rows: members go on in the next."""
        shards = len(self.expected)
        rows, names = [], {}
        for name in sorted(self.members, key=lambda name: (zlib.crc32(name.encode()) % shards, name.encode())):
            names[len(names)] = name
            rows += sorted((len(names) - 1, self.films.index(str(film)), stars, time) for film, stars, time in self.members[name])
        last = -1
        for start in range(0, len(rows), rows_in_frame):
            part = rows[start:start + rows_in_frame]
            new = [names[number] for number in sorted({row[0] for row in part}) if number > last]
            last = part[-1][0]
            yield job.frame(len(part), *(array.array(kind, column) for kind, column in zip("qifI", zip(*part))), new)

    def test_files_are_those_of_a_build_byte_for_byte(self):
        self.assertEqual(len(self.expected), 3)
        for rows_in_frame in (7, 1000, 1 << 16):
            files, lists = {}, {}

            def keep(user, content):
                (files if user < 0 else lists)[user] = content

            worker = self.shard(keep)
            for frame in self.frames(rows_in_frame):
                worker.send(frame)
            worker.send(job.LAST_FRAME)
            worker.end()
            self.assertEqual({f"{-1 - number}.json": content for number, content in files.items()}, self.expected)
            self.assertEqual(sorted(lists), list(range(500)))
            self.assertTrue(all(len(content) == 20 * 20 for content in lists.values()))

    def test_a_list_does_not_depend_on_who_else_is_in_the_batch(self):
        # Everybody rated the same: wherever a member stands, the list is the same to the last bit.
        names = sorted((f"m{number}" for number in range(500)), key=lambda name: (zlib.crc32(name.encode()) % 3, name.encode()))
        rows = [(user, film - 1, stars, time) for user in range(len(names)) for film, stars, time in self.members["1"]]
        lists = {}
        worker = self.shard(lambda user, content: lists.__setitem__(user, content) if user >= 0 else None)
        worker.send(job.frame(
            len(rows), *(array.array(kind, column) for kind, column in zip("qifI", zip(*rows))), names))
        worker.send(job.LAST_FRAME)
        worker.end()
        self.assertEqual(len(lists), 500)
        self.assertEqual(len(set(lists.values())), 1)

    def test_a_worker_that_refuses_gives_its_reason(self):
        worker = self.shard(lambda user, content: None)
        with self.assertRaisesRegex(RuntimeError, "exit 65: .*member a: film 60 is not among the site's 60"):
            worker.send(job.frame(1, *(array.array(kind, [value]) for kind, value in zip("qifI", (0, 60, 4, 0))), ["a"]))
            worker.send(job.LAST_FRAME)
            worker.end()

    def test_what_a_task_cannot_keep_ends_it_with_that_reason(self):
        def keep(user, content):
            raise OSError("no space")

        worker = self.shard(keep)
        with self.assertRaisesRegex(OSError, "no space"):
            for frame in self.frames(1000):
                worker.send(frame)
            worker.send(job.LAST_FRAME)
            worker.end()

    def test_a_worker_that_is_killed_is_told_and_nothing_waits(self):
        worker = self.shard(lambda user, content: None)
        os.kill(worker.child.pid, signal.SIGKILL)
        watch = threading.Timer(60, os._exit, [70])
        watch.start()
        with self.assertRaisesRegex(RuntimeError, "marquee shard: exit -9"):
            for _ in range(1000):
                for frame in self.frames(1 << 16):
                    worker.send(frame)
        watch.cancel()

    def test_a_site_that_was_not_built_is_said(self):
        with tempfile.TemporaryDirectory() as folder:
            worker = job.Shard([cluster.PROGRAM, "shard", "--site", folder], dict(os.environ), lambda *record: None)
            with self.assertRaisesRegex(RuntimeError, "exit 66: "):
                worker.end()


if __name__ == "__main__":
    unittest.main(verbosity=2)
